package io.tappa.api.store.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.SetArgs;
import io.tappa.api.store.ImportJobs;
import io.tappa.api.store.RetentionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Jobs in Redis: one text of JSON each, and a list of the lines it refused. */
final class RedisImportJobs implements ImportJobs {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 1_000;

    private final RedisLink redis;
    private final Keys keys;
    private final Duration life;

    RedisImportJobs(RedisLink redis, Keys keys, RetentionSettings retention) {
        this.redis = redis;
        this.keys = keys;
        this.life = retention.jobs();
    }

    @Override
    public Mono<Void> begin(Job job) {
        return redis.run(commands -> commands.del(keys.refusedLines(job.job()))).then(save(job));
    }

    @Override
    public Mono<Void> save(Job job) {
        return redis.run(commands -> commands.set(keys.job(job.job()), encode(job), SetArgs.Builder.ex(life)))
                .then();
    }

    @Override
    public Mono<Job> find(String job) {
        return redis.run(commands -> commands.get(keys.job(job))).map(json -> decode(json, Job.class));
    }

    @Override
    public Mono<Void> refuse(String job, List<RefusedLine> lines) {
        var key = keys.refusedLines(job);
        var texts = lines.stream().map(RedisImportJobs::encode).toArray(byte[][]::new);
        return redis.run(commands -> commands.rpush(key, texts))
                .then(redis.run(commands -> commands.ltrim(key, 0, MOST_REFUSED - 1L)))
                .then(redis.run(commands -> commands.expire(key, life)))
                .then();
    }

    @Override
    public Flux<RefusedLine> refused(String job, int most) {
        return Flux.range(0, (most + PAGE - 1) / PAGE)
                .concatMap(page -> page(job, page * PAGE, Math.min(most, (page + 1) * PAGE) - 1), 1)
                .takeUntil(List::isEmpty)
                .concatMapIterable(lines -> lines)
                .map(json -> decode(json, RefusedLine.class));
    }

    private Mono<List<byte[]>> page(String job, int first, int last) {
        return redis.run(commands -> commands.lrange(keys.refusedLines(job), first, last));
    }

    private static byte[] encode(Object stored) {
        try {
            return JSON.writeValueAsBytes(stored);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record of texts and numbers is always JSON.", impossible);
        }
    }

    private static <T> T decode(byte[] json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (IOException damaged) {
            throw new UncheckedIOException("A stored job is damaged.", damaged);
        }
    }
}

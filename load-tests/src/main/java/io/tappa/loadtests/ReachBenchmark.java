package io.tappa.loadtests;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.tappa.api.reach.Reach;
import io.tappa.api.reach.Reach.Asked;
import io.tappa.api.reach.Reach.Found;
import io.tappa.api.store.VisitorWrite;
import io.tappa.api.store.redis.RedisStores;
import io.tappa.engine.condition.Box;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.ConditionReader;
import io.tappa.engine.rule.file.YamlFile;
import io.tappa.engine.transition.StageCounts;
import io.tappa.engine.visitor.VisitorState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How long it takes to say how many of a million people a condition fits, on a real Redis: estimated from a sample, and
 * counted. Another number of people: {@code java -Dvisitors=20000 -jar …}.
 */
final class ReachBenchmark {
    private static final int VISITORS = Integer.getInteger("visitors", 1_000_000);
    private static final int GENERATED = Math.min(2_000, VISITORS);
    private static final long TWENTY_MILLION = 20_000_000;
    private static final int PIPELINE = 1_000;
    private static final int ESTIMATES = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PACK = "shop";
    private static final String CONDITION = "{ orders ever: at least 2, product views in a day: at least 1 }";
    private static final String QUESTION =
            "{\"if\":{\"orders ever\":\"at least 2\",\"product views in a day\":\"at least 1\"}}";
    private static final int FRESH_QUESTIONS = 5;
    /** Nobody is woken while it is measured. */
    private static final long NOT_DUE = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

    private static final StageCounts NOT_MOVED = new StageCounts(new TreeMap<>());
    private static final byte[] MOVE = RedisAtWork.bytes(
            "{\"journey\":\"shop\",\"stage\":\"intention\",\"at\":\"2026-05-20T17:31:00Z\",\"move\":\"wants\",\"event\":\"Product Added\"}");

    private final RedisAtWork redis;
    private final RedisStores stores;
    private final PackSnapshot pack = ShopPack.snapshot();

    private ReachBenchmark(RedisAtWork redis, RedisStores stores) {
        this.redis = redis;
        this.stores = stores;
    }

    /** Runs the benchmark and prints what it took. */
    static void run() throws IOException, InterruptedException {
        try (var redis = new RedisAtWork();
                var stores = RedisStores.open(redis.port(), PACK)) {
            redis.commands().configSet("appendonly", "no");
            redis.commands().configSet("save", "");
            var benchmark = new ReachBenchmark(redis, stores);
            benchmark.fill();
            benchmark.askAFreshService();
            benchmark.measure();
        }
    }

    /** Some are generated; all others are like one of them, but for their key. */
    private void fill() {
        long begin = System.nanoTime();
        var blobs = new ArrayList<byte[]>();
        var generated = new GeneratedVisitors(13);
        for (int visitor = 0; visitor < GENERATED; visitor++) {
            var state = GeneratedVisitors.state(pack, generated.events(name(visitor)));
            var key = key(visitor);
            stores.visitors()
                    .save(new VisitorWrite(
                            key, VisitorState.UNSEEN, state, NOT_MOVED, List.of(), List.of(), List.of(), false))
                    .block();
            blobs.add(redis.commands().get(RedisAtWork.bytes(place(key, "v"))));
        }
        for (int first = 0; first < VISITORS; first += PIPELINE) {
            copy(first, Math.min(first + PIPELINE, VISITORS), blobs);
        }
        System.out.printf(
                "%,d visitors stored in %.0f s, %.0f MB%n", VISITORS, seconds(begin), redis.usedMemory() / 1e6);
    }

    /** A state, a ledger and a timer for each. */
    private void copy(int first, int end, List<byte[]> blobs) {
        var commands = redis.connection().async();
        redis.connection().setAutoFlushCommands(false);
        var sent = new ArrayList<RedisFuture<?>>();
        for (int visitor = first; visitor < end; visitor++) {
            var key = key(visitor);
            sent.add(commands.set(RedisAtWork.bytes(place(key, "v")), blobs.get(visitor % GENERATED)));
            sent.add(commands.rpush(RedisAtWork.bytes(place(key, "moves")), MOVE));
            sent.add(commands.zadd(
                    RedisAtWork.bytes("tappa:%s:{s%d}:timers".formatted(PACK, key.shard())),
                    (double) (NOT_DUE + visitor),
                    RedisAtWork.bytes(key.text())));
        }
        redis.connection().flushCommands();
        redis.connection().setAutoFlushCommands(true);
        if (!LettuceFutures.awaitAll(PATIENCE, sent.toArray(RedisFuture[]::new))) {
            throw new IllegalStateException("Redis did not take %d visitors within a minute.".formatted(PIPELINE));
        }
    }

    private static String name(int visitor) {
        return "browser-" + visitor;
    }

    private static VisitorKey key(int visitor) {
        return VisitorKey.of(new Identity(IdKind.ANONYMOUS, name(visitor)));
    }

    private static String place(VisitorKey key, String what) {
        return "tappa:%s:{s%d}:%s:%s".formatted(PACK, key.shard(), what, key.text());
    }

    /** The very first questions to a service that has just started, before it looks after anything else. */
    private void askAFreshService() throws IOException, InterruptedException {
        var client = HttpClient.newHttpClient();
        var millis = new ArrayList<String>();
        try (var service = ServerProcess.service(redis.port(), redis.folder())) {
            var question = HttpRequest.newBuilder(URI.create(service.url() + "/v1/packs/shop:reach"))
                    .header("Authorization", "Bearer " + ServerProcess.KEY)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(QUESTION))
                    .build();
            for (int i = 0; i < FRESH_QUESTIONS; i++) {
                long begin = System.nanoTime();
                var answer = client.send(question, BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(answer.body());
                }
                millis.add("%.0f".formatted(1e3 * seconds(begin)));
            }
        }
        System.out.printf("estimates of a service just started, over HTTP: %s ms%n", String.join(", ", millis));
    }

    private void measure() {
        var asked = new Asked(pack, condition(), GeneratedVisitors.NOW, ProductNews.NONE);
        var reach = new Reach(stores.walk());
        var millis = new ArrayList<Double>();
        var estimate = new Found(0, 0, 0, 0);
        for (int i = 0; i < ESTIMATES; i++) {
            long begin = System.nanoTime();
            estimate = Objects.requireNonNull(reach.count(asked, false).block());
            millis.add(1e3 * seconds(begin));
        }
        System.out.printf(
                "estimate: %,d ± %,d of %,d people, %,d looked at; first %.0f ms, median %.0f ms, slowest of the others %.0f ms%n",
                estimate.people(),
                estimate.margin(),
                estimate.of(),
                estimate.looked(),
                millis.get(0),
                millis.stream().sorted().skip(ESTIMATES / 2).findFirst().orElseThrow(),
                millis.stream().skip(1).mapToDouble(Double::doubleValue).max().orElseThrow());
        long begin = System.nanoTime();
        var exact = Objects.requireNonNull(reach.count(asked, true).block());
        double seconds = seconds(begin);
        System.out.printf("exact: %,d of %,d people in %.2f s%n", exact.people(), exact.of(), seconds);
        System.out.printf(
                "computed for %,d people on one such Redis: exact in %.0f s, estimate as above, since the sample stays the same%n",
                TWENTY_MILLION, seconds * TWENTY_MILLION / exact.of());
    }

    private List<Box> condition() {
        var problems = new Problems();
        var alternatives = new ConditionReader(pack.facts(), problems).read(YamlFile.read("if", CONDITION, problems));
        if (problems.hasErrors()) {
            throw new IllegalStateException(problems.all().toString());
        }
        return alternatives;
    }

    private static double seconds(long beginNanos) {
        return (System.nanoTime() - beginNanos) / 1e9;
    }
}

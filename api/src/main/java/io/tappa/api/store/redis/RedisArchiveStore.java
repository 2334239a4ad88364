package io.tappa.api.store.redis;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScoredValueScanCursor;
import io.lettuce.core.SetArgs;
import io.tappa.api.store.ArchiveStore;
import io.tappa.api.store.Struck;
import io.tappa.engine.identity.VisitorKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One hash that says how far each group is, a lease for each, and in each shard who is to be struck. */
final class RedisArchiveStore implements ArchiveStore {
    /** Behind a place in the notes: somebody lived there. */
    static final String WITH_ID = "+";

    /** KEYS: who is to be struck. ARGV: who, and the moment that was noted. */
    private static final Script DONE = new Script("""
            if redis.call('ZSCORE', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('ZREM', KEYS[1], ARGV[1]) end
            return false
            """);

    private static final byte[] NAME = Keys.bytes("name");
    private static final byte[] SOMETHING = Keys.bytes("1");
    private static final String ROLLED = "rolled";
    private static final String SWEPT = "swept";
    private static final ScanArgs PAGE = ScanArgs.Builder.limit(500);
    private static final int AT_ONCE = 16;

    private final RedisLink redis;
    private final Keys keys;

    RedisArchiveStore(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<Boolean> claim(int group, String node, Duration lease) {
        return Lease.claim(redis, keys.archiveLease(group), node, lease);
    }

    @Override
    public Mono<Void> release(int group, String node) {
        return Lease.release(redis, keys.archiveLease(group), node);
    }

    @Override
    public Mono<Long> rolledTurn(int group) {
        return number(ROLLED + group);
    }

    @Override
    public Mono<Void> noteRolled(int group, long turn) {
        return note(ROLLED + group, turn);
    }

    @Override
    public Mono<Long> sweptMillis() {
        return number(SWEPT);
    }

    @Override
    public Mono<Void> noteSwept(long atMillis) {
        return note(SWEPT, atMillis);
    }

    private Mono<Long> number(String field) {
        return redis.run(commands -> commands.hget(keys.archive(), Keys.bytes(field)))
                .map(value -> Long.parseLong(text(value)))
                .defaultIfEmpty(NEVER);
    }

    private Mono<Void> note(String field, long value) {
        var change = Map.of(Keys.bytes(field), Keys.bytes(Long.toString(value)));
        return redis.run(commands -> commands.hset(keys.archive(), change)).then();
    }

    @Override
    public Mono<String> name() {
        return redis.run(commands -> commands.hget(keys.archive(), NAME)).map(RedisArchiveStore::text);
    }

    @Override
    public Mono<String> name(String mine) {
        return redis.run(commands -> commands.hsetnx(keys.archive(), NAME, Keys.bytes(mine)))
                .then(name());
    }

    @Override
    public Mono<Void> holdsLines(int shard, Duration life) {
        return redis.run(commands -> commands.set(keys.archived(shard), SOMETHING, SetArgs.Builder.px(life)))
                .then();
    }

    @Override
    public Flux<Struck> struck() {
        return Flux.range(0, VisitorKey.SHARDS).flatMap(shard -> struck(keys.struck(shard)), AT_ONCE);
    }

    private Flux<Struck> struck(byte[] notes) {
        return page(notes, ScanCursor.INITIAL)
                .expand(page -> page.isFinished() ? Mono.empty() : page(notes, page))
                .concatMapIterable(ScoredValueScanCursor::getValues)
                .map(RedisArchiveStore::struck);
    }

    private Mono<ScoredValueScanCursor<byte[]>> page(byte[] notes, ScanCursor from) {
        return redis.run(commands -> commands.zscan(notes, from, PAGE));
    }

    private static Struck struck(ScoredValue<byte[]> noted) {
        var who = text(noted.getValue());
        boolean withId = who.endsWith(WITH_ID);
        var place = new VisitorKey(withId ? who.substring(0, who.length() - WITH_ID.length()) : who);
        return new Struck(place, withId, (long) noted.getScore());
    }

    @Override
    public Mono<Long> struckMillis(VisitorKey place) {
        return redis.run(commands -> commands.zmscore(
                        keys.struck(place.shard()), Keys.bytes(place.text()), Keys.bytes(place.text() + WITH_ID)))
                .map(moments -> moments.stream()
                        .mapToLong(moment -> moment == null ? 0 : moment.longValue())
                        .max()
                        .orElse(0));
    }

    @Override
    public Mono<Void> done(List<Struck> struck) {
        return Flux.fromIterable(struck).flatMap(this::done, AT_ONCE).then();
    }

    private Mono<Void> done(Struck one) {
        var who = one.place().text() + (one.withId() ? WITH_ID : "");
        return DONE.run(redis, new byte[][] {keys.struck(one.place().shard())}, new byte[][] {
                    Keys.bytes(who), Keys.bytes(Long.toString(one.untilMillis()))
                })
                .then();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

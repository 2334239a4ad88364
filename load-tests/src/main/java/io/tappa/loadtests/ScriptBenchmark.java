package io.tappa.loadtests;

import io.lettuce.core.ScriptOutputType;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.SaveResult;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWrite;
import io.tappa.api.store.redis.RedisStores;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.StageCounts;
import io.tappa.engine.visitor.VisitorState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the scripts cost a real Redis, as ratios to a plain compare-and-set of the same value (bars 9 and 10). */
final class ScriptBenchmark {
    private static final int VISITORS = 2_000;
    private static final int STORED = 100_000;
    private static final int WRITES = 4_000;
    private static final int AT_ONCE = 64;
    private static final int ROUNDS = 15;
    private static final String PACK = "bench";

    private static final byte[] COMPARE_AND_SET = RedisAtWork.bytes("""
            local stored = redis.call('GET', KEYS[1])
            if stored and string.sub(stored, 2, 9) ~= ARGV[1] then return stored end
            redis.call('SET', KEYS[1], ARGV[2])
            return false
            """);

    /** A move of the sample shop: one stage loses a visitor, another gains one, the move is counted. */
    private static final StageCounts MOVED = new StageCounts(new TreeMap<>(Map.of(
            "shop",
            new TreeMap<>(Map.of("awareness", -1L, "intention", 1L, "awareness" + StageCounts.TO + "intention", 1L)))));

    private static final StageCounts NOT_MOVED = new StageCounts(new TreeMap<>());

    private final RedisAtWork redis;
    private final VisitorStore visitors;
    private final LogLine record;
    private final LogLine event;
    private final List<VisitorKey> keys = new ArrayList<>();
    private final List<VisitorState> states = new ArrayList<>();
    private final List<byte[]> plainKeys = new ArrayList<>();
    private final List<byte[]> plainBlobs = new ArrayList<>();
    private final String compareAndSet;

    private ScriptBenchmark(RedisAtWork redis, VisitorStore visitors, String record) {
        this.redis = redis;
        this.visitors = visitors;
        this.record = new LogLine(LogLine.Kind.DECISION, record);
        this.event = new LogLine(
                LogLine.Kind.EVENT,
                ShopTraffic.track(new GeneratedVisitors(3).event("browser-1", GeneratedVisitors.NOW)));
        this.compareAndSet = redis.commands().scriptLoad(COMPARE_AND_SET);
    }

    /** Runs the benchmark and prints its ratios. */
    static void run() throws IOException, InterruptedException {
        try (var redis = new RedisAtWork();
                var stores = RedisStores.open(redis.port(), PACK)) {
            var benchmark = new ScriptBenchmark(redis, stores.visitors(), recordOfOneDecision(redis));
            benchmark.fill(ShopPack.snapshot());
            benchmark.sizes();
            benchmark.measure();
        }
    }

    /** The record that the service itself writes for a page of two placements. */
    private static String recordOfOneDecision(RedisAtWork redis) throws IOException, InterruptedException {
        try (var service = ServerProcess.service(redis.port(), redis.folder());
                var requests = new Requests()) {
            for (var event : new GeneratedVisitors(5).events("browser-1")) {
                requests.one(service.url() + "/v1/track", ShopTraffic.track(event));
            }
            requests.one(service.url() + "/v1/decisions", """
                    {"visitor":{"anonymousId":"browser-1"},"touchpoint":"home","context":{"language":"en"}}""");
        }
        for (var log : redis.keys("tappa:shop:*:log[0-9]:*")) {
            for (var line : redis.commands().lrange(log, 0, -1)) {
                var text = new String(line, StandardCharsets.UTF_8);
                if (text.startsWith(LogLine.Kind.DECISION.key())) {
                    return text.substring(1);
                }
            }
        }
        throw new IllegalStateException("The service recorded no decision.");
    }

    /** Everybody is stored; only those who write again are kept in this program, too. */
    private void fill(PackSnapshot pack) {
        var generated = new GeneratedVisitors(11);
        long before = redis.usedMemory();
        for (int visitor = 0; visitor < VISITORS; visitor++) {
            var state = GeneratedVisitors.state(pack, generated.events("browser-" + visitor));
            keys.add(VisitorKey.of(state.lanes().firstKey()));
            states.add(state);
            write(visitor, VisitorState.UNSEEN, NOT_MOVED, List.of()).block();
        }
        Flux.range(VISITORS, STORED - VISITORS)
                .map(visitor -> GeneratedVisitors.state(pack, generated.events("browser-" + visitor)))
                .concatMap(state -> visitors.save(new VisitorWrite(
                        VisitorKey.of(state.lanes().firstKey()),
                        VisitorState.UNSEEN,
                        state,
                        NOT_MOVED,
                        List.of(),
                        List.of(),
                        List.of(),
                        false)))
                .blockLast();
        System.out.printf(
                "%,d visitors stored: %.0f bytes of Redis' memory for each%n",
                STORED, (redis.usedMemory() - before) / (double) STORED);
        for (var key : keys) {
            plainKeys.add(RedisAtWork.bytes("plain:" + plainKeys.size()));
            plainBlobs.add(redis.commands()
                    .get(RedisAtWork.bytes("tappa:%s:{s%d}:v:%s".formatted(PACK, key.shard(), key.text()))));
        }
    }

    private void sizes() {
        var ofVisitors = redis.keys("tappa:" + PACK + ":*:v:*").subList(0, VISITORS);
        System.out.printf(
                "typical visitor of %d events: blob %.0f bytes, with its key in Redis %.0f bytes%n",
                GeneratedVisitors.EVENTS,
                ofVisitors.stream()
                        .mapToLong(redis.commands()::strlen)
                        .average()
                        .orElseThrow(),
                ofVisitors.stream()
                        .mapToLong(redis.commands()::memoryUsage)
                        .average()
                        .orElseThrow());
        System.out.printf(
                "record of a decision at home: %d bytes%n%s%n", RedisAtWork.bytes(record.text()).length, record.text());
    }

    /** One way of writing; its best round counts. */
    private static final class Way {
        private final String name;
        private final Writer writer;
        private double micros = Double.MAX_VALUE;
        private double perSecond;

        Way(String name, Writer writer) {
            this.name = name;
            this.writer = writer;
        }
    }

    private interface Writer {
        Mono<?> write(int visitor);
    }

    private void measure() {
        var ways = List.of(
                new Way("plain compare-and-set", this::writePlainly),
                new Way("decision: state and record", visitor -> writeNext(visitor, NOT_MOVED, List.of(record))),
                new Way("event: state and log", visitor -> writeNext(visitor, NOT_MOVED, List.of(event))),
                new Way("event: state, log and counters", visitor -> writeNext(visitor, MOVED, List.of(event))));
        for (int round = 0; round <= ROUNDS; round++) {
            for (var way : ways) {
                measure(way, round > 0);
            }
        }
        for (var way : ways) {
            System.out.printf(
                    "%-32s %5.2f us on the server, ratio %.2f, %,7.0f a second%n",
                    way.name, way.micros, way.micros / ways.get(0).micros, way.perSecond);
        }
    }

    private void measure(Way way, boolean counts) {
        redis.forgetStatistics();
        long begin = System.nanoTime();
        Flux.fromStream(IntStream.range(0, WRITES).boxed())
                .flatMap(write -> way.writer.write(write % VISITORS), AT_ONCE)
                .blockLast();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (counts) {
            way.micros = Math.min(way.micros, redis.microsPerScript());
            way.perSecond = Math.max(way.perSecond, WRITES / seconds);
        }
    }

    /** Writes the same state one version on. */
    private Mono<?> writeNext(int visitor, StageCounts counts, List<LogLine> log) {
        var before = states.get(visitor);
        states.set(visitor, before.with(before.memory()));
        return write(visitor, before, counts, log);
    }

    private Mono<?> write(int visitor, VisitorState before, StageCounts counts, List<LogLine> log) {
        var write = new VisitorWrite(
                keys.get(visitor), before, states.get(visitor), counts, List.of(), log, List.of(), false);
        return visitors.save(write).doOnNext(ScriptBenchmark::mustBeSaved);
    }

    private static void mustBeSaved(SaveResult result) {
        if (!(result instanceof SaveResult.Saved)) {
            throw new IllegalStateException("A write was lost.");
        }
    }

    private Mono<?> writePlainly(int visitor) {
        var blob = plainBlobs.get(visitor);
        var version = ByteBuffer.wrap(blob, 1, Long.BYTES).getLong();
        var next = blob.clone();
        ByteBuffer.wrap(next).putLong(1, version + 1);
        plainBlobs.set(visitor, next);
        return Mono.fromCompletionStage(() -> redis.connection()
                .async()
                .evalsha(
                        compareAndSet,
                        ScriptOutputType.VALUE,
                        new byte[][] {plainKeys.get(visitor)},
                        ByteBuffer.allocate(Long.BYTES).putLong(version).array(),
                        next));
    }
}

package io.tappa.loadtests;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a request costs the service, as a ratio to a bare handler of the same JSON (bars 1, 2, 3 and 6), and how long it takes beside
 * that handler at the same rate (bar 7).
 *
 * <p>Over loopback, the load on the same cores; the visitors have a history and let us remember them. Every way is warmed until it
 * gets no cheaper, then all take turns; the best round of each counts.
 */
final class HttpBenchmark {
    private static final Duration ROUND = Duration.ofSeconds(6);
    private static final Duration RATE_ROUND = Duration.ofSeconds(10);
    private static final int ROUNDS = 4;
    private static final int BATCH = 50;
    private static final int AT_ONCE = 32;
    private static final int BATCH_AT_ONCE = 4;

    private HttpBenchmark() {}

    /** One kind of request; its best round counts. */
    private static final class Way {
        private static final Duration STEP = Duration.ofSeconds(10);
        private static final int LEAST_STEPS = 4;
        private static final int MOST_STEPS = 18;
        private static final double FLAT = 0.97;

        private final String name;
        private final ServerProcess server;
        private final String path;
        private final Supplier<String> bodies;
        private final int atOnce;
        private double microsOfCpu = Double.MAX_VALUE;
        private double perSecond;
        private @Nullable Latencies latencies;

        Way(String name, ServerProcess server, String path, int atOnce, Supplier<String> bodies) {
            this.name = name;
            this.server = server;
            this.path = path;
            this.bodies = bodies;
            this.atOnce = atOnce;
        }

        void warm(Requests requests) {
            double cheapest = Double.MAX_VALUE;
            int flat = 0;
            for (int step = 0; step < MOST_STEPS && (step < LEAST_STEPS || flat < 2); step++) {
                double cpu = microsOfCpu(requests, STEP);
                flat = cpu < cheapest * FLAT ? 0 : flat + 1;
                cheapest = Math.min(cheapest, cpu);
                System.out.printf("warming %s: %.0f us of CPU%n", name, cpu);
            }
        }

        private double microsOfCpu(Requests requests, Duration time) {
            var cpu = server.cpu();
            long begin = System.nanoTime();
            long answered = requests.during(time, atOnce, server.url() + path, bodies);
            double seconds = (System.nanoTime() - begin) / 1e9;
            perSecond = Math.max(perSecond, answered / seconds);
            return server.cpu().minus(cpu).toNanos() / 1e3 / answered;
        }

        void measure(Requests requests) {
            microsOfCpu = Math.min(microsOfCpu, microsOfCpu(requests, ROUND));
        }

        void measure(Requests requests, int rate) {
            var now = requests.atRate(rate, RATE_ROUND, server.url() + path, bodies);
            latencies = latencies == null ? now : latencies.orBetter(now);
        }
    }

    /** Runs the benchmark and prints its ratios. */
    static void run() throws IOException, InterruptedException {
        try (var redis = new RedisAtWork();
                var other = new RedisAtWork();
                var bare = ServerProcess.bare(redis.folder());
                var service = ServerProcess.service(redis.port(), redis.folder());
                var reading = ServerProcess.service(other.port(), other.folder(), "--tappa.near.visitors=0");
                var requests = new Requests()) {
            var traffic = new ShopTraffic();
            var history = traffic.history();
            for (var node : List.of(service, reading)) {
                requests.each(history, BATCH_AT_ONCE, node.url() + "/v1/batch");
            }
            var measure = new Way("bare handler", bare, "/bare", AT_ONCE, traffic::question);
            var read = new Way("decision, visitor read", reading, "/v1/decisions", AT_ONCE, traffic::question);
            var near = new Way("decision, visitor near", service, "/v1/decisions", AT_ONCE, traffic::question);
            var batch = new Way(
                    "batch of %d events".formatted(BATCH),
                    service,
                    "/v1/batch",
                    BATCH_AT_ONCE,
                    () -> traffic.batch(BATCH));
            var ways = List.of(
                    measure, read, near, new Way("one event", service, "/v1/track", AT_ONCE, traffic::track), batch);
            ways.forEach(way -> way.warm(requests));
            for (int round = 0; round < ROUNDS; round++) {
                ways.forEach(way -> way.measure(requests));
            }
            print(ways);
            System.out.printf(
                    "event in a batch: %.1f us of CPU, %,.0f events a second%n",
                    batch.microsOfCpu / BATCH, batch.perSecond * BATCH);
            System.out.printf("service: %d MB resident after the load%n", service.residentMegabytes());
            compareLatencies(List.of(measure, read, near), requests);
        }
    }

    private static void print(List<Way> ways) {
        var bare = ways.get(0);
        for (var way : ways) {
            System.out.printf(
                    "%-22s %7.0f us of CPU, ratio %5.2f; %,6.0f a second, ratio %.2f%n",
                    way.name,
                    way.microsOfCpu,
                    way.microsOfCpu / bare.microsOfCpu,
                    way.perSecond,
                    way.perSecond / bare.perSecond);
        }
    }

    /** All at half of what the slowest manages at most. */
    private static void compareLatencies(List<Way> ways, Requests requests) {
        int rate = (int) (ways.stream().mapToDouble(way -> way.perSecond).min().orElseThrow() / 2);
        for (int round = 0; round < ROUNDS; round++) {
            ways.forEach(way -> way.measure(requests, rate));
        }
        var bare = Objects.requireNonNull(ways.get(0).latencies);
        for (var way : ways) {
            var took = Objects.requireNonNull(way.latencies);
            System.out.printf(
                    "%-22s at %,d a second: median %.2f ms, ratio %.2f; 99 of 100 within %.2f ms, ratio %.2f%n",
                    way.name,
                    rate,
                    took.median(),
                    took.median() / bare.median(),
                    took.late(),
                    took.late() / bare.late());
        }
    }
}

package io.tappa.loadtests;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a request costs the service, as a ratio to a bare handler of the same JSON (bars 1, 2 and 6).
 *
 * <p>Closed loop over loopback, the load on the same cores. Every way is warmed, then all take turns; the best round of
 * each counts.
 */
final class HttpBenchmark {
    private static final Duration WARM = Duration.ofSeconds(45);
    private static final Duration ROUND = Duration.ofSeconds(6);
    private static final int ROUNDS = 4;
    private static final int BATCH = 50;

    private HttpBenchmark() {}

    /** One kind of request; its best round counts. */
    private static final class Way {
        private final String name;
        private final ServerProcess server;
        private final String path;
        private final Supplier<String> bodies;
        private final int atOnce;
        private double microsOfCpu = Double.MAX_VALUE;
        private double perSecond;

        Way(String name, ServerProcess server, String path, int atOnce, Supplier<String> bodies) {
            this.name = name;
            this.server = server;
            this.path = path;
            this.bodies = bodies;
            this.atOnce = atOnce;
        }

        long run(Requests requests, Duration time) {
            return requests.during(time, atOnce, server.url() + path, bodies);
        }

        void measure(Requests requests) {
            var cpu = server.cpu();
            long begin = System.nanoTime();
            long answered = run(requests, ROUND);
            double seconds = (System.nanoTime() - begin) / 1e9;
            microsOfCpu = Math.min(microsOfCpu, server.cpu().minus(cpu).toNanos() / 1e3 / answered);
            perSecond = Math.max(perSecond, answered / seconds);
        }
    }

    /** Runs the benchmark and prints its ratios. */
    static void run() throws IOException, InterruptedException {
        try (var redis = new RedisAtWork();
                var bare = ServerProcess.bare(redis.folder());
                var service = ServerProcess.service(redis.port(), redis.folder());
                var requests = new Requests()) {
            var traffic = new ShopTraffic();
            var ways = List.of(
                    new Way("bare handler", bare, "/bare", 32, traffic::question),
                    new Way("decision of a page", service, "/v1/decisions", 32, traffic::question),
                    new Way("one event", service, "/v1/track", 32, traffic::track),
                    new Way(
                            "batch of %d events".formatted(BATCH),
                            service,
                            "/v1/batch",
                            4,
                            () -> traffic.batch(BATCH)));
            for (var way : ways) {
                System.out.printf("%s: %,d requests to warm it%n", way.name, way.run(requests, WARM));
            }
            for (int round = 0; round < ROUNDS; round++) {
                ways.forEach(way -> way.measure(requests));
            }
            print(ways);
            System.out.printf("service: %d MB resident after the load%n", service.residentMegabytes());
        }
    }

    private static void print(List<Way> ways) {
        var bare = ways.get(0);
        for (var way : ways) {
            System.out.printf(
                    "%-20s %7.0f us of CPU, ratio %5.2f; %,6.0f a second, ratio %.2f%n",
                    way.name,
                    way.microsOfCpu,
                    way.microsOfCpu / bare.microsOfCpu,
                    way.perSecond,
                    way.perSecond / bare.perSecond);
        }
        var batch = ways.get(ways.size() - 1);
        System.out.printf(
                "event in a batch: %.1f us of CPU, %,.0f events a second%n",
                batch.microsOfCpu / BATCH, batch.perSecond * BATCH);
    }
}

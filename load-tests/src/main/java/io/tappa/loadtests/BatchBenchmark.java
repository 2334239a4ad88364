package io.tappa.loadtests;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * How many people a second one batch decides, as a ratio to the same people asked for one by one over 64 connections.
 *
 * <p>Over loopback, the load on the same cores. Both ways are warmed, then they take turns; the best round of each counts.
 */
final class BatchBenchmark {
    private static final int PEOPLE = 10_000;
    private static final int AT_ONCE = 64;
    private static final int WARM = 6;
    private static final int ROUNDS = 8;

    private BatchBenchmark() {}

    /** One way to ask for all; its best round counts. */
    private static final class Way {
        private final String name;
        private final ServerProcess server;
        private final LongSupplier decide;
        private double perSecond;
        private double microsOfCpu = Double.MAX_VALUE;

        Way(String name, ServerProcess server, LongSupplier decide) {
            this.name = name;
            this.server = server;
            this.decide = decide;
        }

        void run() {
            long answered = decide.getAsLong();
            if (answered != PEOPLE) {
                throw new IllegalStateException("%s: %d of %d were answered".formatted(name, answered, PEOPLE));
            }
        }

        void measure() {
            Duration cpu = server.cpu();
            long begin = System.nanoTime();
            run();
            perSecond = Math.max(perSecond, PEOPLE / ((System.nanoTime() - begin) / 1e9));
            microsOfCpu = Math.min(microsOfCpu, server.cpu().minus(cpu).toNanos() / 1e3 / PEOPLE);
        }
    }

    /** Runs the benchmark and prints its ratios. */
    static void run() throws IOException, InterruptedException {
        try (var redis = new RedisAtWork();
                var service = ServerProcess.service(redis.port(), redis.folder());
                var requests = new Requests(AT_ONCE)) {
            var traffic = new ShopTraffic();
            var questions = IntStream.range(0, PEOPLE)
                    .mapToObj(person -> traffic.question())
                    .toList();
            var lines = String.join("\n", questions);
            var one = service.url() + "/v1/decisions";
            var many = one + ":batch";
            var ways = List.of(
                    new Way("one by one", service, () -> requests.each(questions, AT_ONCE, one)),
                    new Way("in one batch", service, () -> requests.lines(many, lines)));
            for (int round = 0; round < WARM; round++) {
                ways.forEach(Way::run);
            }
            for (int round = 0; round < ROUNDS; round++) {
                ways.forEach(Way::measure);
            }
            print(ways.get(0), ways.get(1));
        }
    }

    private static void print(Way single, Way batch) {
        for (var way : List.of(single, batch)) {
            System.out.printf(
                    "%-12s %,7.0f decisions a second, %4.0f us of CPU each%n",
                    way.name, way.perSecond, way.microsOfCpu);
        }
        System.out.printf(
                "batch to single: %.2f times as many a second, %.2f times the CPU%n",
                batch.perSecond / single.perSecond, batch.microsOfCpu / single.microsOfCpu);
    }
}

package io.tappa.loadtests;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** How soon the executable jar answers its first decision, and what memory it holds then (bar 14). */
final class StartCheck {
    private static final int STARTS = 3;
    private static final Path JAR = Path.of("api", "target", "tappa.jar");

    private StartCheck() {}

    /** Runs the check and prints what it found. */
    static void run() throws IOException, InterruptedException {
        for (int start = 0; start < STARTS; start++) {
            try (var redis = new RedisAtWork();
                    var requests = new Requests();
                    var service = ServerProcess.jar(JAR, redis.port(), redis.folder())) {
                long begin = System.nanoTime();
                requests.one(service.url() + "/v1/decisions", new ShopTraffic().question());
                var first = Duration.ofNanos(System.nanoTime() - begin);
                System.out.printf(
                        "ready after %.1f s, first decision after %.2f s more, %d MB resident%n",
                        service.started().toMillis() / 1e3, first.toMillis() / 1e3, service.residentMegabytes());
            }
        }
    }
}

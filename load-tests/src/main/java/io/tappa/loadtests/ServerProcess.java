package io.tappa.loadtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A server in a process of its own, so that its CPU time is not that of the load. */
final class ServerProcess implements AutoCloseable {
    /** The secret key that the service is started with. */
    static final String KEY = "sk_bench";

    private static final String HASH_OF_KEY = "9145928ebb99c266d52577bdb4b07156542755bfd0477243cb0caafda43a6149";
    private static final Pattern COMPILER = Pattern.compile("\\(C[12] Compiler");
    /** What the system counts CPU time of a thread in, and where: behind its name, in {@code /proc/PID/task/ID/stat}. */
    private static final Duration TICK = Duration.ofMillis(10);

    private static final int USER = 11;
    private static final int KERNEL = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final int port;
    private final Duration started;

    private ServerProcess(List<String> program, List<String> arguments, int port, Path log)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        // A compiler's thread that ends takes its CPU time out of sight.
        command.add("-XX:-UseDynamicNumberOfCompilerThreads");
        command.addAll(program);
        command.addAll(arguments);
        long begin = System.nanoTime();
        this.port = port;
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        awaitReady(log);
        this.started = Duration.ofNanos(System.nanoTime() - begin);
    }

    /** The service with the sample shop, over the Redis at {@code redisPort}, out of these very classes, with {@code more} settings. */
    static ServerProcess service(int redisPort, Path folder, String... more) throws IOException, InterruptedException {
        return service(
                List.of("-cp", System.getProperty("java.class.path"), "io.tappa.api.cli.Tappa"),
                redisPort,
                folder,
                List.of(more));
    }

    /** The service out of its executable jar. */
    static ServerProcess jar(Path jar, int redisPort, Path folder) throws IOException, InterruptedException {
        return service(List.of("-jar", jar.toString()), redisPort, folder, List.of());
    }

    private static ServerProcess service(List<String> program, int redisPort, Path folder, List<String> more)
            throws IOException, InterruptedException {
        int port = freePort();
        var settings = new ArrayList<>(List.of(
                "serve",
                "--server.port=" + port,
                "--spring.data.redis.host=127.0.0.1",
                "--spring.data.redis.port=" + redisPort,
                "--spring.data.redis.timeout=2s",
                "--tappa.decision.budget=2s",
                "--tappa.pack-folder=" + ShopPack.folder().toAbsolutePath().normalize(),
                "--tappa.security.keys[0].id=bench",
                "--tappa.security.keys[0].kind=secret",
                "--tappa.security.keys[0].hash=" + HASH_OF_KEY));
        settings.addAll(more);
        return new ServerProcess(program, settings, port, folder.resolve("service-%d.log".formatted(port)));
    }

    /** The bare handler. */
    static ServerProcess bare(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        var program = List.of("-cp", System.getProperty("java.class.path"), BareService.class.getName());
        return new ServerProcess(program, List.of(String.valueOf(port)), port, folder.resolve("bare.log"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        var client = HttpClient.newHttpClient();
        var ready = HttpRequest.newBuilder(URI.create(url() + "/actuator/health/readiness"))
                .build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (client.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // Nobody listens yet.
            }
            Thread.sleep(20);
        }
        close();
        throw new IllegalStateException("The server did not get ready:\n" + Files.readString(log));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** From the start of the process to its first readiness. */
    Duration started() {
        return started;
    }

    /** CPU time so far, without that of the compilers, whose work ends some day; with it where the system does not tell them apart. */
    Duration cpu() {
        var all = process.info().totalCpuDuration().orElse(Duration.ZERO);
        return all.minus(compilers());
    }

    private Duration compilers() {
        var threads = Path.of("/proc", String.valueOf(process.pid()), "task");
        if (!Files.exists(threads)) {
            return Duration.ZERO;
        }
        try (var all = Files.list(threads)) {
            return all.map(ServerProcess::ofCompiler).reduce(Duration.ZERO, Duration::plus);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** What a compiler's thread used, nothing for all others and those that ended. */
    private static Duration ofCompiler(Path thread) {
        try {
            var text = Files.readString(thread.resolve("stat"));
            int end = text.lastIndexOf(')');
            var fields = text.substring(end + 2).split(" ", -1);
            return COMPILER.matcher(text.substring(0, end)).find()
                    ? TICK.multipliedBy(Long.parseLong(fields[USER]) + Long.parseLong(fields[KERNEL]))
                    : Duration.ZERO;
        } catch (IOException ended) {
            return Duration.ZERO;
        }
    }

    /** Memory held now, in megabytes; 0 where the system does not tell. */
    long residentMegabytes() throws IOException {
        var status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024)
                .sum();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}

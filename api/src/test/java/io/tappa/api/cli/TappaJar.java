package io.tappa.api.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The executable jar, run as people run it. */
final class TappaJar {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private TappaJar() {}

    /** Runs one command in {@code folder} until it ends. */
    static Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
        var process = start(folder, arguments);
        try {
            var out = read(process.getInputStream());
            var err = read(process.getErrorStream());
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("It never ended: " + List.of(arguments));
            }
            return new Ended(process.exitValue(), out.join(), err.join());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts one command in {@code folder}. */
    static Process start(Path folder, String... arguments) throws IOException {
        return builder(folder, arguments).start();
    }

    private static ProcessBuilder builder(Path folder, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("tappa.jar")));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    private static CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    /** Starts the service in {@code folder} on a free port; returns once it listens. */
    static Serving serve(Path folder, String... settings) throws IOException {
        var arguments = new ArrayList<>(List.of("serve", "--server.port=0"));
        arguments.addAll(List.of(settings));
        return new Serving(builder(folder, arguments.toArray(String[]::new))
                .redirectErrorStream(true)
                .start());
    }

    /** A service that runs. */
    static final class Serving implements AutoCloseable {
        private static final Pattern STARTED = Pattern.compile("Netty started on port (\\d+)");

        private final Process process;
        private final List<String> log = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Integer> port = new CompletableFuture<>();

        private Serving(Process process) {
            this.process = process;
            var reader = new Thread(this::readLog, "service-log");
            reader.setDaemon(true);
            reader.start();
            port.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }

        private void readLog() {
            try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    hear(line);
                }
            } catch (IOException killed) {
                log.add("… and then it was killed: " + killed.getMessage());
            }
            port.completeExceptionally(new AssertionError("The service ended before it listened: " + log));
        }

        private void hear(String line) {
            log.add(line);
            var started = STARTED.matcher(line);
            if (started.find()) {
                port.complete(Integer.parseInt(started.group(1)));
            }
        }

        int port() {
            return port.join();
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + port());
        }

        List<String> log() {
            return log;
        }

        /** Dies as by {@code kill -9}. */
        void kill() throws InterruptedException {
            process.destroyForcibly();
            process.waitFor();
        }

        /** Ends in order, and waits for that. */
        @Override
        public void close() {
            process.destroy();
            try {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

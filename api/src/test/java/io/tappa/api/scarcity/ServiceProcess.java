package io.tappa.api.scarcity;

import io.tappa.api.cli.Tappa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A service in a JVM of its own, so that it can be killed as by {@code kill -9}. */
final class ServiceProcess implements AutoCloseable {
    private final Process process;
    private final int port = freePort();

    ServiceProcess(String... settings) throws IOException {
        var java = Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
        var command = new ArrayList<>(List.of(
                java, "-Xmx400m", "-cp", System.getProperty("java.class.path", ""), Tappa.class.getName(), "serve"));
        command.addAll(List.of(settings));
        command.add("--server.port=" + port);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** It dies in the middle of whatever it does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

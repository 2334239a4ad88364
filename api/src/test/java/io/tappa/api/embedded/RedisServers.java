package io.tappa.api.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Redis cluster of real redis-servers in a temporary folder, for tests; they end with {@link #close} or with the JVM. */
public final class RedisServers implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String OPTIONS = "--bind 127.0.0.1 --port %d --cluster-port %d --cluster-enabled yes"
            + " --cluster-node-timeout 1000 --repl-diskless-sync-delay 0 --appendonly yes";

    private final Path folder;
    private final List<Integer> ports;
    private final List<Integer> busPorts;
    private final List<Process> processes = new ArrayList<>();
    private final Thread endWithTheJvm = new Thread(this::killAll, "redis-servers-end");

    private RedisServers(int count) throws IOException {
        var free = freePorts(2 * count);
        folder = Files.createTempDirectory("tappa-redis-servers");
        ports = free.subList(0, count);
        busPorts = free.subList(count, 2 * count);
    }

    /** Three masters that share the slots; ready when all agree that the cluster is. */
    public static RedisServers cluster() {
        return cluster(0);
    }

    /** Three masters (0, 1, 2) and a replica of each (3, 4, 5). */
    public static RedisServers clusterWithReplicas() {
        return cluster(1);
    }

    /** Ports on 127.0.0.1, masters first. */
    public List<Integer> ports() {
        return ports;
    }

    /** As {@code spring.data.redis.cluster.nodes} wants them. */
    public String nodes() {
        return String.join(",", ports.stream().map("127.0.0.1:%d"::formatted).toList());
    }

    /** One of the servers dies as by {@code kill -9}. */
    public void kill(int index) {
        await(processes.get(index).destroyForcibly());
    }

    /** Starts a server that was killed, with the data it had. */
    public void restart(int index) {
        try {
            processes.set(index, start(index));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Says {@code command} to one of the servers. */
    public List<String> call(int index, String... command) throws IOException {
        try (var redis = RespConnection.open(ports.get(index))) {
            return redis.call(command);
        }
    }

    @Override
    public void close() {
        killAll();
        Runtime.getRuntime().removeShutdownHook(endWithTheJvm);
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static RedisServers cluster(int replicasEach) {
        try {
            var servers = new RedisServers(MASTERS * (1 + replicasEach));
            Runtime.getRuntime().addShutdownHook(servers.endWithTheJvm);
            try {
                servers.form();
            } catch (IOException | RuntimeException failed) {
                servers.close();
                throw failed;
            }
            return servers;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void form() throws IOException {
        for (var index = 0; index < ports.size(); index++) {
            processes.add(start(index));
        }
        for (var index = 0; index < ports.size(); index++) {
            awaitAnswer(index, "PONG", "PING");
            call(index, "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(index + 1));
        }
        for (var index = 0; index < MASTERS; index++) {
            var first = Integer.toString(index * SLOTS / MASTERS);
            var last = Integer.toString((index + 1) * SLOTS / MASTERS - 1);
            call(index, "CLUSTER", "ADDSLOTSRANGE", first, last);
        }
        for (var index = 1; index < ports.size(); index++) {
            call(
                    0,
                    "CLUSTER",
                    "MEET",
                    "127.0.0.1",
                    ports.get(index).toString(),
                    busPorts.get(index).toString());
        }
        for (var index = 0; index < ports.size(); index++) {
            awaitAnswer(index, "cluster_known_nodes:" + ports.size(), "CLUSTER", "INFO");
        }
        for (var index = MASTERS; index < ports.size(); index++) {
            call(
                    index,
                    "CLUSTER",
                    "REPLICATE",
                    call(index % MASTERS, "CLUSTER", "MYID").get(0));
            awaitAnswer(index, "master_link_status:up", "INFO", "replication");
        }
        for (var index = 0; index < ports.size(); index++) {
            awaitAnswer(index, "cluster_state:ok", "CLUSTER", "INFO");
        }
    }

    private Process start(int index) throws IOException {
        var home = Files.createDirectories(folder.resolve(Integer.toString(index)));
        var program = RedisBinary.forThisMachine().installIn(folder);
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(
                List.of(OPTIONS.formatted(ports.get(index), busPorts.get(index)).split(" ", -1)));
        return new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("redis.log").toFile()))
                .start();
    }

    private void awaitAnswer(int index, String wanted, String... command) throws IOException {
        var patience = Deadline.in(PATIENCE);
        while (!answer(index, command).contains(wanted)) {
            if (patience.passed() || !processes.get(index).isAlive()) {
                var log =
                        Files.readString(folder.resolve(Integer.toString(index)).resolve("redis.log"));
                throw new IllegalStateException("server %d never said %s; its log:%n%s".formatted(index, wanted, log));
            }
            Deadline.pause();
        }
    }

    private String answer(int index, String... command) {
        try {
            return String.join("\n", call(index, command));
        } catch (IOException notYet) {
            return "";
        }
    }

    private void killAll() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(RedisServers::await);
    }

    private static void await(Process process) {
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** All held open until the last is found, so that none comes twice. */
    private static List<Integer> freePorts(int count) throws IOException {
        var held = new ArrayList<ServerSocket>();
        try {
            for (var i = 0; i < count; i++) {
                var socket = new ServerSocket();
                held.add(socket);
                socket.bind(RespConnection.loopback(0));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (var socket : held) {
                socket.close();
            }
        }
    }
}

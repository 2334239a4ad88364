package io.tappa.api.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedRedisTest {
    /** With a blank and quotes, as home folders have them. */
    private Path data;

    EmbeddedRedisTest(@TempDir Path temporary) {
        data = temporary.resolve("Jo's \"own\" data");
    }

    @BeforeEach
    void useARealPath() throws IOException {
        data = Files.createDirectories(data).toRealPath();
    }

    /** What a failed test leaves behind would be adopted by nobody. */
    @AfterEach
    void leaveNothingRunning() {
        var folder = new DataFolder(data);
        ServerRecord.read(folder)
                .flatMap(left -> RedisProcess.of(left.pid()))
                .filter(left -> left.runsFrom(folder.bin()))
                .ifPresent(left -> left.handle().destroyForcibly());
    }

    @Test
    void startsAndAnswers() throws IOException {
        try (var redis = EmbeddedRedis.start(everysec())) {
            assertThat(call(redis.port(), "PING")).containsExactly("PONG");
            assertThat(call(redis.port(), "CONFIG", "GET", "appendonly")).contains("yes");
            assertThat(call(redis.port(), "CONFIG", "GET", "save")).containsExactly("save", "");
            assertThat(call(redis.port(), "CONFIG", "GET", "maxmemory-policy")).contains("noeviction");
            assertThat(redis.adopted()).isFalse();
            assertThat(redis.data()).isEqualTo(data);
            assertThat(redis.pid()).isEqualTo(recorded().pid());
        }
    }

    @Test
    void endsTheProcessOnCloseAndLeavesNoRecord() {
        var redis = EmbeddedRedis.start(everysec());

        redis.close();
        redis.close();

        assertThat(RedisProcess.of(redis.pid())).isEmpty();
        assertThat(ServerRecord.read(new DataFolder(data))).isEmpty();
        assertThat(data.resolve("lock.pid")).doesNotExist();
    }

    @Test
    void keepsTheDataOverAStop() throws IOException {
        try (var redis = EmbeddedRedis.start(everysec())) {
            call(redis.port(), "SET", "visitor", "Ada");
        }

        try (var again = EmbeddedRedis.start(everysec())) {
            assertThat(again.adopted()).isFalse();
            assertThat(call(again.port(), "GET", "visitor")).containsExactly("Ada");
        }
    }

    @Test
    void usesTheGivenPort() throws IOException {
        var port = unusedPort();

        try (var redis = EmbeddedRedis.start(new EmbeddedRedisSettings(data, port, "everysec"))) {
            assertThat(redis.port()).isEqualTo(port);
        }
    }

    @Test
    void saysThatTheGivenPortIsTaken() throws IOException {
        try (var taken = listener()) {
            var settings = new EmbeddedRedisSettings(data, taken.getLocalPort(), "everysec");

            assertThatThrownBy(() -> EmbeddedRedis.start(settings))
                    .isInstanceOf(EmbeddedRedisException.class)
                    .hasMessageContaining("Port %d on 127.0.0.1 is not free".formatted(taken.getLocalPort()))
                    .hasMessageContaining("Maybe use port 0");
        }
        EmbeddedRedis.start(everysec()).close();
    }

    @Test
    void refusesASecondStartInTheSameFolder() {
        try (var first = EmbeddedRedis.start(everysec())) {
            assertThatThrownBy(() -> EmbeddedRedis.start(everysec()))
                    .isInstanceOf(EmbeddedRedisException.class)
                    .hasMessage(
                            """
                            The data folder %s is in use by another service (pid %d).
                            Maybe stop the other service, or give this one its own folder with TAPPA_DATA.""".formatted(first.data(), ProcessHandle.current().pid()));
        }
    }

    @Test
    void stillHoldsTheLockAfterASecondStartInThisJvm() throws IOException, InterruptedException {
        try (var first = EmbeddedRedis.start(everysec())) {
            assertThatThrownBy(() -> EmbeddedRedis.start(everysec())).isInstanceOf(EmbeddedRedisException.class);

            var other = ServiceToBeKilled.start(data);

            assertThat(ServiceToBeKilled.firstLine(other))
                    .contains(
                            first.data().toString(),
                            "pid %d".formatted(ProcessHandle.current().pid()));
            assertThat(other.waitFor()).isEqualTo(1);
        }
    }

    @Test
    void runsTwoInDifferentFolders(@TempDir Path elsewhere) {
        try (var one = EmbeddedRedis.start(everysec());
                var other = EmbeddedRedis.start(new EmbeddedRedisSettings(elsewhere, 0, "everysec"))) {
            assertThat(one.port()).isNotEqualTo(other.port());
        }
    }

    @Test
    void adoptsTheRedisOfAKilledService() throws IOException, InterruptedException {
        var service = ServiceToBeKilled.start(data);
        var port = Integer.parseInt(ServiceToBeKilled.firstLine(service));
        call(port, "SET", "visitor", "Ada");
        assertThatThrownBy(() -> EmbeddedRedis.start(everysec()))
                .hasMessageContaining("(pid %d)".formatted(service.pid()));

        kill(service);

        try (var redis = EmbeddedRedis.start(new EmbeddedRedisSettings(data, 0, "always"))) {
            assertThat(redis.adopted()).isTrue();
            assertThat(redis.port()).isEqualTo(port);
            assertThat(redis.pid()).isEqualTo(recorded().pid());
            assertThat(call(port, "GET", "visitor")).containsExactly("Ada");
            assertThat(call(port, "CONFIG", "GET", "appendfsync")).contains("always");
        }
        assertThat(data.resolve("lock.pid")).doesNotExist();
    }

    @Test
    void adoptsEvenWhenTheServiceDiedBeforeItKnewThePid() throws IOException, InterruptedException {
        var service = ServiceToBeKilled.start(data);
        var port = Integer.parseInt(ServiceToBeKilled.firstLine(service));
        kill(service);
        new ServerRecord(0, port).write(new DataFolder(data));

        try (var redis = EmbeddedRedis.start(everysec())) {
            assertThat(redis.adopted()).isTrue();
        }
    }

    @Test
    void waitsForASurvivorThatHangs() throws IOException, InterruptedException {
        var service = ServiceToBeKilled.start(data);
        ServiceToBeKilled.firstLine(service);
        kill(service);
        var pid = recorded().pid();
        new ProcessBuilder("sh", "-c", "kill -STOP %1$d; (sleep 3; kill -CONT %1$d) &".formatted(pid))
                .start()
                .waitFor();

        try (var redis = EmbeddedRedis.start(everysec())) {
            assertThat(redis.adopted()).isTrue();
            assertThat(redis.pid()).isEqualTo(pid);
        }
    }

    @Test
    void waitsWhileAnAdoptedRedisLoads() throws IOException {
        try (var redis = EmbeddedRedis.start(everysec())) {
            call(redis.port(), "EVAL", "for i = 1, 8000 do redis.call('SET', 'k' .. i, i) end", "0");
        }
        startSlowly();

        try (var redis = EmbeddedRedis.start(everysec())) {
            assertThat(redis.adopted()).isTrue();
            assertThat(call(redis.port(), "DBSIZE")).containsExactly("8000");
        }
    }

    @Test
    void ignoresAStaleRecord() throws IOException {
        new ServerRecord(4_000_000, unusedPort()).write(new DataFolder(data));

        try (var redis = EmbeddedRedis.start(everysec())) {
            assertThat(redis.adopted()).isFalse();
        }
    }

    @Test
    void ignoresADamagedRecord() throws IOException {
        Files.write(data.resolve("redis.properties"), new byte[] {(byte) 0xff, 0, 'p', 'i', 'd', '='});

        try (var redis = EmbeddedRedis.start(everysec())) {
            assertThat(redis.adopted()).isFalse();
        }
    }

    @Test
    void doesNotAdoptTheRedisOfAnotherFolder(@TempDir Path elsewhere) throws IOException {
        try (var other = EmbeddedRedis.start(new EmbeddedRedisSettings(elsewhere, 0, "everysec"))) {
            new ServerRecord(other.pid(), other.port()).write(new DataFolder(data));

            try (var redis = EmbeddedRedis.start(everysec())) {
                assertThat(redis.adopted()).isFalse();
                assertThat(redis.port()).isNotEqualTo(other.port());
            }

            assertThat(call(other.port(), "PING")).containsExactly("PONG");
        }
    }

    @Test
    void doesNotAdoptAProcessThatSaysNothing() throws IOException {
        try (var silent = listener()) {
            new ServerRecord(ProcessHandle.current().pid(), silent.getLocalPort()).write(new DataFolder(data));

            try (var redis = EmbeddedRedis.start(everysec())) {
                assertThat(redis.adopted()).isFalse();
            }
        }
    }

    @Test
    void showsTheLogWhenTheDataAreDamaged() throws IOException {
        try (var redis = EmbeddedRedis.start(everysec())) {
            call(redis.port(), "SET", "visitor", "Ada");
        }
        Files.writeString(data.resolve("redis/appendonlydir/appendonly.aof.1.incr.aof"), "no commands\r\nhere\r\n");

        assertThatThrownBy(() -> EmbeddedRedis.start(everysec()))
                .isInstanceOf(EmbeddedRedisException.class)
                .hasMessageContaining("ended while it started")
                .hasMessageContaining("Bad file format reading the append only file")
                .hasMessageContaining("Maybe ");
    }

    @Test
    void closesQuietlyWhenRedisIsGoneAlready() {
        var redis = EmbeddedRedis.start(everysec());
        ProcessHandle.of(redis.pid()).orElseThrow().destroyForcibly();

        redis.close();

        EmbeddedRedis.start(everysec()).close();
    }

    @Test
    void neverShutsDownTheRedisOfAnotherFolder(@TempDir Path elsewhere) throws IOException {
        try (var other = EmbeddedRedis.start(new EmbeddedRedisSettings(elsewhere, 0, "everysec"))) {
            var ours =
                    new RedisProcess(new ProcessBuilder("sleep", "60").start().toHandle());

            new RunningRedis(DataFolder.create(data), ours, other.port(), false).stop();

            assertThat(ours.lives()).isFalse();
            assertThat(call(other.port(), "PING")).containsExactly("PONG");
        }
    }

    @Test
    void runsInASessionOfItsOwnSoThatCtrlCReachesTheServiceOnly() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")) && Files.exists(Path.of("/proc/self/stat")));

        try (var redis = EmbeddedRedis.start(everysec())) {
            var stat = Files.readString(Path.of("/proc/%d/stat".formatted(redis.pid())));
            var afterName = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            assertThat(afterName.get(2)).as("process group").isEqualTo(Long.toString(redis.pid()));
            assertThat(afterName.get(3)).as("session").isEqualTo(Long.toString(redis.pid()));
        }
    }

    @Test
    void givesRedisNoneOfOurEnvironment() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/environ")));

        try (var redis = EmbeddedRedis.start(everysec())) {
            assertThat(Files.readString(Path.of("/proc/%d/environ".formatted(redis.pid()))))
                    .doesNotContain("PATH=");
        }
    }

    @Test
    void replacesADamagedProgram() throws IOException {
        var program = data.resolve("bin").resolve(RedisBinary.forThisMachine().name());
        Files.createDirectories(program.getParent());
        Files.writeString(program, "half a prog");

        EmbeddedRedis.start(everysec()).close();

        assertThat(program).isExecutable();
        assertThat(data.resolve("bin")).isDirectoryNotContaining("glob:**.tmp");
    }

    private EmbeddedRedisSettings everysec() {
        return new EmbeddedRedisSettings(data, 0, "everysec");
    }

    private ServerRecord recorded() {
        return ServerRecord.read(new DataFolder(data)).orElseThrow();
    }

    private void startSlowly() throws IOException {
        var folder = new DataFolder(data);
        var port = unusedPort();
        var options = new ArrayList<>(List.of("--dir", folder.redis().toString(), "--port", Integer.toString(port)));
        options.addAll(List.of("--bind", "127.0.0.1", "--appendonly", "yes", "--key-load-delay", "400"));
        var process = RedisProcess.start(RedisBinary.forThisMachine().installIn(folder.bin()), options, folder.log());
        new ServerRecord(process.pid(), port).write(folder);
        var patience = Deadline.in(Duration.ofSeconds(10));
        while (RunningRedis.find(folder, port).isEmpty() && !patience.passed()) {
            Deadline.pause();
        }
        assertThatThrownBy(() -> call(port, "PING"))
                .isInstanceOf(RespError.class)
                .hasMessageContaining("LOADING");
    }

    private static void kill(Process service) throws InterruptedException {
        service.destroyForcibly();
        assertThat(service.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static List<String> call(int port, String... command) throws IOException {
        try (var redis = RespConnection.open(port)) {
            return redis.call(command);
        }
    }

    private static ServerSocket listener() throws IOException {
        var socket = new ServerSocket();
        socket.bind(RespConnection.loopback(0));
        return socket;
    }

    private static int unusedPort() throws IOException {
        try (var socket = listener()) {
            return socket.getLocalPort();
        }
    }
}

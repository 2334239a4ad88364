package io.tappa.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How commands of the executable jar end. */
@Timeout(300)
class CommandsIT {
    @TempDir
    private Path folder;

    private Path pack;

    @BeforeEach
    void copyThePack() throws IOException {
        pack = ShopFolder.copyInto(folder);
    }

    @Test
    void endsAsScriptsExpect() throws Exception {
        assertThat(TappaJar.run(folder, "check", "rules/shop").exitCode()).isZero();

        Files.writeString(pack.resolve("offers.yaml"), "offers: [");

        var check = TappaJar.run(folder, "check", "rules/shop");
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out()).contains("offers.yaml, line 1");
        assertThat(check.err()).isEmpty();
    }

    @Test
    void refusesASecondServiceInTheSameFolder() throws Exception {
        try (var first = TappaJar.serve(folder)) {
            var second = TappaJar.run(folder, "serve", "--server.port=0");

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.out() + second.err())
                    .contains(folder.toRealPath().resolve(".tappa") + " is in use by another service (pid ")
                    .contains("TAPPA_DATA")
                    .doesNotContain("\tat ", "WARN", "BeanCreationException");
            assertThat(first.log()).noneMatch(line -> line.contains("ERROR"));
        }
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var service = TappaJar.run(folder, "serve", "--server.port=" + taken.getLocalPort());

            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.out() + service.err())
                    .containsIgnoringCase("port %d was already in use".formatted(taken.getLocalPort()))
                    .doesNotContain("\tat ", "WARN", "BeanCreationException");
        }
    }

    @Test
    void doesNotStartWithABrokenPackAndSaysWhy() throws Exception {
        Files.writeString(pack.resolve("offers.yaml"), "offers: [");

        var service = TappaJar.run(folder, "serve", "--server.port=0");

        assertThat(service.exitCode()).isEqualTo(1);
        assertThat(service.out() + service.err())
                .contains("rules/shop cannot be served:", "offers.yaml, line 1")
                .doesNotContain("\tat ", "WARN", "BeanCreationException");
    }
}

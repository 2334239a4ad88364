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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands print and how they end. */
@Timeout(300)
class CommandsIT {
    @TempDir
    private Path folder;

    private Path pack;

    @BeforeEach
    void copyThePack() throws IOException {
        pack = ShopFolder.copyInto(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check", "test", "simulate", "send"})
    void everyCommandExplainsItself(String command) throws Exception {
        var help = TappaJar.run(folder, command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: tappa " + command);
        assertThat(help.err()).isEmpty();
    }

    @Test
    void namesTheCommandsThereAre() throws Exception {
        var unknown = TappaJar.run(folder, "serf");

        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("serf", "Did you mean: tappa serve");
    }

    @Test
    void findsNothingWrongWithTheSamplePack() throws Exception {
        var check = TappaJar.run(folder, "check", "rules/shop");
        var test = TappaJar.run(folder, "test", "rules/shop");

        assertThat(check.exitCode()).isZero();
        assertThat(check.out()).contains("rules/shop is good:");
        assertThat(test.exitCode()).isZero();
        assertThat(test.out()).contains("scenarios came out as expected.");
    }

    @Test
    void saysWhereAMisspeltWordStandsAndWhatWasMeant() throws Exception {
        var cart = pack.resolve("decisions/cart.yaml");
        Files.writeString(cart, Files.readString(cart).replaceFirst("show: small-finds", "show: smal-finds"));

        var check = TappaJar.run(folder, "check", "rules/shop");
        var test = TappaJar.run(folder, "test", "rules/shop");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out())
                .containsPattern("decisions/cart.yaml, line \\d+, column \\d+")
                .contains("Did you mean \"small-finds\"?", "1 error.");
        assertThat(check.err()).isEmpty();
        assertThat(test.exitCode()).isEqualTo(1);
        assertThat(test.err()).contains("Did you mean \"small-finds\"?").doesNotContain("\tat ");
    }

    @Test
    void saysThatAFolderIsNotThere() throws Exception {
        var check = TappaJar.run(folder, "check", "rules/shoop");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.err()).contains("There is no folder rules/shoop.").doesNotContain("\tat ");
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

    @Test
    void doesNotTakeASettingWithoutDashes() throws Exception {
        var service = TappaJar.run(folder, "serve", "server.port=0");

        assertThat(service.exitCode()).isEqualTo(1);
        assertThat(service.err())
                .contains("Settings look like --server.port=9090")
                .doesNotContain("\tat ");
    }
}

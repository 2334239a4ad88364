package io.tappa.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands print, and the exit codes they ask for. */
class CommandsTest {
    @TempDir
    private Path folder;

    private Path pack;

    @BeforeEach
    void copyThePack() throws IOException {
        pack = ShopFolder.copyInto(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "check",
                "test",
                "simulate",
                "send",
                "import",
                "verify",
                "replay",
                "pause",
                "diff",
                "publish",
                "rollback",
                "versions"
            })
    void everyCommandExplainsItself(String command) {
        var help = Ended.here(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: tappa " + command);
        assertThat(help.err()).isEmpty();
    }

    @Test
    void namesTheCommandsThereAre() {
        var unknown = Ended.here("serf");

        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("serf", "Did you mean: tappa serve");
    }

    @Test
    void findsNothingWrongWithTheSamplePack() {
        var check = Ended.here("check", pack.toString());
        var test = Ended.here("test", pack.toString());

        assertThat(check.exitCode()).isZero();
        assertThat(check.out()).contains(pack + " is good:");
        assertThat(test.exitCode()).isZero();
        assertThat(test.out()).contains("scenarios came out as expected.");
    }

    @Test
    void writesScenariosThatHoldWhatNoneHeldBefore() throws IOException {
        var before = Ended.here("test", pack.toString(), "--json");
        var suggested = Ended.here("test", pack.toString(), "--suggest");
        Files.writeString(pack.resolve("scenarios/borders.yaml"), suggested.out());
        var after = Ended.here("test", pack.toString(), "--json");

        assertThat(suggested.exitCode()).isZero();
        assertThat(after.exitCode()).as(after.out()).isZero();
        assertThat(unproven(before)).isGreaterThan(50);
        assertThat(unproven(after)).isLessThan(unproven(before) / 5);
    }

    private static int unproven(Ended test) throws IOException {
        return new ObjectMapper().readTree(test.out()).at("/borders/unproven").size();
    }

    @Test
    void saysWhereAMisspeltWordStandsAndWhatWasMeant() throws IOException {
        var cart = pack.resolve("decisions/cart.yaml");
        Files.writeString(cart, Files.readString(cart).replaceFirst("show: small-finds", "show: smal-finds"));

        var check = Ended.here("check", pack.toString());
        var test = Ended.here("test", pack.toString());

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out())
                .containsPattern("decisions/cart.yaml, line \\d+, column \\d+")
                .contains("Did you mean \"small-finds\"?", "1 error.");
        assertThat(check.err()).isEmpty();
        assertThat(test.exitCode()).isEqualTo(1);
        assertThat(test.err()).contains("Did you mean \"small-finds\"?").doesNotContain("\tat ");
    }

    @Test
    void saysThatAFolderIsNotThere() {
        var check = Ended.here("check", folder + "/rules/shoop");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.err())
                .contains("There is no folder %s/rules/shoop.".formatted(folder))
                .doesNotContain("\tat ");
    }

    @Test
    void doesNotTakeASettingWithoutDashes() {
        var service = Ended.here("serve", "server.port=0");

        assertThat(service.exitCode()).isEqualTo(1);
        assertThat(service.err())
                .contains("Settings look like --server.port=9090")
                .doesNotContain("\tat ");
    }
}

package io.tappa.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Service;
import io.tappa.api.SharedService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code tappa import} against the real service. */
@Timeout(60)
@ExtendWith(SharedService.class)
class ImportTest {
    private final String service;
    private final String id = UUID.randomUUID().toString();

    @TempDir
    private Path folder;

    ImportTest(Service service) {
        this.service = "http://127.0.0.1:" + service.port();
    }

    @Test
    void sendsAPackedFileAndEndsWellWhenEveryLineWasTaken() throws IOException {
        var file = folder.resolve("people.csv.gz");
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write("userId,newsletter\n%1$s,yes\nx%1$s,no\n".formatted(id).getBytes(StandardCharsets.UTF_8));
        }

        var first = Ended.here("import", "people", file.toString(), "--to", service, "--source", "crm");
        var again = Ended.here("import", "people", file.toString(), "--to", service, "--from", "3");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("2 lines: 2 accepted, 0 duplicates, 0 refused.");
        assertThat(first.err()).contains("100 % sent");
        assertThat(again.out()).contains("1 lines: 0 accepted, 1 duplicates, 0 refused.");
    }

    @Test
    void saysWhichLinesWereRefusedAndWhereTheyAre() throws IOException {
        var file = folder.resolve("events.ndjson");
        Files.writeString(file, "{\"event\":\"A\",\"userId\":\"%s\"}\n{\"event\":\"A\"}\n{}\n".formatted(id));
        var rejects = folder.resolve("refused.ndjson");

        var ended = Ended.here("import", "events", file.toString(), "--to", service, "--rejects", rejects.toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out())
                .contains(
                        "3 lines: 1 accepted, 0 duplicates, 2 refused.", "line 2 (invalid-field)", rejects.toString());
        assertThat(Files.readAllLines(rejects)).hasSize(2).allMatch(line -> line.startsWith("{\"line\":"));
        assertThat(Files.readString(rejects)).contains("\"row\":\"{\\\"event\\\":\\\"A\\\"}\"");
    }

    @Test
    void givesBackTheRowsOfATableThatWereRefused() throws IOException {
        var file = folder.resolve("people.csv.gz");
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            var csv =
                    "userId,note,updatedAt\n%1$s,\"one\ntwo\",yesterday\n%1$s,ok,\n%1$s,last,tomorrow\n".formatted(id);
            gzip.write(csv.getBytes(StandardCharsets.UTF_8));
        }
        var rejects = folder.resolve("refused.ndjson");

        Ended.here("import", "people", file.toString(), "--to", service, "--rejects", rejects.toString());

        var lines = Files.readAllLines(rejects);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .contains("\"what\":\"\\\"…\\\" is no time.\"", "%s,\\\"one\\ntwo\\\",yesterday".formatted(id));
        assertThat(lines.get(1)).contains("\"line\":5,", "%s,last,tomorrow".formatted(id));
    }

    @Test
    void readsTheStandardInput() {
        var in = System.in;
        try {
            System.setIn(
                    new ByteArrayInputStream("id,price\np%s,5\n".formatted(id).getBytes(StandardCharsets.UTF_8)));

            assertThat(Ended.here("import", "products", "-", "--to", service).out())
                    .contains("1 accepted");
        } finally {
            System.setIn(in);
        }
    }

    @Test
    void saysInOneLineWhatIsWrong() throws IOException {
        var file = Files.writeString(folder.resolve("a.csv"), "userId\nu\n").toString();

        failed("There is no file", "import", "people", folder + "/none.csv", "--to", service);
        failed("There are no imports of \"poeple\"", "import", "poeple", file, "--to", service);
        failed("needs a secret key", "import", "people", file, "--to", service, "--key", "pk_demo");
        assertThat(Ended.here("import", "people").exitCode()).isEqualTo(2);
    }

    private static void failed(String reason, String... arguments) {
        var ended = Ended.here(arguments);

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains(reason).doesNotContain("\tat ");
    }
}

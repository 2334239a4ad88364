package io.tappa.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Service;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that ended.
 *
 * @param out what it wrote to the standard output
 * @param err what it wrote to the error output
 */
record Ended(int exitCode, String out, String err) {
    /** Runs one command in this JVM. */
    static Ended here(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = Tappa.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Ended(exitCode, out.toString(), err.toString());
    }

    /** Runs one command that asks {@code service}, unless it names another one. */
    static Ended at(Service service, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        if (!all.contains("--url")) {
            all.addAll(List.of("--url", "http://127.0.0.1:" + service.port()));
        }
        return here(all.toArray(String[]::new));
    }

    /** It must have failed, and said why in one line. */
    void mustHaveFailed(String reason) {
        assertThat(exitCode).isEqualTo(1);
        assertThat(err).contains(reason).doesNotContain("\tat ");
        assertThat(err.strip().lines()).hasSize(1);
    }
}

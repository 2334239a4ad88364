package io.tappa.api.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

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
}

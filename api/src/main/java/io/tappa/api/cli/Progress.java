package io.tappa.api.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** A bar that grows while something long goes on; written to the error stream, so that results can be piped. */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 40;

    private final PrintWriter err;
    private final boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
    private int shown = -1;

    Progress(PrintWriter err) {
        this.err = err;
    }

    void show(int percent, String what) {
        int step = terminal ? 1 : 10;
        if (percent / step == shown / step && shown >= 0) {
            return;
        }
        shown = percent;
        int full = WIDTH * percent / 100;
        err.printf(
                "%s[%s%s] %3d %% %s%s",
                terminal ? "\r" : "",
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                percent,
                what,
                terminal ? "" : System.lineSeparator());
        err.flush();
    }

    @Override
    public void close() {
        if (terminal && shown >= 0) {
            err.println();
            err.flush();
        }
    }
}

package io.tappa.api.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of Tappa: the first argument names what to do. */
@Command(
        name = "tappa",
        description = "Decides which offer a visitor sees next, and says why.",
        subcommands = {Serve.class, CommandLine.HelpCommand.class},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Tappa {
    private Tappa() {}

    /** Runs one command; the service goes on after this returns. */
    public static void main(String... arguments) {
        var exitCode = new CommandLine(new Tappa()).execute(arguments);
        if (exitCode != CommandLine.ExitCode.OK) {
            System.exit(exitCode);
        }
    }
}

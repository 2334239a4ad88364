package io.tappa.api.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of Tappa: the first argument names what to do. */
@Command(
        name = "tappa",
        description = "Decides what each visitor sees next on the journey, and says why.",
        subcommands = {
            Serve.class,
            Check.class,
            Test.class,
            Simulate.class,
            Send.class,
            Import.class,
            Verify.class,
            Pause.class,
            Diff.class,
            Publish.class,
            Rollback.class,
            Versions.class,
            Drafts.class,
            Pull.class,
            Push.class,
            ReplayCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Tappa {
    private Tappa() {}

    /** Runs one command; the service goes on after this returns. */
    public static void main(String... arguments) {
        var exitCode = commandLine().execute(arguments);
        if (exitCode != CommandLine.ExitCode.OK) {
            System.exit(exitCode);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Tappa()).setExecutionExceptionHandler(new Failures());
    }
}

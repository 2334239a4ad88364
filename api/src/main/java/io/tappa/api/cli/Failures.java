package io.tappa.api.cli;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in one line why a command failed; a stack trace only where nobody foresaw it. */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        var err = command.getErr();
        if (failure instanceof CommandFailed) {
            err.println(failure.getMessage());
        } else if (failure instanceof IOException) {
            err.println("Cannot read or write: " + failure.getMessage());
        } else if (!(command.getCommand() instanceof Serve)) {
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}

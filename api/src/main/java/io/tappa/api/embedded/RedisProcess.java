package io.tappa.api.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A redis-server that runs, whoever started it.
 *
 * <p>It gets a session of its own (setsid), so that Ctrl-C in a terminal reaches the service alone, which then says
 * SHUTDOWN when its last write is done. Where there is no setsid (macOS) Redis sees the Ctrl-C too, syncs its data and ends
 * by itself; only writes on their way at that moment fail, and they fail visibly.
 */
record RedisProcess(ProcessHandle handle) {
    private static final File NOTHING = new File("/dev/null");
    private static final Pattern PATH_SEPARATOR = Pattern.compile(File.pathSeparator, Pattern.LITERAL);

    /** Starts {@code program}; it inherits no terminal, no pipe and no environment, where our secrets may be. */
    static RedisProcess start(Path program, List<String> options, Path log) throws IOException {
        var command = new ArrayList<String>();
        setsid().map(Path::toString).ifPresent(command::add);
        command.add(program.toString());
        command.addAll(options);
        var builder = new ProcessBuilder(command)
                .redirectInput(NOTHING)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        return new RedisProcess(builder.start().toHandle());
    }

    static Optional<RedisProcess> of(long pid) {
        return ProcessHandle.of(pid).map(RedisProcess::new).filter(RedisProcess::lives);
    }

    long pid() {
        return handle.pid();
    }

    /** Whether it runs; a zombie, which nobody has buried yet, does not. It has no program any more. */
    boolean lives() {
        return handle.isAlive() && handle.info().command().isPresent();
    }

    /** Whether its program is one of those in {@code bin}: a pid alone may have been given to somebody else. */
    boolean runsFrom(Path bin) {
        return handle.info()
                .command()
                .filter(program -> Path.of(program).startsWith(bin))
                .isPresent();
    }

    boolean endsWithin(Duration patience) {
        var deadline = Deadline.in(patience);
        while (lives()) {
            if (deadline.passed()) {
                return false;
            }
            Deadline.pause();
        }
        return true;
    }

    private static Optional<Path> setsid() {
        return PATH_SEPARATOR
                .splitAsStream(System.getenv().getOrDefault("PATH", "/usr/bin:/bin"))
                .map(folder -> Path.of(folder, "setsid"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}

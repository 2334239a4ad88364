package io.tappa.loadtests;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All benchmarks by one command: without arguments all of them, else those named.
 *
 * <p>{@code Reload}, {@code Script}, {@code Http}, {@code Batch},
 * {@code Reach} and {@code Start} are programs of their own; any other arguments are
 * JMH's.
 */
public final class Benchmarks {
    private static final List<String> ALL = List.of("Evaluation", "Decision", "Transition", "Build");

    private Benchmarks() {}

    private interface Program {
        void run() throws IOException, InterruptedException;
    }

    private static final Map<String, Program> PROGRAMS = Map.of(
            "Reload",
            ReloadCheck::run,
            "Script",
            ScriptBenchmark::run,
            "Http",
            HttpBenchmark::run,
            "Batch",
            BatchBenchmark::run,
            "Reach",
            ReachBenchmark::run,
            "Start",
            StartCheck::run);

    /** Starts what {@code arguments} name. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 0) {
            measure(ALL.stream());
            for (var program : PROGRAMS.values()) {
                program.run();
            }
            return;
        }
        var program = PROGRAMS.get(arguments[0]);
        if (program == null) {
            measure(Stream.of(arguments));
        } else {
            program.run();
        }
    }

    /** JMH, with the bytes that each operation allocates. */
    private static void measure(Stream<String> arguments) throws IOException {
        org.openjdk.jmh.Main.main(
                Stream.concat(arguments, Stream.of("-prof", "gc")).toArray(String[]::new));
    }
}

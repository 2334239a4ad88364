package io.tappa.loadtests;

import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackResult;
import io.tappa.engine.pack.PackSnapshot;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From files to a compiled pack, as nodes build it that follow, and with all warnings, as whoever publishes it sees it (bar 15). */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BuildBenchmark {
    @Param({"1000", "10000"})
    private int rules;

    private PackFiles files;

    /** Writes the files. */
    @Setup
    public void write() {
        prepare(rules);
    }

    void prepare(int count) {
        files = new GeneratedPack(count, 1).files();
    }

    /** The first pack of a process, as at a start of the service. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    @Fork(value = 5, jvmArgsAppend = "-Xmx1g")
    public PackSnapshot cold() {
        return GeneratedPack.compiled(files);
    }

    /** A pack after many others, as at a reload. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Warmup(iterations = 5, time = 2)
    @Measurement(iterations = 5, time = 2)
    @Fork(value = 1, jvmArgsAppend = "-Xmx1g")
    public PackSnapshot warm() {
        return GeneratedPack.compiled(files);
    }

    /** The same with everything that is worth a warning. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @Warmup(iterations = 5, time = 2)
    @Measurement(iterations = 5, time = 2)
    @Fork(value = 1, jvmArgsAppend = "-Xmx1g")
    public PackResult checked() {
        return PackReader.read(files);
    }
}

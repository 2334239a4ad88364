package io.tappa.loadtests;

import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.fact.FactValues;
import java.util.List;
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

/** What to show on a whole page: from a visitor's state to the decision, without store and HTTP. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class DecisionBenchmark {
    @Param({"shop", "10", "100", "1000", "10000"})
    private String pack;

    private Visits visits;
    private List<FactValues> facts;
    private int next;

    /** Compiles the pack and makes its visitors. */
    @Setup
    public void compile() {
        prepare(pack);
    }

    void prepare(String name) {
        visits = name.equals("shop") ? Visits.ofShop() : Visits.generated(Integer.parseInt(name));
        facts = visits.visits().stream()
                .map(visit -> visit.facts(visits.pack()))
                .toList();
    }

    /** The facts of a visitor at this moment. */
    @Benchmark
    public FactValues facts() {
        return visits.visits().get(turn()).facts(visits.pack());
    }

    /** Rules, filters, arbitration and content of a page, the facts given. */
    @Benchmark
    public Decision decide() {
        int turn = turn();
        var visit = visits.visits().get(turn);
        return Decider.decide(visits.pack(), inputs(visit, facts.get(turn)));
    }

    /** All of it. */
    @Benchmark
    public Decision whole() {
        var visit = visits.visits().get(turn());
        return Decider.decide(visits.pack(), inputs(visit, visit.facts(visits.pack())));
    }

    private static Inputs inputs(Visits.Visit visit, FactValues facts) {
        return Inputs.of(visit.request(), facts).after(visit.visitor().memory());
    }

    private int turn() {
        next = (next + 1) & 0xff;
        return next;
    }
}

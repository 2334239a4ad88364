package io.tappa.loadtests;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.Transition;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One more event of a typical visitor of the sample shop: the pure part of what an event costs (bar 6). */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class TransitionBenchmark {
    private static final int VISITORS = 256;

    private PackSnapshot pack;
    private List<VisitorState> states;
    private List<VisitorEvent> newest;
    private List<VisitorEvent> inTheMiddle;
    private int next;

    /** Makes visitors, and two events for each: one after all others, one between the recent ones. */
    @Setup
    public void prepare() {
        pack = ShopPack.snapshot();
        var generated = new GeneratedVisitors(11);
        states = generated.states(pack, VISITORS);
        newest = new ArrayList<>();
        inTheMiddle = new ArrayList<>();
        for (var state : states) {
            var id = state.lanes().firstKey().value();
            var recent = state.window().recent();
            newest.add(generated.event(id, GeneratedVisitors.NOW));
            inTheMiddle.add(generated.event(id, recent.get(recent.size() / 2).atMillis() + 1));
        }
    }

    /** The event comes in order. */
    @Benchmark
    public Transition inOrder() {
        return apply(newest);
    }

    /** The event comes after others that happened later, which are judged again. */
    @Benchmark
    public Transition inTheMiddle() {
        return apply(inTheMiddle);
    }

    private Transition apply(List<VisitorEvent> events) {
        next = (next + 1) & 0xff;
        return Transitions.apply(
                pack, states.get(next), List.of(events.get(next)), GeneratedVisitors.NOW + 100, Set.of());
    }
}

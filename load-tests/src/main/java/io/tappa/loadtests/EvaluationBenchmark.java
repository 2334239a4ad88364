package io.tappa.loadtests;

import io.tappa.engine.fact.FactValues;
import io.tappa.engine.rule.PlainRuleSet;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.RuleSet;
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

/** Which rules match: one evaluation with 8 to 11 matching rules, and the same rules by other means (bars 4 and 5). */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class EvaluationBenchmark {
    /** How the rules are evaluated. */
    public enum Means {
        /** As the service does it. */
        DROOLS {
            @Override
            RuleSet compiled(RuleSet ofPack) {
                return ofPack;
            }
        },
        /** A plain loop, the measure. */
        LINEAR {
            @Override
            RuleSet compiled(RuleSet ofPack) {
                return new LinearRules(ofPack.rules());
            }
        },
        /** The engine's own statement of what rules mean. */
        PLAIN {
            @Override
            RuleSet compiled(RuleSet ofPack) {
                return new PlainRuleSet(ofPack.rules());
            }
        },
        /** Another rule engine. */
        EVRETE {
            @Override
            RuleSet compiled(RuleSet ofPack) {
                return new EvreteRules(ofPack.rules());
            }
        };

        abstract RuleSet compiled(RuleSet ofPack);
    }

    @Param({"10", "100", "1000", "10000"})
    private int rules;

    @Param
    private Means means;

    private RuleSet compiled;
    private List<FactValues> visits;
    private int next;

    /** Compiles the rules, and makes sure that they mean what they should. */
    @Setup
    public void compile() {
        prepare(rules, means);
    }

    void prepare(int count, Means by) {
        var generated = Visits.generated(count);
        var ofPack = generated.pack().decisions();
        compiled = by.compiled(ofPack);
        visits = generated.visits().stream()
                .map(visit -> visit.facts(generated.pack()))
                .toList();
        var meaning = new PlainRuleSet(ofPack.rules());
        for (var visit : visits) {
            if (!compiled.matching(visit).equals(meaning.matching(visit))) {
                throw new IllegalStateException("%s finds other rules than plain Java.".formatted(by));
            }
        }
    }

    /** How many rules match the average visitor. */
    double averageMatches() {
        return visits.stream()
                .mapToInt(visit -> compiled.matching(visit).size())
                .average()
                .orElseThrow();
    }

    /** One evaluation. */
    @Benchmark
    public List<Rule> evaluate() {
        next = (next + 1) & 0xff;
        return compiled.matching(visits.get(next));
    }
}

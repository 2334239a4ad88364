package io.tappa.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.Outcome;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.simulation.ScenarioRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the scenarios of a pack. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Runs the scenarios of a pack, and tells which rules no scenario reaches.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every scenario came out as expected",
            "1:one did not, or the pack has errors",
            "2:the arguments are wrong"
        })
final class Test implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "Folder of the pack, for example rules/shop.")
    private Path folder = Path.of("rules", "shop");

    @Option(names = "--json", description = "Print one JSON object instead of sentences.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var pack = Packs.good(folder);
        var runs = ScenarioRun.all(pack);
        var out = Output.of(spec);
        if (json) {
            out.println(Body.text(body(pack, runs)));
        } else {
            runs.stream().filter(run -> !run.passed()).forEach(run -> out.println(failure(run)));
            out.println(summary(pack, runs));
        }
        out.flush();
        return runs.stream().allMatch(ScenarioRun::passed) ? 0 : 1;
    }

    private static String failure(ScenarioRun run) {
        var told = new StringBuilder("%s%n  %s"
                .formatted(run.scenario().place().inWords(), run.scenario().name()));
        run.differences().forEach(difference -> told.append("%n  %s.".formatted(difference)));
        return told.toString();
    }

    private static List<String> unreached(PackSnapshot pack, List<ScenarioRun> runs) {
        var reached = new TreeSet<String>();
        for (var run : runs) {
            run.decided().stream()
                    .flatMap(decided -> decided.judged().stream())
                    .forEach(judged -> reached.add(judged.candidate().rule().id()));
        }
        return pack.decisions().rules().stream()
                .filter(rule -> rule.outcome() instanceof Outcome.Show)
                .map(Rule::id)
                .filter(id -> !reached.contains(id))
                .toList();
    }

    private static String summary(PackSnapshot pack, List<ScenarioRun> runs) {
        long passed = runs.stream().filter(ScenarioRun::passed).count();
        var unreached = unreached(pack, runs);
        return "%d of %d scenarios came out as expected.%n%s"
                .formatted(
                        passed,
                        runs.size(),
                        unreached.isEmpty()
                                ? "Every rule that shows something is reached by a scenario."
                                : "No scenario reaches: %s.".formatted(String.join(", ", unreached)));
    }

    private static ObjectNode body(PackSnapshot pack, List<ScenarioRun> runs) {
        var body = Body.create();
        body.put("pack", pack.version());
        body.put("scenarios", runs.size());
        body.put("passed", runs.stream().filter(ScenarioRun::passed).count());
        var failures = body.putArray("failures");
        runs.stream().filter(run -> !run.passed()).forEach(run -> {
            var failure = failures.addObject();
            failure.put("scenario", run.scenario().name());
            failure.put("file", run.scenario().place().source());
            failure.put("line", run.scenario().place().line());
            failure.put("difference", run.difference());
        });
        var unreached = body.putArray("unreached");
        unreached(pack, runs).forEach(unreached::add);
        return body;
    }
}

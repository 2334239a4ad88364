package io.tappa.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.engine.coverage.Coverage;
import io.tappa.engine.coverage.Suggestion;
import io.tappa.engine.coverage.Suggestions;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.Outcome;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.simulation.ScenarioRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
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
        description =
                "Runs the scenarios of a pack, and tells which rules no scenario reaches, and which borders of rules none holds.",
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

    @Option(
            names = "--suggest",
            description = {
                "Print scenarios for the borders of rules that none holds yet, each with what comes out today. Look",
                "whether that is what you want, and keep them: tappa test --suggest rules/shop > borders.yaml"
            })
    private boolean suggest;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var pack = Packs.good(folder);
        var runs = ScenarioRun.all(pack);
        var coverage = Coverage.of(pack, runs);
        var suggestions = suggest
                ? Suggestions.of(
                        pack, coverage.unproven(), LocalDate.now(pack.settings().zone()))
                : List.<Suggestion>of();
        var out = Output.of(spec);
        if (json) {
            out.println(Body.text(body(pack, runs, coverage, suggestions)));
        } else if (suggest) {
            out.print(file(coverage, suggestions));
        } else {
            runs.stream().filter(run -> !run.passed()).forEach(run -> out.println(failure(run)));
            out.println(summary(pack, runs));
            out.println(summary(coverage));
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

    private String summary(Coverage coverage) {
        int unproven = coverage.unproven().size();
        int all = coverage.proofs().size();
        return unproven == 0
                ? "A scenario holds each of the %d borders of the rules.".formatted(all)
                : "Scenarios hold %d of %d borders of the rules; \"tappa test %s --suggest\" writes some for the others."
                        .formatted(all - unproven, all, folder);
    }

    /** The suggestions as a file of scenarios. */
    private static String file(Coverage coverage, List<Suggestion> suggestions) {
        int others = coverage.unproven().size() - suggestions.size();
        var file = new StringBuilder("""
                # Visitors right beside the borders of rules, and what they see today.
                # Keep those that are meant so; where one is not, mend the rule.
                """);
        if (others > 0) {
            file.append("# For %d more borders nobody was found for whom they matter: other rules come first there.%n"
                    .formatted(others));
        }
        file.append(suggestions.isEmpty() ? "scenarios: []" : "scenarios:").append(System.lineSeparator());
        suggestions.forEach(suggestion -> file.append(suggestion.yaml()));
        return file.toString();
    }

    private static void add(ObjectNode body, PackSnapshot pack, Coverage coverage, List<Suggestion> suggestions) {
        var borders = body.putObject("borders");
        borders.put("all", coverage.proofs().size());
        var unproven = borders.putArray("unproven");
        for (var border : coverage.unproven()) {
            var place = border.rule().place();
            unproven.addObject()
                    .put("rule", border.rule().id())
                    .put("file", place.source())
                    .put("line", place.line())
                    .put("border", border.inWords(pack.settings().zone()));
        }
        var suggested = body.putArray("suggestions");
        suggestions.forEach(suggestion -> suggested
                .addObject()
                .put("rule", suggestion.border().rule().id())
                .put("scenario", suggestion.visit().name())
                .put("yaml", suggestion.yaml()));
    }

    private static ObjectNode body(
            PackSnapshot pack, List<ScenarioRun> runs, Coverage coverage, List<Suggestion> suggestions) {
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
        add(body, pack, coverage, suggestions);
        return body;
    }
}

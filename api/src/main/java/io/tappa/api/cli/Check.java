package io.tappa.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.problem.ProblemJson;
import io.tappa.engine.pack.PackResult;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.simulation.Comparison;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks the files of a pack and tells everything that is wrong, at once. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks the files of a pack: every mistake with its place and how to mend it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no errors", "1:errors were found", "2:the arguments are wrong"})
final class Check implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "Folder of the pack, for example rules/shop.")
    private Path folder = Path.of("rules", "shop");

    @Option(
            names = "--compare",
            paramLabel = "N",
            description = "Also compare the compiled rules with their plain meaning, for N random visitors.")
    private int compare;

    @Option(names = "--seed", paramLabel = "N", description = "What the visitors of --compare are drawn from.")
    private long seed = 1;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "As of when it is said what has ended or will soon, such as 2026-12-01T00:00:00Z (default: now).")
    private @Nullable Instant at;

    @Option(names = "--json", description = "Print one JSON object instead of sentences.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        long millis = at == null ? System.currentTimeMillis() : at.toEpochMilli();
        var result = Packs.advised(folder, millis);
        var snapshot = result.snapshot();
        var comparison = snapshot == null || compare <= 0 ? null : Comparison.of(snapshot, compare, seed);
        var out = Output.of(spec);
        if (json) {
            out.println(Body.text(body(result, comparison)));
        } else {
            if (!result.problems().isEmpty()) {
                out.println(Packs.inWords(result));
                out.println();
            }
            out.println(summary(result));
            if (comparison != null) {
                out.println(inWords(comparison));
            }
        }
        out.flush();
        return snapshot == null || (comparison != null && !comparison.agrees()) ? 1 : 0;
    }

    private static String inWords(Comparison comparison) {
        var told = new StringBuilder("Compiled and plain rules agree for %,d of %,d random visitors; %,d matches."
                .formatted(
                        comparison.visitors() - comparison.different(), comparison.visitors(), comparison.matches()));
        comparison.differences().forEach(difference -> told.append("%n  %s".formatted(difference)));
        if (!comparison.neverMatched().isEmpty()) {
            told.append("%nNobody matched: %s.".formatted(String.join(", ", comparison.neverMatched())));
        }
        return told.toString();
    }

    private static ObjectNode body(PackResult result, @Nullable Comparison comparison) {
        var body = Body.create();
        var snapshot = result.snapshot();
        body.put("ok", snapshot != null);
        body.put("pack", snapshot == null ? null : snapshot.version());
        var problems = body.putArray("problems");
        result.problems().forEach(problem -> problems.add(ProblemJson.reason(problem)));
        if (comparison != null) {
            var compared = body.putObject("compared");
            compared.put("seed", comparison.seed());
            compared.put("visitors", comparison.visitors());
            compared.put("matches", comparison.matches());
            compared.put("different", comparison.different());
            comparison.differences().forEach(compared.putArray("differences")::add);
            comparison.neverMatched().forEach(compared.putArray("neverMatched")::add);
        }
        return body;
    }

    private String summary(PackResult result) {
        long errors = result.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
        var snapshot = result.snapshot();
        if (snapshot == null) {
            return "%s: %d %s.".formatted(folder, errors, errors == 1 ? "error" : "errors");
        }
        return "%s is good: %d rules, %d moves, %d facts, %d offers, %d touchpoints, %d scenarios. Version %s."
                .formatted(
                        folder,
                        snapshot.decisions().rules().size(),
                        snapshot.moves().rules().size(),
                        snapshot.facts().facts().size(),
                        snapshot.offers().all().size(),
                        snapshot.touchpoints().all().size(),
                        snapshot.scenarios().size(),
                        snapshot.version());
    }
}

package io.tappa.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.body.Body;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings what went live meanwhile into a draft. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        description = "Brings what went live meanwhile into a draft, rule by rule.",
        footer = {
            "",
            "tappa drafts merge spring",
            "tappa drafts merge spring --take decisions/home.yaml#home-shoes=ours    # ours is the draft, theirs is live"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the draft holds both",
            "1:both changed the same, which is shown and must be decided; or the service did not take it",
            "2:the arguments are wrong"
        })
final class DraftMerge implements Callable<Integer> {
    private static final int CONFLICT = 409;

    @Parameters(paramLabel = "NAME", description = "Which one.")
    private String name = "";

    @Option(
            names = "--take",
            paramLabel = "ENTRY=ours|theirs",
            description = "Whose text holds where both changed the same entry; as often as needed.")
    private Map<String, String> take = new TreeMap<>();

    @Mixin
    private AtService service = new AtService();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var body = Body.create();
        take.forEach(body.putObject("take")::put);
        var answer = service.client().post(Drafts.path(service, name) + ":merge", Body.text(body), CONFLICT);
        service.print(answer, this::print);
        return answer.has("conflicts") ? 1 : 0;
    }

    private void print(JsonNode answer, PrintWriter out) {
        for (var conflict : answer.path("conflicts")) {
            out.println("Both changed %s:".formatted(conflict.path("key").asText()));
            print("was", conflict.path("base"), out);
            print("ours (the draft)", conflict.path("ours"), out);
            print("theirs (live)", conflict.path("theirs"), out);
        }
        if (answer.has("conflicts")) {
            out.println("Nothing is merged. Say whose text holds, for each: --take \"%s=ours\" or \"…=theirs\"."
                    .formatted(answer.at("/conflicts/0/key").asText()));
            return;
        }
        ProblemLines.print(answer.path("problems"), out);
        out.println("The draft %s holds what is live, and what was changed in it.".formatted(name));
    }

    private static void print(String whose, JsonNode text, PrintWriter out) {
        out.println("--- %s%s".formatted(whose, text.isNull() ? ": there is none" : ""));
        if (!text.isNull()) {
            out.print(text.asText());
        }
    }
}

package io.tappa.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.body.Body;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a draft the live version. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = "Makes a draft the live version on all nodes, if it has no errors, and deletes the draft.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it is live",
            "1:it has errors, another version is live by now, or the service did not take it",
            "2:the arguments are wrong"
        })
final class DraftPublish implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Which one.")
    private String name = "";

    @Option(names = "--message", paramLabel = "TEXT", description = "What is new (default: what the draft is for).")
    private @Nullable String message;

    @Option(names = "--keep", description = "Keep the draft, to go on with it.")
    private boolean keep;

    @Mixin
    private AtService service = new AtService();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var body = Body.create().put("keep", keep);
        if (message != null) {
            body.put("message", message);
        }
        service.print(service.client().post(Drafts.path(service, name) + ":publish", Body.text(body)), this::print);
        return 0;
    }

    private void print(JsonNode answer, PrintWriter out) {
        Publish.print(answer, out);
        out.println("The draft %s is %s.".formatted(name, answer.path("draft").asText()));
    }
}

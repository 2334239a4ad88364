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

/** Lists the drafts of a service; makes, merges, publishes or deletes one. */
@Command(
        name = "drafts",
        mixinStandardHelpOptions = true,
        description = "Lists the drafts of the pack of a service: who works on what.",
        footer = {
            "",
            "tappa drafts",
            "tappa drafts new spring --message \"what is new in spring\"",
            "tappa drafts publish spring",
            "tappa drafts rm spring"
        },
        subcommands = {Drafts.New.class, DraftMerge.class, DraftPublish.class, Drafts.Remove.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it is done", "1:the service did not take it", "2:the arguments are wrong"})
final class Drafts implements Callable<Integer> {
    @Mixin
    private AtService service = new AtService();

    /** The path of a draft. */
    static String path(AtService service, String name) {
        return service.path("/drafts/" + AtService.encoded(name));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        service.print(service.client().get(service.path("/drafts")), Drafts::print);
        return 0;
    }

    private static void print(JsonNode answer, PrintWriter out) {
        if (answer.path("drafts").isEmpty()) {
            out.println("There are no drafts.");
        }
        answer.path("drafts").forEach(draft -> out.println(line(draft)));
    }

    private static String line(JsonNode draft) {
        int changed = draft.path("changed").asInt();
        var message = draft.path("message").asText();
        return "%s  from %s, %s, last by %s at %s%s"
                .formatted(
                        draft.path("name").asText(),
                        base(draft),
                        changed == 1 ? "1 file changed" : changed + " files changed",
                        draft.path("changedBy").asText(),
                        draft.path("changedAt").asText(),
                        message.isEmpty() ? "" : ", " + message);
    }

    private static String base(JsonNode draft) {
        return draft.path("from").isNull()
                ? "version " + draft.path("fromHash").asText()
                : "release " + draft.path("from").asLong();
    }

    /** Makes a draft. */
    @Command(name = "new", mixinStandardHelpOptions = true, description = "Makes a draft with the files of a version.")
    static final class New implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "How it is called: small letters, digits and hyphens.")
        private String name = "";

        @Option(
                names = "--from",
                paramLabel = "VERSION",
                description = "Number or hash of the version (default: the live one).")
        private @Nullable String from;

        @Option(names = "--message", paramLabel = "TEXT", description = "What it is for.")
        private @Nullable String message;

        @Mixin
        private AtService service = new AtService();

        @Override
        public Integer call() throws IOException, InterruptedException {
            service.print(
                    made(service, name, from, message),
                    (draft, out) -> out.println("The draft %s is there, made from %s."
                            .formatted(draft.path("name").asText(), base(draft))));
            return 0;
        }
    }

    /** Makes a draft, and answers what the service says of it. */
    static JsonNode made(AtService service, String name, @Nullable String from, @Nullable String message)
            throws IOException, InterruptedException {
        var body = Body.create();
        if (from != null) {
            body.put("from", from);
        }
        if (message != null) {
            body.put("message", message);
        }
        return service.client().put(path(service, name), Body.text(body), "Content-Type", "application/json");
    }

    /** Deletes a draft. */
    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Deletes a draft, with all that was changed in it.")
    static final class Remove implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "Which one.")
        private String name = "";

        @Mixin
        private AtService service = new AtService();

        @Override
        public Integer call() throws IOException, InterruptedException {
            service.client().delete(path(service, name));
            service.print(
                    Body.create().put("deleted", name),
                    (answer, out) -> out.println("The draft %s is deleted."
                            .formatted(answer.path("deleted").asText())));
            return 0;
        }
    }
}

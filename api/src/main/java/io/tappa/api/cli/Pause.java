package io.tappa.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.body.Body;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Pauses something on a running service, ends a pause, or lists what is paused. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = "Stops a rule, an offer, a campaign, a channel or everything at once, without a new version.",
        footer = {
            "",
            "tappa pause offer:voucher-10 --reason \"the price is wrong\"",
            "tappa pause everything --reason \"the shop moves\" --until \"2026-11-27 08:00\"",
            "tappa pause offer:voucher-10 --end",
            "tappa pause --list"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it is done", "1:the service did not take it", "2:the arguments are wrong"})
final class Pause implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "WHAT",
            description = "everything, channel:NAME, campaign:KEY, offer:KEY or rule:ID.")
    private @Nullable String what;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; everybody who lists the pauses reads it.")
    private @Nullable String reason;

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            description = "When it ends by itself: a date, which is included, or a moment (default: when you end it).")
    private @Nullable String until;

    @Option(names = "--end", description = "End the pause of WHAT.")
    private boolean end;

    @Option(names = "--list", description = "List what is paused.")
    private boolean list;

    @Mixin
    private AtService service = new AtService();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkArguments();
        var answer = answer(service.client(), service.path("/pauses"));
        service.print(answer, this::print);
        return 0;
    }

    private void print(JsonNode answer, PrintWriter out) {
        if (list) {
            printAll(answer, out);
        } else if (end) {
            out.println("%s is no longer paused.".formatted(answer.path("ended").asText()));
        } else {
            printOne(answer, out);
        }
    }

    private JsonNode answer(ServiceClient client, String pauses) throws IOException, InterruptedException {
        if (list) {
            return client.get(pauses);
        }
        return end
                ? client.delete(pauses + "/" + AtService.encoded(Objects.requireNonNull(what)))
                : client.post(pauses, Body.text(question()));
    }

    private void checkArguments() {
        if (list && (what != null || end || reason != null || until != null)) {
            throw wrong("--list lists everything that is paused and goes with nothing else.");
        }
        if (!list && what == null) {
            throw wrong("Say what to pause, such as offer:voucher-10, or --list.");
        }
        if (end && (reason != null || until != null)) {
            throw wrong("--end ends a pause at once and takes neither --reason nor --until.");
        }
        if (!list && !end && reason == null) {
            throw wrong("Say why, with --reason.");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private JsonNode question() {
        var body = Body.create().put("what", what).put("reason", reason);
        return until == null ? body : body.put("until", until);
    }

    private static void printOne(JsonNode pause, PrintWriter out) {
        out.println("%s is paused until %s.".formatted(pause.path("what").asText(), end(pause)));
        out.println("  " + held(pause));
    }

    private static void printAll(JsonNode answer, PrintWriter out) {
        if (answer.path("pauses").isEmpty()) {
            out.println("Nothing is paused.");
        }
        for (var pause : answer.path("pauses")) {
            printOne(pause, out);
            out.println("  since %s by %s: %s"
                    .formatted(
                            pause.path("since").asText(),
                            pause.path("by").asText(),
                            pause.path("reason").asText()));
        }
    }

    private static String end(JsonNode pause) {
        return pause.path("until").isNull()
                ? "it is ended"
                : pause.path("until").asText();
    }

    private static String held(JsonNode pause) {
        var held = pause.path("held");
        return "holds %s and %s at %s"
                .formatted(
                        counted(held.path("rules").asInt(), "rule"),
                        counted(held.path("offers").asInt(), "offer"),
                        counted(held.path("placements").asInt(), "placement"));
    }

    private static String counted(int number, String one) {
        return "%,d %s%s".formatted(number, one, number == 1 ? "" : "s");
    }
}

package io.tappa.api.cli;

import io.tappa.api.body.Body;
import io.tappa.engine.simulation.TrafficSummary;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Sends recorded traffic to a running service. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = "Sends recorded traffic to a running service, in the order of the file.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything was sent", "1:the service did not take it", "2:the arguments are wrong"})
final class Send implements Callable<Integer> {
    @Mixin
    private final Simulate.TrafficOptions traffic = new Simulate.TrafficOptions();

    @Option(names = "--to", paramLabel = "URL", description = "Where the service is (default: ${DEFAULT-VALUE}).")
    private URI to = URI.create("http://127.0.0.1:8080");

    @Option(names = "--key", paramLabel = "KEY", description = "Key to send with (default: ${DEFAULT-VALUE}).")
    private String key = "pk_demo";

    @Option(
            names = "--secret-key",
            paramLabel = "KEY",
            description = "Key to read the figures with; by default --key with pk_ turned into sk_.")
    private @Nullable String secretKey;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var secret = secretKey != null ? secretKey : key.startsWith("pk_") ? "sk_" + key.substring(3) : key;
        var source = traffic.open();
        var client = new ServiceClient(to, key, secret);
        TrafficSummary summary;
        try (var progress = new Progress(Output.errorsOf(spec))) {
            var sender = new Sender(client);
            source.read(
                    event -> {
                        sender.send(event);
                        progress.show(source.percent(), "sent");
                    },
                    problem -> sender.refuse());
            summary = sender.finish();
            progress.show(100, "sent");
        }
        var out = Output.of(spec);
        if (json) {
            out.println(Body.text(Summaries.json(summary)));
        } else {
            out.print(Summaries.table(summary, Map.of()));
        }
        out.flush();
        return 0;
    }
}

package io.tappa.api.cli;

import io.tappa.api.body.Body;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs recorded traffic through the engine on a virtual clock: no service, no Redis. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Runs recorded traffic through the rules on a virtual clock, without a service or Redis.")
final class Simulate implements Callable<Integer> {
    @Option(names = "--pack", paramLabel = "FOLDER", description = "Folder of the pack (default: ${DEFAULT-VALUE}).")
    private Path pack = Path.of("rules", "shop");

    @Mixin
    private final TrafficOptions traffic = new TrafficOptions();

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var snapshot = Packs.good(pack);
        var simulation = new Simulation(snapshot);
        var source = traffic.open();
        try (var progress = new Progress(Output.errorsOf(spec))) {
            source.read(
                    event -> {
                        simulation.accept(event);
                        progress.show(source.percent(), "simulated");
                    },
                    problem -> simulation.refuse());
            progress.show(100, "simulated");
        }
        var summary = simulation.summary();
        var out = Output.of(spec);
        if (json) {
            out.println(Body.text(Summaries.json(summary)));
        } else {
            var order = snapshot.journeys().stream().collect(Collectors.toMap(Journey::key, Journey::stageKeys));
            out.print(Summaries.table(summary, order));
        }
        out.flush();
        return 0;
    }

    /** Where recorded traffic comes from. */
    static final class TrafficOptions {
        @Option(
                names = "--events",
                required = true,
                paramLabel = "FILE",
                description = "Recorded events, .csv or .csv.gz.")
        private Path events = Path.of("");

        @Option(
                names = "--format",
                paramLabel = "NAME",
                description = "Format of the file: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
        private Format format = Format.rees46;

        @Option(
                names = "--until",
                paramLabel = "ISO",
                description = "Last moment to read, inclusive, such as 2019-10-01T02:50:00Z (default: the last event).")
        private @Nullable Instant until;

        /** Formats of recorded traffic. */
        @SuppressWarnings("checkstyle:ConstantName")
        enum Format {
            rees46
        }

        Traffic open() {
            return switch (format) {
                case rees46 -> new Traffic(events, until);
            };
        }
    }
}

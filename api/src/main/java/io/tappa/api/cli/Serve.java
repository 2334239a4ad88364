package io.tappa.api.cli;

import io.tappa.api.TappaService;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Starts the service and leaves it running. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Starts the service, with a Redis of its own unless another one is named.",
        footer = {
            "",
            "Any setting may follow, for example:",
            "  --server.port=9090                     listen on another port",
            "  --server.address=0.0.0.0               let other machines in (the demo keys then stop working)",
            "  --spring.data.redis.host=redis.local   use that Redis instead of the embedded one",
            "  --tappa.pack=shop                      name of the pack to serve",
            "  --tappa.pack-folder=rules/shop         folder of its files",
            "  --tappa.data=.tappa                    folder of the embedded Redis (or TAPPA_DATA)",
            "  --tappa.clock=events                   time passes as events tell it, for replays"
        })
final class Serve implements Runnable {
    @Unmatched
    private final List<String> settings = new ArrayList<>();

    @Override
    public void run() {
        var wrong =
                settings.stream().filter(setting -> !setting.startsWith("--")).toList();
        if (!wrong.isEmpty()) {
            throw new CommandFailed(
                    "serve does not know \"%s\". Settings look like --server.port=9090.".formatted(wrong.get(0)));
        }
        SpringApplication.run(TappaService.class, settings.toArray(String[]::new));
    }
}

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
        description = "Starts the service. Any setting may follow, for example --server.port=9090.",
        mixinStandardHelpOptions = true)
final class Serve implements Runnable {
    @Unmatched
    private final List<String> settings = new ArrayList<>();

    @Override
    public void run() {
        SpringApplication.run(TappaService.class, settings.toArray(String[]::new));
    }
}

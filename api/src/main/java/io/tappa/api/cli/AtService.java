package io.tappa.api.cli;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** The options of commands that ask a running service about its pack. */
final class AtService {
    @Option(names = "--url", paramLabel = "URL", description = "Where the service is (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--key", paramLabel = "KEY", description = "Secret key (default: ${DEFAULT-VALUE}).")
    private String key = "sk_demo";

    @Option(names = "--pack", paramLabel = "NAME", description = "Pack of the service (default: ${DEFAULT-VALUE}).")
    private String pack = "shop";

    /** Where the service is. */
    URI url() {
        return url;
    }

    ServiceClient client() {
        return new ServiceClient(url, key, key);
    }

    /** The path of the pack, and what follows it. */
    String path(String more) {
        return "/v1/packs/" + encoded(pack) + more;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

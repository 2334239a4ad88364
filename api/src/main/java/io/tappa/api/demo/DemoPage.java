package io.tappa.api.demo;

import io.tappa.engine.identity.Hashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.springframework.core.io.ClassPathResource;

/**
 * The page, and the policy that lets the browser run its own script and style and nothing else.
 *
 * @param html the whole file
 * @param policy the header Content-Security-Policy
 */
record DemoPage(String html, String policy) {
    private static final String FILE = "demo/demo.html";

    static DemoPage load() {
        try {
            var html = new ClassPathResource(FILE).getContentAsString(StandardCharsets.UTF_8);
            var policy = "default-src 'self'; script-src '%s'; style-src '%s'; img-src 'self' data:; base-uri 'none'; "
                    + "form-action 'none'; frame-ancestors 'none'; object-src 'none'";
            return new DemoPage(html, policy.formatted(hash(html, "script"), hash(html, "style")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The demo page is missing from the jar.", unreadable);
        }
    }

    /** The hash of what stands between the tags, as browsers compute it. */
    private static String hash(String html, String tag) {
        int from = html.indexOf("<" + tag + ">");
        int to = html.indexOf("</" + tag + ">", from);
        if (from < 0 || to < 0) {
            throw new IllegalStateException("%s has no <%s>".formatted(FILE, tag));
        }
        var text = html.substring(from + tag.length() + 2, to).getBytes(StandardCharsets.UTF_8);
        return "sha256-" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Hashes.hex(text)));
    }
}

package io.tappa.api.store.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tappa.api.store.Release;
import io.tappa.api.store.Release.Means;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Releases as JSON; the script that adds them reads {@code hash}. The number is the place in the list. */
final class ReleaseCodec {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReleaseCodec() {}

    static byte[] encode(Release release) {
        var entry = JSON.createObjectNode()
                .put("hash", release.hash())
                .put("at", release.atMillis())
                .put("means", release.means().name().toLowerCase(Locale.ROOT))
                .put("by", release.by())
                .put("message", release.message());
        try {
            return JSON.writeValueAsBytes(entry);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A tree is always JSON.", impossible);
        }
    }

    static Release decode(byte[] json, long number) {
        JsonNode entry;
        try {
            entry = JSON.readTree(json);
        } catch (IOException damaged) {
            throw new UncheckedIOException("A stored release of the pack is damaged.", damaged);
        }
        return new Release(
                number,
                entry.path("hash").asText(),
                entry.path("at").asLong(),
                Means.valueOf(entry.path("means").asText().toUpperCase(Locale.ROOT)),
                entry.path("by").asText(),
                entry.path("message").asText());
    }
}

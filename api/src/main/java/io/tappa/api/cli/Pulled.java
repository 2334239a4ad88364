package io.tappa.api.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tappa.api.body.Body;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a folder was when it was pulled, kept in a hidden file there, so that a push knows what is new on either side.
 *
 * @param draft name of the draft, or null where a version was pulled
 * @param from hash of the version it is, or was made from
 * @param etags the etag of each file by its path
 */
record Pulled(@Nullable String draft, String from, SortedMap<String, String> etags) {
    private static final String FILE = ".tappa-pulled.json";

    Pulled {
        etags = Collections.unmodifiableSortedMap(new TreeMap<>(etags));
    }

    /** What was pulled into {@code folder} last, or null where nothing is known. */
    static @Nullable Pulled in(Path folder) throws IOException {
        var file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            var json = Body.json(Files.readString(file));
            var etags = new TreeMap<String, String>();
            json.path("etags")
                    .properties()
                    .forEach(etag -> etags.put(etag.getKey(), etag.getValue().asText()));
            var draft = json.path("draft");
            return new Pulled(
                    draft.isTextual() ? draft.asText() : null, json.path("from").asText(), etags);
        } catch (JsonProcessingException damaged) {
            throw new CommandFailed("%s is damaged. Delete it, and pull again.".formatted(file));
        }
    }

    /** Keeps it in {@code folder}. */
    void keep(Path folder) throws IOException {
        var body = Body.create().put("draft", draft).put("from", from);
        var all = body.putObject("etags");
        etags.forEach(all::put);
        var beside = folder.resolve(FILE + ".new");
        Files.writeString(beside, Body.text(body));
        Files.move(beside, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

package io.tappa.api.pack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Field;
import io.tappa.engine.pack.PackFiles;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Files that somebody wants to be live.
 *
 * @param files all of the pack
 * @param from the version they were made from, or null
 * @param message what is said about them, or empty
 */
record PublishForm(PackFiles files, @Nullable String from, String message) {
    /** How files may be called. */
    static final String NAMES =
            "Names end with .yaml or .csv, have letters, digits, dots, dashes and underscores, and at most three folders.";

    private static final String FILES = "files";

    PublishForm(ObjectNode body) {
        this(files(body), Field.text(body, "from", ""), message(body));
        Field.only(body, "", List.of(FILES, "from", "message"));
    }

    private static PackFiles files(ObjectNode body) {
        var sent = Field.object(body, FILES, "");
        if (sent == null || sent.isEmpty()) {
            throw Field.wrong(
                    "/" + FILES,
                    "There are no files to publish.",
                    "Send all files of the pack, for example \"files\": {\"pack.yaml\": \"pack: shop…\"}.");
        }
        if (sent.size() > PackFiles.MOST_FILES) {
            throw Field.wrong(
                    "/" + FILES,
                    "%,d files are too many for a pack.".formatted(sent.size()),
                    "Send at most %d.".formatted(PackFiles.MOST_FILES));
        }
        var contents = new TreeMap<String, String>();
        for (var file : sent.properties()) {
            contents.put(name(file.getKey()), content(sent, file.getKey()));
        }
        return new PackFiles(contents);
    }

    private static String name(String name) {
        if (!PackFiles.isName(name)) {
            throw Field.wrong("/" + FILES, "\"%s\" is no name of a file of a pack.".formatted(name), NAMES);
        }
        return name;
    }

    private static String content(ObjectNode files, String name) {
        if (!files.path(name).isTextual()) {
            throw Field.wrong("/" + FILES, "The file %s is no text.".formatted(name), "Send its content as a string.");
        }
        return files.path(name).textValue();
    }

    static String message(ObjectNode body) {
        var message = Field.text(body, "message", "");
        if (message != null && message.length() > Wish.LONGEST_MESSAGE) {
            throw Field.wrong(
                    "/message",
                    "The message has %,d characters.".formatted(message.length()),
                    "Say in at most %d what is new.".formatted(Wish.LONGEST_MESSAGE));
        }
        return message == null ? "" : message.strip();
    }
}

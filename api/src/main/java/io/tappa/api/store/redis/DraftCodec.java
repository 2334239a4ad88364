package io.tappa.api.store.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tappa.api.store.Draft;
import io.tappa.api.store.Draft.Base;
import io.tappa.api.store.Draft.Note;
import io.tappa.api.store.DraftStore.Opened;
import io.tappa.engine.pack.PackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Drafts as the fields of one hash, see {@link DraftScripts}. */
final class DraftCodec {
    private static final String TEXT = "t:";
    private static final String NOTE = "n:";
    private static final String BASE = "b:";
    private static final TypeReference<TreeMap<String, String>> FIELDS = new TypeReference<>() {};

    /** Nodes of the next version may write more of a note than this one reads. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private record StoredNote(String etag, String by, long at) {}

    private DraftCodec() {}

    /** The draft of which {@code json} has all fields but the texts. */
    static Draft about(String name, byte[] json) {
        try {
            return draft(name, JSON.readValue(json, FIELDS));
        } catch (IOException damaged) {
            throw new UncheckedIOException("A stored draft is damaged.", damaged);
        }
    }

    static Opened opened(String name, Map<byte[], byte[]> stored) {
        var fields = new TreeMap<String, String>();
        stored.forEach((field, value) -> fields.put(text(field), text(value)));
        return new Opened(draft(name, fields), new PackFiles(under(TEXT, fields)));
    }

    private static Draft draft(String name, SortedMap<String, String> fields) {
        var notes = new TreeMap<String, Note>();
        under(NOTE, fields).forEach((path, json) -> notes.put(path, note(json)));
        var number = fields.getOrDefault("number", "");
        return new Draft(
                name,
                new Base(number.isEmpty() ? null : Long.valueOf(number), fields.getOrDefault("from", "")),
                new Note("", fields.getOrDefault("by", ""), Long.parseLong(fields.getOrDefault("at", "0"))),
                fields.getOrDefault("message", ""),
                notes,
                under(BASE, fields),
                Long.parseLong(fields.getOrDefault("rev", "0")));
    }

    private static SortedMap<String, String> under(String prefix, SortedMap<String, String> fields) {
        var found = new TreeMap<String, String>();
        fields.forEach((field, value) -> {
            if (field.startsWith(prefix)) {
                found.put(field.substring(prefix.length()), value);
            }
        });
        return found;
    }

    static Note note(String json) {
        try {
            var stored = JSON.readValue(json, StoredNote.class);
            return new Note(stored.etag(), stored.by(), stored.at());
        } catch (JsonProcessingException damaged) {
            throw new UncheckedIOException("A stored note of a draft is damaged.", damaged);
        }
    }

    static String json(Note note) {
        try {
            return JSON.writeValueAsString(new StoredNote(note.etag(), note.by(), note.atMillis()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record of texts and numbers is always JSON.", impossible);
        }
    }

    /** All fields of {@code draft}, each followed by its value. */
    static List<byte[]> fields(Draft draft, PackFiles files) {
        long size = 0;
        var fields = base(draft.base(), draft.baseEtags());
        for (var file : files.contents().entrySet()) {
            var text = Keys.bytes(file.getValue());
            fields.add(Keys.bytes(TEXT + file.getKey()));
            fields.add(text);
            size += text.length;
        }
        draft.notes().forEach((path, note) -> put(fields, NOTE + path, json(note)));
        put(fields, "by", draft.made().by());
        put(fields, "at", Long.toString(draft.made().atMillis()));
        put(fields, "message", draft.message());
        put(fields, "files", Integer.toString(files.contents().size()));
        put(fields, "size", Long.toString(size));
        return fields;
    }

    /** The fields that tell the base of a draft, each followed by its value. */
    static List<byte[]> base(Base base, SortedMap<String, String> etags) {
        var fields = new ArrayList<byte[]>();
        var number = base.number();
        put(fields, "from", base.hash());
        put(fields, "number", number == null ? "" : number.toString());
        etags.forEach((path, etag) -> put(fields, BASE + path, etag));
        return fields;
    }

    private static void put(List<byte[]> fields, String field, String value) {
        fields.add(Keys.bytes(field));
        fields.add(Keys.bytes(value));
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

package io.tappa.api.store.redis;

import io.tappa.api.store.LogLine;
import java.nio.charset.StandardCharsets;

/** Lines of a visitor's log, as bytes: one letter of kind, then the text. */
final class LogLines {
    private LogLines() {}

    static byte[] bytes(LogLine line) {
        return Keys.bytes(line.kind().key() + line.text());
    }

    static LogLine line(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return new LogLine(LogLine.Kind.of(text.substring(0, 1)), text.substring(1));
    }
}

package io.tappa.api.store.redis;

import io.tappa.api.store.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lines of a visitor's log, as bytes: one letter of kind, the id's part where it is another than the place's, then the text.
 *
 * <p>The log has {@value #PARTS} parts that are written in turn, each for 48 hours. A part is given its life when it
 * begins, so that no later line has to prolong it, and lives for 96 hours, so that its last line is kept for 48.
 */
final class LogLines {
    /** How many parts a log has. */
    static final int PARTS = 3;

    private static final Duration TURN = Duration.ofDays(2);
    /** How long a part lives from its first line, in seconds. */
    static final long LIFE_SECONDS = TURN.multipliedBy(2).toSeconds();

    private LogLines() {}

    /** The part whose turn it is at {@code nowMillis}. */
    static int part(long nowMillis) {
        return partOf(turn(nowMillis));
    }

    /** The turn at {@code nowMillis}, numbered since 1970. */
    static long turn(long nowMillis) {
        return nowMillis / TURN.toMillis();
    }

    /** When a turn begins, in milliseconds since 1970. */
    static long beginMillis(long turn) {
        return turn * TURN.toMillis();
    }

    /** The part that is written in {@code turn}. */
    static int partOf(long turn) {
        return (int) (turn % PARTS);
    }

    /** All parts at {@code nowMillis}, oldest first. */
    static List<Integer> partsInOrder(long nowMillis) {
        int now = part(nowMillis);
        return IntStream.rangeClosed(1, PARTS)
                .mapToObj(turn -> (now + turn) % PARTS)
                .toList();
    }

    static byte[] bytes(LogLine line) {
        return Keys.bytes(line.kind().key() + line.owner() + line.text());
    }

    static LogLine line(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        int json = text.indexOf('{');
        return new LogLine(LogLine.Kind.of(text.substring(0, 1)), text.substring(1, json), text.substring(json));
    }
}

package io.tappa.api.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.tappa.api.body.Body;
import io.tappa.api.record.DecisionIds;
import io.tappa.api.record.Recorded;
import io.tappa.api.record.Remade;
import io.tappa.api.store.LogLine;
import io.tappa.engine.identity.VisitorKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the archive: the record as the log had it, and what it says in words of the pack. Each begins with its
 * id, and that with the moment, so that lines sort by both.
 *
 * @param text one JSON object, without the end of the line
 */
record ArchiveLine(String text) {
    /** By moment and id; of one decision the greatest text first. */
    static final Comparator<ArchiveLine> IN_ORDER =
            Comparator.comparing(ArchiveLine::uuid).thenComparing(ArchiveLine::text, Comparator.reverseOrder());

    private static final String VERIFIED = "verified";
    private static final String ID = "{\"id\":\"";
    private static final String PLACE = "\",\"place\":\"";
    private static final String OWNER = "\",\"owner\":\"";
    private static final int UUID_LENGTH = 36;
    private static final int PLACE_LENGTH = 26;
    private static final int OWNER_LENGTH = 8;

    /** How a decision turned out when it was made again. */
    enum Outcome {
        SAME,
        OTHER,
        UNKNOWN_PACK
    }

    /**
     * A line, and how its decision turned out.
     *
     * @param hour which hour since 1970 it belongs to
     * @param around hash of what surrounded the decision, empty on an ordinary day
     */
    record Made(ArchiveLine line, long hour, Outcome outcome, String around) {}

    /** The line for a decision that was made again, or that could not be where {@code remade} is null. */
    static Made of(DecisionIds ids, LogLine logged, Recorded recorded, @Nullable Remade remade) {
        boolean same = remade != null && remade.isSame();
        var body = body(ids, logged, recorded);
        var placements = body.putArray("placements");
        if (remade != null) {
            for (var decided : remade.decision().placements()) {
                placements
                        .addObject()
                        .put("placement", decided.placement())
                        .put("offer", decided.offer())
                        .put("rule", decided.rule())
                        .put("fallback", decided.fallback())
                        .put("why", decided.why().code());
            }
        }
        return made(body.put(VERIFIED, same), recorded, same ? Outcome.SAME : Outcome.OTHER);
    }

    /** The line for a decision of a pack that is not known here. */
    static Made ofUnknownPack(DecisionIds ids, LogLine logged, Recorded recorded) {
        var body = body(ids, logged, recorded);
        body.putArray("placements");
        return made(body.put(VERIFIED, "unknown-pack"), recorded, Outcome.UNKNOWN_PACK);
    }

    private static ObjectNode body(DecisionIds ids, LogLine logged, Recorded recorded) {
        var body = Body.create();
        body.put("id", ids.of(recorded.uuid(), recorded.place()));
        body.put("place", recorded.place().text());
        if (!logged.owner().isEmpty()) {
            body.put("owner", logged.owner());
        }
        body.put("at", Instant.ofEpochMilli(recorded.atMillis()).toString());
        body.putRawValue("record", new RawValue(logged.text()));
        return body.put("touchpoint", recorded.line().path("t").asText());
    }

    private static Made made(ObjectNode body, Recorded recorded, Outcome outcome) {
        return new Made(
                new ArchiveLine(Body.text(body)), HourFile.hourOf(recorded.atMillis()), outcome, recorded.around());
    }

    /** The UUID of the decision, as text. */
    String uuid() {
        return text.substring(ID.length(), ID.length() + UUID_LENGTH);
    }

    /** The moment it was made for, in milliseconds since 1970. */
    long atMillis() {
        return UUID.fromString(uuid()).getMostSignificantBits() >>> 16;
    }

    /** Where the log was. */
    VisitorKey place() {
        return new VisitorKey(placeText());
    }

    /** The key of that place, as text. */
    String placeText() {
        int at = placeAt();
        return text.substring(at, at + PLACE_LENGTH);
    }

    /** What stands for the id under which it happened, empty for the one whose own place that is. */
    String owner() {
        int end = placeAt() + PLACE_LENGTH;
        int begin = end + OWNER.length();
        return text.startsWith(OWNER, end) ? text.substring(begin, begin + OWNER_LENGTH) : "";
    }

    /** What stands for the id whose own place that is, elsewhere. */
    static String owner(VisitorKey place) {
        return place.text().substring(0, OWNER_LENGTH);
    }

    private int placeAt() {
        return text.indexOf(PLACE) + PLACE.length();
    }

    /** The record in it. */
    Recorded recorded() {
        var record = (ObjectNode) Body.parsed(text).path("record");
        return new Recorded(place(), record, Recorded.From.ARCHIVE);
    }
}

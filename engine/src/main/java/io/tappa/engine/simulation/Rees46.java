package io.tappa.engine.simulation;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the public e-commerce data set "eCommerce behavior data from multi category store" (REES46 Marketing Platform,
 * Open CDP) as events.
 *
 * <p>The data set is anonymised, so every event grants {@code personalization_storage}.
 */
public final class Rees46 {
    /** The columns, in their order. */
    public static final List<String> HEADER = List.of(
            "event_time",
            "event_type",
            "product_id",
            "category_id",
            "category_code",
            "brand",
            "price",
            "user_id",
            "user_session");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'");
    private static final Map<String, String> EVENTS =
            Map.of("view", "Product Viewed", "cart", "Product Added", "purchase", "Order Completed");

    private Rees46() {}

    /**
     * What one row says.
     *
     * @param event the event, or null
     * @param problem why there is none, or null
     */
    public record Row(
            @Nullable VisitorEvent event, @Nullable Problem problem) {}

    /** Reads the row in {@code line}, which stands at {@code number} of {@code file}. */
    public static Row read(String line, String file, int number) {
        var values = line.split(",", -1);
        if (values.length != HEADER.size()) {
            return refused(file, number, "wrong-row", "The row has %d values.".formatted(values.length));
        }
        var name = EVENTS.get(values[1]);
        if (name == null) {
            return refused(file, number, "unknown-event", "There is no event type \"%s\".".formatted(values[1]));
        }
        if (values[7].isBlank()) {
            return refused(file, number, "missing", "The row has no user_id.");
        }
        try {
            var time = LocalDateTime.parse(values[0], TIME).toInstant(ZoneOffset.UTC);
            return new Row(
                    new VisitorEvent(
                            messageId(values), Identities.of(null, values[7]), name, time, properties(values, name)),
                    null);
        } catch (DateTimeException noTime) {
            return refused(file, number, "wrong-date", "\"%s\" is no time.".formatted(values[0]));
        }
    }

    private static Row refused(String file, int number, String code, String what) {
        return new Row(
                null,
                Problem.error(
                        code, Place.at(file, number, 1), what, "The columns are: " + String.join(",", HEADER) + "."));
    }

    private static SortedMap<String, String> properties(String[] values, String name) {
        var properties = new TreeMap<String, String>();
        put(properties, "product_id", values[2]);
        put(properties, "category_id", values[3]);
        put(properties, "category", values[4]);
        put(properties, "brand", values[5]);
        put(properties, "price", values[6]);
        properties.put("quantity", "1");
        if (name.equals("Order Completed")) {
            put(properties, "order_id", values[8]);
            put(properties, "total", values[6]);
        }
        put(properties, "context.sessionId", values[8]);
        properties.put("context.consent.personalization_storage", "granted");
        return properties;
    }

    private static void put(Map<String, String> properties, String name, String value) {
        if (!value.isEmpty()) {
            properties.put(name, value);
        }
    }

    /** SHA-1 of the nine values, so that rows written twice are one event. */
    private static String messageId(String[] values) {
        try {
            var hash = MessageDigest.getInstance("SHA-1")
                    .digest(String.join("|", values).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-1.", impossible);
        }
    }
}

package io.tappa.engine.fact;

import io.tappa.engine.fact.ConsentCell.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What somebody said to one purpose: the names of Google Consent Mode v2, and one purpose for each channel. */
public final class Consent {
    /** Whether we may remember somebody at all. */
    public static final String REMEMBER = "personalization_storage";
    /** What a browser's Global Privacy Control forbids. */
    public static final List<String> OF_ADS = List.of("ad_storage", "ad_user_data", "ad_personalization");
    /** All purposes. */
    public static final List<String> PURPOSES = List.of(
            REMEMBER,
            "functionality_storage",
            "security_storage",
            "analytics_storage",
            "ad_storage",
            "ad_user_data",
            "ad_personalization",
            "email",
            "push",
            "sms",
            "phone",
            "post");
    /** The event that only tells consents, with the values {@code purpose}, {@code status}, {@code source}, {@code proof}. */
    public static final String UPDATED = "Consent Updated";
    /** Where any event may tell consents, by purpose. */
    public static final String CONTEXT = "context.consent.";

    static final String DIGEST = "@consent";

    private static final String CATEGORIES = CONTEXT + "categoryPreferences.";
    private static final String BEYOND_CONTEXT = "context.consent/";
    private static final int LONGEST_PROOF = 100;
    private static final String BETWEEN = "\u001e";
    private static final String WITHIN = "\u001f";
    private static final int PARTS = 4;

    private Consent() {}

    /** The answer somebody gave; the later, the stricter. */
    public enum Status {
        GRANTED,
        /** Asked for, but not confirmed yet. */
        PENDING,
        DENIED;

        /** The word for it in files and answers. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The status somebody sent as {@code text}, or null. */
        public static @Nullable Status of(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "granted", "true", "yes" -> GRANTED;
                case "denied", "false", "no" -> DENIED;
                case "pending" -> PENDING;
                default -> null;
            };
        }
    }

    /**
     * Those statements of an event that can be understood, in one line; null when there are none. Of several to one purpose,
     * such as a banner's and the browser's own, the strictest.
     */
    static @Nullable String digest(String event, SortedMap<String, String> values) {
        var said = new TreeMap<String, Statement>();
        for (var value : values.subMap(CONTEXT, BEYOND_CONTEXT).entrySet()) {
            var path = value.getKey();
            var purpose = path.startsWith(CATEGORIES)
                    ? path.substring(CATEGORIES.length())
                    : path.substring(CONTEXT.length());
            add(said, purpose, value.getValue(), "", "");
        }
        if (event.equals(UPDATED)) {
            add(
                    said,
                    values.getOrDefault("purpose", ""),
                    values.getOrDefault("status", ""),
                    values.getOrDefault("source", ""),
                    values.getOrDefault("proof", ""));
        }
        return said.isEmpty()
                ? null
                : said.entrySet().stream().map(Consent::line).collect(Collectors.joining(BETWEEN));
    }

    private static void add(
            SortedMap<String, Statement> said, String purpose, String status, String source, String proof) {
        var known = Status.of(status);
        if (known != null && PURPOSES.contains(purpose)) {
            said.merge(purpose, new Statement(0, known, plain(source), plain(proof)), Consent::stricter);
        }
    }

    private static Statement stricter(Statement one, Statement other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static String line(Map.Entry<String, Statement> said) {
        var statement = said.getValue();
        return String.join(WITHIN, said.getKey(), statement.status().key(), statement.source(), statement.proof());
    }

    private static String plain(String text) {
        return FactCatalog.shortened(text.replaceAll("\\p{Cntrl}", " "), LONGEST_PROOF);
    }

    /** The statements of a digest, as a cell. */
    static ConsentCell statements(String digest, long atMillis) {
        var said = new TreeMap<String, Statement>();
        for (var line : digest.split(BETWEEN, -1)) {
            var parts = line.split(WITHIN, -1);
            var status = parts.length == PARTS ? Status.of(parts[1]) : null;
            if (status != null) {
                said.put(parts[0], new Statement(atMillis, status, parts[2], parts[3]));
            }
        }
        return ConsentCell.of(said);
    }
}

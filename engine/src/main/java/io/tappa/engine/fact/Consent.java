package io.tappa.engine.fact;

import io.tappa.engine.fact.ConsentCell.Statement;
import java.util.ArrayList;
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
    /** All purposes, on whatever channel. */
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
    /** Channels on which somebody can be written to or called; each is a purpose of its own. */
    public static final List<String> CHANNELS = List.of("email", "push", "sms", "phone", "post");
    /** Purposes that may be answered apart for each channel, as {@code ad_personalization for email}. */
    public static final List<String> BY_CHANNEL = List.of("ad_user_data", "ad_personalization");
    /** What a browser, or the server that asks for it, says in the context of a decision to forbid advertising: 1. */
    public static final String PRIVACY_CONTROL = "Sec-GPC";
    /** The event that only tells consents, with the values {@code purpose}, {@code channel}, {@code status}, {@code source}, {@code proof}. */
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

    private static final String FOR = " for ";
    private static final List<String> NAMES = names();

    private Consent() {}

    private static List<String> names() {
        var names = new ArrayList<>(PURPOSES);
        BY_CHANNEL.forEach(purpose -> CHANNELS.forEach(channel -> names.add(purpose + FOR + channel)));
        return List.copyOf(names);
    }

    /** All that can be consented to: purposes, and purposes for a channel. */
    public static List<String> allNames() {
        return NAMES;
    }

    /** What is consented to by {@code purpose} on {@code channel}, or everywhere if empty; null where the two do not fit. */
    public static @Nullable String named(String purpose, String channel) {
        var name = channel.isEmpty() || channel.equals(purpose) ? purpose : purpose + FOR + channel;
        return NAMES.contains(name) && (channel.isEmpty() || CHANNELS.contains(channel)) ? name : null;
    }

    /** The purpose of which {@code name} is one channel's part, or null. */
    static @Nullable String wider(String name) {
        int channel = name.indexOf(FOR);
        return channel < 0 ? null : name.substring(0, channel);
    }

    /** What the pack says about {@code name}, or about all channels where it says nothing about this one; or null. */
    public static @Nullable String meaning(String name, SortedMap<String, String> byName) {
        var own = byName.get(name);
        var wider = wider(name);
        return own == null && wider != null ? byName.get(wider) : own;
    }

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
                    named(values.getOrDefault("purpose", ""), values.getOrDefault("channel", "")),
                    values.getOrDefault("status", ""),
                    values.getOrDefault("source", ""),
                    values.getOrDefault("proof", ""));
        }
        return said.isEmpty()
                ? null
                : said.entrySet().stream().map(Consent::line).collect(Collectors.joining(BETWEEN));
    }

    private static void add(
            SortedMap<String, Statement> said, @Nullable String name, String status, String source, String proof) {
        var known = Status.of(status);
        if (known != null && name != null && NAMES.contains(name)) {
            said.merge(name, new Statement(0, known, plain(source), plain(proof)), Consent::stricter);
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

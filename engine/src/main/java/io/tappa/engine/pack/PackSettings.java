package io.tappa.engine.pack;

import io.tappa.engine.arbitration.Arbitration;
import io.tappa.engine.fact.Consent;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code pack.yaml} says.
 *
 * @param name the pack's name
 * @param owner whom to tell about it, or null
 * @param zone whose days and hours count
 * @param currency in whose units money is written
 * @param languages languages of its texts, the first when a visitor's is unknown
 * @param journey key of the default journey
 * @param precedence sources to believe first about a person
 * @param arbitration how offers are chosen among that all may be shown
 * @param consent what a missing consent means, by purpose
 * @param channels where else content is looked for, by channel
 */
public record PackSettings(
        String name,
        @Nullable String owner,
        ZoneId zone,
        Currency currency,
        List<String> languages,
        String journey,
        List<String> precedence,
        Arbitration arbitration,
        SortedMap<String, String> consent,
        SortedMap<String, ChannelChain> channels) {
    /** A missing consent to be remembered means: for this visit only. */
    public static final String SESSION = "session";

    public PackSettings {
        languages = List.copyOf(languages);
        precedence = List.copyOf(precedence);
        consent = Collections.unmodifiableSortedMap(new TreeMap<>(consent));
        channels = Collections.unmodifiableSortedMap(new TreeMap<>(channels));
    }

    /** The channels whose content may be shown on {@code channel}: itself, then those of its chain. */
    public List<String> channelsFor(String channel) {
        var chain = channels.get(channel);
        return chain == null
                ? List.of(channel)
                : Stream.concat(Stream.of(channel), chain.others().stream()).toList();
    }

    /** What a missing consent to {@code purpose}, or to a purpose for a channel, means: granted, denied or {@value #SESSION}. */
    public String missingConsent(String purpose) {
        var said = Consent.meaning(purpose, consent);
        return said != null ? said : purpose.equals(Consent.REMEMBER) ? SESSION : Consent.Status.DENIED.key();
    }

    /** The code of {@code currency} in capitals; the pack's own where none is named. */
    String plain(@Nullable String currency) {
        return currency == null || currency.isBlank()
                ? this.currency.getCurrencyCode()
                : currency.trim().toUpperCase(Locale.ROOT);
    }

    /** An amount in minor units as people write it: {@code 12.5 EUR}. */
    public String money(long minorUnits) {
        var amount = BigDecimal.valueOf(minorUnits).divide(BigDecimal.valueOf(minorUnits()));
        return amount.toPlainString() + " " + currency;
    }

    /** Minor units in one unit of the currency. */
    public long minorUnits() {
        long units = 1;
        for (int digit = 0; digit < Math.max(0, currency.getDefaultFractionDigits()); digit++) {
            units *= 10;
        }
        return units;
    }
}

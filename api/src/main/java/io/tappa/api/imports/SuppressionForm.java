package io.tappa.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.store.SuppressionStore;
import io.tappa.api.store.SuppressionStore.Suppression;
import io.tappa.engine.identity.Hashes;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads an address that must not be written to. An e-mail address counts in small letters, a telephone number by its digits
 * and its plus sign.
 */
final class SuppressionForm {
    private static final Pattern NUMBER = Pattern.compile("\\+?\\d{5,20}");
    private static final Pattern BETWEEN_DIGITS = Pattern.compile("[ ()/.-]");
    private static final Pattern MAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,255}");
    private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    private final ZoneId zone;

    SuppressionForm(ZoneId zone) {
        this.zone = zone;
    }

    Suppression suppression(ObjectNode row) {
        var columns = new Columns(row, zone);
        var address = normalised(columns.needed("address", "email", "phone"));
        var channel = columns.text("channel");
        var name = channel == null ? SuppressionStore.EVERY_CHANNEL : channel.toLowerCase(Locale.ROOT);
        if (channel != null && !CHANNEL.matcher(name).matches()) {
            throw Columns.wrong("channel", "This is no channel.", "Write for example email, sms or push.");
        }
        return new Suppression(name, Hashes.hex(address.getBytes(StandardCharsets.UTF_8)));
    }

    private static String normalised(String address) {
        var small = address.toLowerCase(Locale.ROOT);
        if (MAIL.matcher(small).matches()) {
            return small;
        }
        var number = BETWEEN_DIGITS.matcher(small).replaceAll("");
        if (NUMBER.matcher(number).matches()) {
            return number;
        }
        throw Columns.wrong(
                "address",
                "This is neither an e-mail address nor a telephone number.",
                "Write for example ada@example.org or +39 06 1234567.");
    }
}

package io.tappa.api.store.redis;

import io.tappa.api.store.FusedId;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.Lane.HandOver;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Ids as fields of a hash: kind, a blank, value; in it the visitor and the moment of a hand-over, or nothing. */
final class FusedIds {
    private FusedIds() {}

    static byte[] field(Identity id) {
        return Keys.bytes(id.kind().key() + " " + id.value());
    }

    static byte[] value(FusedId fused) {
        var to = fused.handedOver();
        return Keys.bytes(to == null ? "" : to.to().text() + " " + to.atMillis());
    }

    static FusedId fused(byte[] field, byte[] value) {
        return new FusedId(id(text(field)), handOver(text(value)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Identity id(String field) {
        int blank = field.indexOf(' ');
        var key = field.substring(0, blank);
        var kind = Arrays.stream(IdKind.values())
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no kind of id called %s.".formatted(key)));
        return new Identity(kind, field.substring(blank + 1));
    }

    private static @Nullable HandOver handOver(String value) {
        int blank = value.indexOf(' ');
        return blank < 0
                ? null
                : new HandOver(new VisitorKey(value.substring(0, blank)), Long.parseLong(value.substring(blank + 1)));
    }
}

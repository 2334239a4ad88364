package io.tappa.api.store.redis;

import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Ids as members of a set: kind, a blank, value. */
final class FusedIds {
    private FusedIds() {}

    static byte[] bytes(Identity id) {
        return Keys.bytes(id.kind().key() + " " + id.value());
    }

    static Identity id(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        int blank = text.indexOf(' ');
        var key = text.substring(0, blank);
        var kind = Arrays.stream(IdKind.values())
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no kind of id called %s.".formatted(key)));
        return new Identity(kind, text.substring(blank + 1));
    }
}

package io.tappa.api.store.redis;

import io.tappa.api.store.RetentionSettings;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.fact.ConsentCell;
import io.tappa.engine.fact.ConsentCell.Statement;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.visitor.VisitorState;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is left of somebody who was forgotten: {@code 1772445600000;email=1772445600000}, the moment up to which events were
 * erased, or 0, and since when each purpose is denied.
 *
 * @param erasedMillis events up to this moment stay out, in milliseconds since 1970; 0 if none
 * @param denied since when, by purpose
 */
record Left(long erasedMillis, SortedMap<String, Long> denied) {
    static final Left NOTHING = new Left(0, new TreeMap<>());

    private static final String BETWEEN = ";";
    private static final Pattern PARTS = Pattern.compile(BETWEEN);

    Left {
        denied = Collections.unmodifiableSortedMap(new TreeMap<>(denied));
    }

    static Left of(VisitorState nobody) {
        var denied = new TreeMap<String, Long>();
        var said = nobody.consents();
        if (said != null) {
            said.latest().forEach((purpose, statement) -> denied.put(purpose, statement.at()));
        }
        return new Left(nobody.forgottenMillis(), denied);
    }

    static Left of(byte[] stored) {
        var parts = PARTS.split(new String(stored, StandardCharsets.UTF_8), -1);
        var denied = new TreeMap<String, Long>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            denied.put(parts[i].substring(0, equals), Long.parseLong(parts[i].substring(equals + 1)));
        }
        return new Left(Long.parseLong(parts[0]), denied);
    }

    /** All but the moment of the erasure. */
    String denials() {
        var text = new StringBuilder();
        denied.forEach((purpose, at) ->
                text.append(BETWEEN).append(purpose).append('=').append(at));
        return text.toString();
    }

    String text() {
        return erasedMillis + denials();
    }

    /** How long it is kept, in milliseconds; 0 where there is nothing to keep. */
    long lifeMillis(RetentionSettings retention) {
        long ofErasure = erasedMillis == 0 ? 0 : retention.erasures().toMillis();
        return denied.isEmpty()
                ? ofErasure
                : Math.max(ofErasure, retention.denials().toMillis());
    }

    /** Somebody who is nobody by now and comes back as {@code id}. */
    VisitorState on(VisitorState nobody, Identity id) {
        var erased = nobody.forgottenMillis() >= erasedMillis ? nobody : nobody.forgottenUntil(erasedMillis);
        if (denied.isEmpty()) {
            return erased;
        }
        var said = new TreeMap<String, Statement>();
        denied.forEach((purpose, at) -> said.put(purpose, new Statement(at, Status.DENIED, "", "")));
        return erased.remembering(id, ConsentCell.of(said), 0);
    }
}

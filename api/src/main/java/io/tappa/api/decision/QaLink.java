package io.tappa.api.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.record.DecisionIds;
import io.tappa.engine.pack.PackSnapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Shows an offer at a placement to whoever has it, for trying out.
 *
 * @param placement full name of the placement
 * @param offer key of the offer
 * @param untilMillis until when, exclusive, in milliseconds since 1970
 */
record QaLink(String placement, String offer, long untilMillis) {
    private static final String CURE = "Make another one with POST /v1/packs/{pack}/qa-links.";

    /** The link as text, signed with the secret of the pack. */
    String token(DecisionIds secret) {
        var said = Body.text(
                Body.create().put("placement", placement).put("offer", offer).put("until", untilMillis));
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(said.getBytes(StandardCharsets.UTF_8));
        return text + "." + secret.signature(text);
    }

    /** Which offers are shown whatever is against them, by placement; none where the question carries no link. */
    static SortedMap<String, String> forced(Question question, DecisionIds secret) {
        var token = question.options().qa();
        if (token == null) {
            return Collections.emptySortedMap();
        }
        var link = read(token, secret);
        if (link.untilMillis <= question.nowMillis()) {
            throw wrong("The link ended at %s.".formatted(Instant.ofEpochMilli(link.untilMillis)));
        }
        link.mustFit(question.pack());
        var forced = new TreeMap<String, String>();
        forced.put(link.placement, link.offer);
        return forced;
    }

    private static QaLink read(String token, DecisionIds secret) {
        int dot = token.indexOf('.');
        var text = dot < 0 ? token : token.substring(0, dot);
        if (dot < 0 || !MessageDigest.isEqual(bytes(token.substring(dot + 1)), bytes(secret.signature(text)))) {
            throw wrong("This is no link of this service, or it was changed on the way.");
        }
        var said = said(text);
        return new QaLink(
                said.path("placement").asText(),
                said.path("offer").asText(),
                said.path("until").asLong());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode said(String text) {
        try {
            return Body.json(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("What was signed is JSON.", impossible);
        }
    }

    private void mustFit(PackSnapshot pack) {
        if (pack.offers().find(offer) == null) {
            throw wrong("The pack has no offer \"%s\" any more.".formatted(offer));
        }
        boolean known = pack.touchpoints().all().stream()
                .flatMap(touchpoint -> touchpoint.placements().stream())
                .anyMatch(one -> one.fullName().equals(placement));
        if (!known) {
            throw wrong("The pack has no placement \"%s\" any more.".formatted(placement));
        }
    }

    private static HttpProblem wrong(String what) {
        return Field.wrong("/qa", what, CURE);
    }
}

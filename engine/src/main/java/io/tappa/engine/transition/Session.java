package io.tappa.engine.transition;

import io.tappa.engine.fact.Consent;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.pack.PackSettings;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.visitor.VisitorState;

/** How long we may remember somebody. */
final class Session {
    /** Without consent a visit ends so long after the last event. */
    private static final long MILLIS = 30 * 60_000L;

    private static final long STEPS = 12;

    private Session() {}

    /** When {@code visitor} is to be forgotten; {@link Long#MAX_VALUE} never, {@link Long#MIN_VALUE} at once. */
    static long endMillis(PackSnapshot pack, VisitorState visitor) {
        if (visitor.isLight()) {
            return Long.MAX_VALUE;
        }
        return switch (meaning(pack, visitor)) {
            case PackSettings.SESSION -> lastMillis(visitor) + MILLIS;
            case "denied" -> Long.MIN_VALUE;
            default -> keptUntil(lastMillis(visitor), pack.keep().toMillis());
        };
    }

    /** Rounded up, by a twelfth at most, so that not every event has to set the timer anew. */
    private static long keptUntil(long lastMillis, long keepMillis) {
        long step = Math.max(1, keepMillis / STEPS);
        long end = lastMillis + keepMillis;
        return lastMillis == 0 ? Long.MAX_VALUE : (end + step - 1) / step * step;
    }

    /** Whether nothing may be kept of somebody of whom nothing is kept yet. */
    static boolean isRefused(PackSnapshot pack, VisitorState visitor) {
        return visitor.isLight() && meaning(pack, visitor).equals(Status.DENIED.key());
    }

    private static String meaning(PackSnapshot pack, VisitorState visitor) {
        var consents = visitor.consents();
        var said = consents == null ? null : consents.on(Consent.REMEMBER);
        return said == null || said.status() == Status.PENDING
                ? pack.settings().missingConsent(Consent.REMEMBER)
                : said.status().key();
    }

    /** The last event, or when the last one arrived: what happened yesterday and is told today does not end at once. */
    private static long lastMillis(VisitorState visitor) {
        var recent = visitor.window().recent();
        var frontier = visitor.window().frontier();
        long folded = frontier == null ? 0 : frontier.atMillis();
        long newest = recent.isEmpty() ? folded : recent.get(recent.size() - 1).atMillis();
        return Math.max(newest, visitor.seen().lastArrivalMillis());
    }
}

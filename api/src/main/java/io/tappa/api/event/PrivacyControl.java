package io.tappa.api.event;

import io.tappa.api.event.EventParser.Parsed;
import io.tappa.engine.fact.Consent;
import java.util.SortedMap;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Global Privacy Control: the header {@code Sec-GPC: 1} of a browser that asks not to be followed by advertising.
 *
 * @param asked whether it asks
 */
public record PrivacyControl(boolean asked) {
    private static final String ON = "1";

    /** What the browser that sent {@code request} asks. */
    public static PrivacyControl of(ServerRequest request) {
        return new PrivacyControl(ON.equals(request.headers().firstHeader(Consent.PRIVACY_CONTROL)));
    }

    /** The event as it counts: whatever it says, advertising is denied if the browser asks so. */
    public Parsed heardIn(Parsed parsed) {
        var incoming = parsed.incoming();
        return incoming == null || !asked ? parsed : new Parsed(incoming.withGlobalPrivacyControl(), parsed.refusal());
    }

    /** Says so in the context of a decision, too. */
    public void tell(SortedMap<String, String> context) {
        if (asked) {
            context.put(Consent.PRIVACY_CONTROL, ON);
        }
    }
}

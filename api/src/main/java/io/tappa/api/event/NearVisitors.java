package io.tappa.api.event;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tappa.api.store.Lead;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.VisitorState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Visitors as this node wrote them last, so that their next page need not be read first.
 *
 * <p>What is here may be old; whoever uses it writes with a check of its version, and so learns when it is. No version comes
 * twice: whoever was forgotten has none, and begins another life with another one.
 */
final class NearVisitors {
    private static final Duration IDLE = Duration.ofMinutes(30);

    private final Cache<VisitorKey, VisitorState> states;
    private final boolean isOn;

    /** Remembers at most so many; 0 for none. */
    NearVisitors(int most) {
        isOn = most > 0;
        states = Caffeine.newBuilder().maximumSize(most).expireAfterAccess(IDLE).build();
    }

    /** Where {@code id} leads, or null where that has to be asked. */
    @Nullable
    Lead find(Identity id) {
        var key = VisitorKey.of(id);
        var state = states.getIfPresent(key);
        return state == null ? null : new Lead(id, key, key, state, true, null, 0);
    }

    /** Keeps what was just written, where its only id leads there by itself. */
    void keep(VisitorKey home, VisitorState written) {
        if (isOn && isSimple(home, written)) {
            states.put(home, written);
        } else {
            states.invalidate(home);
        }
    }

    private boolean isSimple(VisitorKey home, VisitorState written) {
        if (written.lanes().size() != 1) {
            return false;
        }
        var lane = written.lanes().entrySet().iterator().next();
        return written.isKept()
                && !written.isLight()
                && !written.hasFused()
                && written.departing() == null
                && written.merges().isEmpty()
                && lane.getValue().handedOver() == null
                && isAt(home, lane.getKey());
    }

    /** Whether {@code only} leads to {@code home} by itself; worked out once for as long as somebody is here. */
    private boolean isAt(VisitorKey home, Identity only) {
        var known = states.getIfPresent(home);
        return (known != null && known.lanes().containsKey(only))
                || VisitorKey.of(only).equals(home);
    }

    /** Lets go of somebody who may be another one by now. */
    void drop(VisitorKey key) {
        states.invalidate(key);
    }
}

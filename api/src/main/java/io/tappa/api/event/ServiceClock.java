package io.tappa.api.event;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one clock of the service: the system's, or a replay's. */
public abstract class ServiceClock implements InstantSource {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceClock.class);
    private static final String FIXED = "fixed:";

    /** The clock that {@code settings} ask for. */
    static ServiceClock of(ClockSettings settings, boolean local) {
        if (settings.clock().equals("system")) {
            return new OfSystem();
        }
        if (!local) {
            throw new IllegalArgumentException("""
                    tappa.clock (%s) must be system unless the service is local.
                    Maybe leave it out: only replays with the embedded Redis on a loopback address need another clock.""".formatted(settings.clock()));
        }
        LOG.warn("The clock is not the system's but {}; meant for replays only", settings.clock());
        if (settings.clock().equals("events")) {
            return new OfEvents();
        }
        return new Fixed(fixed(settings.clock()));
    }

    private static Instant fixed(String setting) {
        try {
            if (setting.startsWith(FIXED)) {
                return Instant.parse(setting.substring(FIXED.length()));
            }
        } catch (DateTimeParseException noMoment) {
            // falls through to the same advice
        }
        throw new IllegalArgumentException("""
                tappa.clock (%s) is unknown.
                Maybe use system, events, or fixed: and a moment such as fixed:2026-03-02T10:00:00Z.""".formatted(setting));
    }

    /** The present moment. */
    public abstract Instant now();

    /** When a request that is being read arrived: the system's time, so that a replay may send what is yet to come. */
    public Instant received() {
        return Instant.now();
    }

    /** Hears of an event's time. */
    void observe(Instant eventTime) {}

    @Override
    public final Instant instant() {
        return now();
    }

    private static final class OfSystem extends ServiceClock {
        @Override
        public Instant now() {
            return Instant.now();
        }
    }

    /** Time passes as events tell it; before the first one it is the system's. */
    private static final class OfEvents extends ServiceClock {
        private final AtomicReference<Instant> newest = new AtomicReference<>(Instant.EPOCH);

        @Override
        public Instant now() {
            var seen = newest.get();
            return seen.equals(Instant.EPOCH) ? Instant.now() : seen;
        }

        @Override
        void observe(Instant eventTime) {
            newest.accumulateAndGet(eventTime, (known, next) -> next.isAfter(known) ? next : known);
        }
    }

    private static final class Fixed extends ServiceClock {
        private final Instant moment;

        Fixed(Instant moment) {
            this.moment = moment;
        }

        @Override
        public Instant now() {
            return moment;
        }
    }
}

package io.tappa.api;

import io.tappa.api.event.ServiceClock;
import java.time.Duration;
import java.time.Instant;

/** A clock that stands until a test moves it; several services may have the same. */
public final class MovedClock extends ServiceClock {
    private volatile Instant now;

    public MovedClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant now() {
        return now;
    }

    /** So much time passes. */
    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** It is another moment. */
    public void set(Instant moment) {
        now = moment;
    }
}

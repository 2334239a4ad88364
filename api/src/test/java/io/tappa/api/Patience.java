package io.tappa.api;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits until something holds, but never for ever. */
public final class Patience {
    private Patience() {}

    /** Looks again and again until {@code condition} holds; fails when it does not {@code within} that time. */
    public static void until(String what, Duration within, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + within.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("%s: not within %s".formatted(what, within));
            }
            Thread.sleep(10);
        }
    }
}

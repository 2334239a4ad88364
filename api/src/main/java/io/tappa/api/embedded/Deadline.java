package io.tappa.api.embedded;

import java.time.Duration;

/**
 * The end of our patience, on the monotonic clock.
 *
 * @param endNanos compared with {@link System#nanoTime()}
 */
record Deadline(long endNanos) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    boolean passed() {
        return System.nanoTime() - endNanos >= 0;
    }

    /** Waits a moment before the next look. */
    static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new EmbeddedRedisException("""
                    Interrupted while waiting for the embedded Redis.
                    Maybe the service was stopped while it started.""", stop);
        }
    }
}

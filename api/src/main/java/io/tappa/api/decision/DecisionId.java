package io.tappa.api.decision;

import io.tappa.engine.identity.VisitorKey;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Names decisions: a UUID of version 7 (RFC 9562), so that ids sort by time, and the visitor's shard. */
final class DecisionId {
    private DecisionId() {}

    static String at(long millis, VisitorKey key) {
        var random = new SplittableRandom(ThreadLocalRandom.current().nextLong());
        long high = (millis << 16) | 0x7000L | random.nextLong(1L << 12);
        long low = 0x8000_0000_0000_0000L | (random.nextLong() >>> 2);
        return new UUID(high, low) + "." + key.shard();
    }
}

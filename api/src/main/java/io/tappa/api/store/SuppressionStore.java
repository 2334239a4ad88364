package io.tappa.api.store;

import java.util.List;
import reactor.core.publisher.Mono;

/** Addresses that must not be written to. They are kept as hashes only. */
public interface SuppressionStore {
    /** Stands for every channel. */
    String EVERY_CHANNEL = "*";

    /**
     * One address.
     *
     * @param channel the channel, or {@link #EVERY_CHANNEL}
     * @param hash lower-case hex SHA-256 of the normalised address
     */
    record Suppression(String channel, String hash) {}

    /** Suppresses addresses and answers how many of them were not suppressed before. One round trip. */
    Mono<Integer> add(List<Suppression> suppressions);
}

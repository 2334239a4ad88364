package io.tappa.api.store.redis;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** A key that names the one node which works on something; it ends by itself. */
final class Lease {
    private static final Script CLAIM = new Script("""
            local owner = redis.call('GET', KEYS[1])
            if owner and owner ~= ARGV[1] then return owner end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return false
            """);
    private static final Script RELEASE = new Script("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
            return false
            """);

    private Lease() {}

    /** Claims {@code key} for {@code node}, or prolongs its claim; false while another node has it. */
    static Mono<Boolean> claim(RedisLink redis, byte[] key, String node, Duration life) {
        return CLAIM.run(redis, new byte[][] {key}, new byte[][] {
                    Keys.bytes(node), Keys.bytes(Long.toString(life.toMillis()))
                })
                .hasElement()
                .map(taken -> !taken);
    }

    /** Ends the claim of {@code node}, if it still has it. */
    static Mono<Void> release(RedisLink redis, byte[] key, String node) {
        return RELEASE.run(redis, new byte[][] {key}, new byte[][] {Keys.bytes(node)})
                .then();
    }
}

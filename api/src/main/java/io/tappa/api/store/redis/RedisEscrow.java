package io.tappa.api.store.redis;

import io.tappa.api.store.Escrow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import reactor.core.publisher.Mono;

/**
 * Budgets in Redis. Each lives in keys of its own hash tag, so that one script sees all of it: sums, reservations by slot
 * with their ends, answers by name with their ends, and answers that were confirmed. Every script first frees what has ended, at most
 * {@value #AT_ONCE} at once, so that a budget may look fuller than it is for a moment, and never emptier.
 */
final class RedisEscrow implements Escrow {
    private static final int AT_ONCE = 1_000;
    /** How long a confirmation that comes again is recognised. */
    private static final Duration KNOWN = Duration.ofHours(25);

    private static final Duration LIFE = Duration.ofDays(400);

    /**
     * What all scripts do first. KEYS: sums, slots, ends of slots, answers, ends of answers, confirmed. ARGV: now in ms. A slot is
     * {@code amount:start:confirmed}, an answer {@code slot:start}.
     */
    private static final String FREE = """
            local call = redis.call
            local sums, slots, ends, refs, refends, done = unpack(KEYS)
            local now = ARGV[1]
            for _, slot in ipairs(call('ZRANGEBYSCORE', ends, '-inf', now, 'LIMIT', 0, %1$d)) do
              local amount, confirmed = string.match(call('HGET', slots, slot) or '', '^(%%d+):%%d+:(%%d)$')
              if confirmed == '0' then call('HINCRBY', sums, 'held', '-' .. amount) end
              call('HDEL', slots, slot)
              call('ZREM', ends, slot)
            end
            for _, ref in ipairs(call('ZRANGEBYSCORE', refends, '-inf', now, 'LIMIT', 0, %1$d)) do
              call('HDEL', refs, ref)
              call('ZREM', refends, ref)
            end
            local function sum(name) return tonumber(call('HGET', sums, name) or '0') end
            local function level(word)
              return string.format('%%s %%.0f %%.0f %%.0f %%.0f', word, sum('used'), sum('held'), sum('late'), sum('over'))
            end
            local function stays()
              for _, key in ipairs(KEYS) do call('PEXPIRE', key, %2$d) end
            end
            """.formatted(AT_ONCE, LIFE.toMillis());

    /** ARGV further: end in ms, slot, name of the answer, amount, limit. */
    private static final Script RESERVE = new Script(FREE + """
            local ending, slot, ref, amount, limit = unpack(ARGV, 2)
            local start, confirmed = string.match(call('HGET', slots, slot) or '', '^%d+:(%d+):(%d)$')
            if not start then
              if sum('used') + sum('held') + tonumber(amount) > tonumber(limit) then return level('no') end
              start = now
              call('HSET', slots, slot, amount .. ':' .. start .. ':0')
              call('HINCRBY', sums, 'held', amount)
              call('ZADD', ends, ending, slot)
              stays()
            elseif confirmed == '0' then
              call('ZADD', ends, 'GT', ending, slot)
            end
            call('HSET', refs, ref, slot .. ':' .. start)
            call('ZADD', refends, ending, ref)
            return level('yes')
            """);

    /** ARGV further: name of the answer, amount, limit, since when confirmed answers are to be known in ms. */
    private static final Script CONFIRM = new Script(FREE + """
            local ref, amount, limit, known = unpack(ARGV, 2)
            if call('ZSCORE', done, ref) then return 'again' end
            call('ZREMRANGEBYSCORE', done, '-inf', known)
            call('ZADD', done, now, ref)
            stays()
            local slot, begun = string.match(call('HGET', refs, ref) or '', '^([^:]+):(%d+)$')
            if slot then
              local held, start, confirmed = string.match(call('HGET', slots, slot) or '', '^(%d+):(%d+):(%d)$')
              if start == begun and confirmed == '1' then return 'again' end
              if start == begun then
                call('HSET', slots, slot, held .. ':' .. start .. ':1')
                call('HINCRBY', sums, 'held', '-' .. held)
                call('HINCRBY', sums, 'used', held)
                return 'counted'
              end
            end
            if sum('used') + sum('held') + tonumber(amount) > tonumber(limit) then
              call('HINCRBY', sums, 'over', amount)
              return 'over'
            end
            call('HINCRBY', sums, 'used', amount)
            call('HINCRBY', sums, 'late', amount)
            return 'late'
            """);

    private static final Script LEVEL = new Script(FREE + "return level('yes')");

    private final RedisLink redis;
    private final Keys keys;

    RedisEscrow(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<Reserved> reserve(Part part, long nowMillis, Duration life) {
        return RESERVE.run(redis, keys.budget(part.budget()), new byte[][] {
                    number(nowMillis),
                    number(nowMillis + life.toMillis()),
                    Keys.bytes(part.slot()),
                    Keys.bytes(part.ref()),
                    number(part.amount()),
                    number(part.limit())
                })
                .map(RedisEscrow::reserved);
    }

    @Override
    public Mono<Confirmed> confirm(String budget, String ref, long amount, long limit, long nowMillis) {
        return CONFIRM.run(redis, keys.budget(budget), new byte[][] {
                    number(nowMillis),
                    Keys.bytes(ref),
                    number(amount),
                    number(limit),
                    number(nowMillis - KNOWN.toMillis())
                })
                .map(answer -> Confirmed.valueOf(text(answer).toUpperCase(Locale.ROOT)));
    }

    @Override
    public Mono<Level> level(String budget, long nowMillis) {
        return LEVEL.run(redis, keys.budget(budget), new byte[][] {number(nowMillis)})
                .map(answer -> reserved(answer).level());
    }

    private static Reserved reserved(byte[] answer) {
        var parts = text(answer).split(" ", -1);
        var level = new Level(
                Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]), Long.parseLong(parts[4]));
        return new Reserved(parts[0].equals("yes"), level);
    }

    private static String text(byte[] answer) {
        return new String(answer, StandardCharsets.UTF_8);
    }

    private static byte[] number(long number) {
        return Keys.bytes(Long.toString(number));
    }
}

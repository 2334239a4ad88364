package io.tappa.api.store.redis;

import io.tappa.api.store.VisitorStore;

/** The scripts that change visitors. Each is idempotent: run twice by a command that timed out, it changes nothing more. */
final class Scripts {
    private static final int MOST_LINES = VisitorStore.MOST_LINES;
    private static final int MOST_MOVES = 1_000;

    /**
     * Writes a visitor and log lines, as most decisions do, if the visitor's version is still the one that was read.
     *
     * <p>KEYS: visitor, part of the log, places with lines in that part. ARGV: first bytes of the blob that was read, new blob, the
     * visitor's key, then at least one line.
     * Answers nil when written, else what is stored now, empty when nothing is.
     */
    static final Script SAVE_PLAIN = new Script("""
            local call, visitor, log = redis.call, KEYS[1], KEYS[2]
            if call('GETRANGE', visitor, 0, 8) ~= ARGV[1] then return call('GET', visitor) or '' end
            call('SET', visitor, ARGV[2])
            local lines = #ARGV - 3
            local length
            if lines == 1 then length = call('RPUSH', log, ARGV[4]) else length = call('RPUSH', log, unpack(ARGV, 4)) end
            if length == lines then
              call('EXPIRE', log, %2$d)
              call('SADD', KEYS[3], ARGV[3])
              call('EXPIRE', KEYS[3], %2$d)
            elseif length > %1$d then
              call('LTRIM', log, -%1$d, -1)
            end
            return false
            """.formatted(MOST_LINES, LogLines.LIFE_SECONDS));

    /**
     * Writes a visitor if its version is still the one that was read, and with it the log, the counters and the spilled
     * event ids.
     *
     * <p>KEYS: visitor, part of the log, spilled ids, timers, ledger, fused ids, places with lines in that part, then if the visitor ends the other parts of
     * the log, what is left, whether lines of the shard are archived and who is to be struck from there, then hashes of
     * counters. ARGV: first bytes of the blob that was read (empty when there was none), new
     * blob (empty ends the visitor), number of log lines, then each, life of the blob, or of what is left, in ms (0 for
     * ever), when to wake the visitor in ms since 1970 (0 never, empty as before), the visitor's key, number of ledger
     * lines, then each, number of fused ids, then each and where it was handed over to (empty where nobody knows more than
     * before), number of spilled ids, then oldest minute to keep, then hash and minute of each; then for each hash of
     * counters its life in s from now (0 for ever), the number of changes, and counter and change of each; then if the
     * visitor ends the present moment and what is left. Answers nil when written, else what is stored now, empty when nothing is.
     */
    static final Script SAVE =
            new Script("""
            if redis.call('GETRANGE', KEYS[1], 0, 8) ~= ARGV[1] then return redis.call('GET', KEYS[1]) or '' end
            local lines = tonumber(ARGV[3])
            local at = 4 + lines
            local first = 8
            if ARGV[2] == '' then
              redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[5], KEYS[6], KEYS[8], KEYS[9])
              if ARGV[at] ~= '0' then redis.call('SET', KEYS[10], ARGV[#ARGV], 'PX', ARGV[at]) end
              if redis.call('EXISTS', KEYS[11]) == 1 then
                redis.call('ZADD', KEYS[12], ARGV[#ARGV - 1], ARGV[at + 2] .. '%4$s')
              end
              first = 13
            elseif ARGV[at] == '0' then
              redis.call('SET', KEYS[1], ARGV[2])
            else
              redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[at])
            end
            if lines > 0 then
              local length
              for first = 4, 3 + lines, 1000 do
                length = redis.call('RPUSH', KEYS[2], unpack(ARGV, first, math.min(first + 999, 3 + lines)))
              end
              if length > %1$d then redis.call('LTRIM', KEYS[2], -%1$d, -1) end
              if length == lines then
                redis.call('EXPIRE', KEYS[2], %2$d)
                redis.call('SADD', KEYS[7], ARGV[at + 2])
                redis.call('EXPIRE', KEYS[7], %2$d)
              end
            end
            at = at + 1
            if ARGV[at] == '0' then
              redis.call('ZREM', KEYS[4], ARGV[at + 1])
            elseif ARGV[at] ~= '' then
              redis.call('ZADD', KEYS[4], ARGV[at], ARGV[at + 1])
            end
            at = at + 2
            local ledger = tonumber(ARGV[at])
            for i = 1, ledger do redis.call('RPUSH', KEYS[5], ARGV[at + i]) end
            if ledger > 0 then redis.call('LTRIM', KEYS[5], -%3$d, -1) end
            at = at + 1 + ledger
            local fused = tonumber(ARGV[at])
            for i = 1, fused do
              local to = ARGV[at + 2 * i]
              redis.call(to == '' and 'HSETNX' or 'HSET', KEYS[6], ARGV[at + 2 * i - 1], to)
            end
            at = at + 1 + 2 * fused
            local spilled = tonumber(ARGV[at])
            if spilled > 0 then
              redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[at + 1])
              for i = 1, spilled do
                redis.call('ZADD', KEYS[3], ARGV[at + 2 * i + 1], ARGV[at + 2 * i])
              end
              redis.call('EXPIRE', KEYS[3], 90000)
            end
            at = at + 2 + 2 * spilled
            for counters = first, #KEYS do
              local life = ARGV[at]
              local changes = tonumber(ARGV[at + 1])
              for i = 1, changes do
                redis.call('HINCRBY', KEYS[counters], ARGV[at + 2 * i], ARGV[at + 2 * i + 1])
              end
              if life ~= '0' then redis.call('EXPIRE', KEYS[counters], life) end
              at = at + 2 + 2 * changes
            end
            return false
            """.formatted(MOST_LINES, LogLines.LIFE_SECONDS, MOST_MOVES, RedisArchiveStore.WITH_ID));

    /**
     * Makes an id lead to a visitor, unless it leads elsewhere or somebody lives there.
     *
     * <p>KEYS: the id's own place. ARGV: the pointer. Answers nil when it leads there now, else what is stored.
     */
    static final Script LINK = new Script("""
            local stored = redis.call('GET', KEYS[1])
            if stored == ARGV[1] then return false end
            if stored then return stored end
            redis.call('SET', KEYS[1], ARGV[1])
            return false
            """);

    /**
     * Takes a pointer away if it still stands there.
     *
     * <p>KEYS: the id's own place. ARGV: the pointer.
     */
    static final Script UNLINK = new Script("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
            return false
            """);

    /**
     * Lets a pointer lead farther if it still leads where it led.
     *
     * <p>KEYS: the id's own place. ARGV: the pointer, the pointer that takes its place.
     */
    static final Script SHORTEN = new Script("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2]) end
            return false
            """);

    /**
     * Freezes a visitor at a version; version 0 is a place that somebody may be about to write to.
     *
     * <p>KEYS: visitor. ARGV: version (8 bytes), frozen blob. Answers nil when it is frozen so, else what is stored.
     */
    static final Script FREEZE = new Script("""
            local stored = redis.call('GET', KEYS[1])
            if not stored then
              if ARGV[1] ~= '\\0\\0\\0\\0\\0\\0\\0\\0' then return '' end
              redis.call('SET', KEYS[1], ARGV[2])
              return false
            end
            if stored == ARGV[2] then return false end
            if string.byte(stored, 1) ~= 4 or string.sub(stored, 2, 9) ~= ARGV[1] then return stored end
            redis.call('SET', KEYS[1], ARGV[2])
            return false
            """);

    /**
     * Puts a pointer in the place of a visitor frozen at a version, who is never woken any more.
     *
     * <p>KEYS: visitor, timers. ARGV: version (8 bytes), pointer, the visitor's key.
     */
    static final Script LEAVE = new Script("""
            local stored = redis.call('GET', KEYS[1])
            if stored and string.byte(stored, 1) == 5 and string.sub(stored, 2, 9) == ARGV[1] then
              redis.call('SET', KEYS[1], ARGV[2])
              redis.call('ZREM', KEYS[2], ARGV[3])
            end
            return false
            """);

    /**
     * Puts a state in the place of a pointer, with its lines.
     *
     * <p>KEYS: visitor, timers, part of the log, ledger, places with lines in that part. ARGV: blob, when to wake the visitor (0 never), the visitor's key,
     * number of log lines, then each, then each line of the ledger.
     */
    static final Script SETTLE = new Script("""
            local stored = redis.call('GET', KEYS[1])
            if not stored or string.byte(stored, 1) ~= 2 then return false end
            redis.call('SET', KEYS[1], ARGV[1])
            if ARGV[2] ~= '0' then redis.call('ZADD', KEYS[2], ARGV[2], ARGV[3]) end
            local lines = tonumber(ARGV[4])
            for i = 5, 4 + lines do
              if redis.call('RPUSH', KEYS[3], ARGV[i]) == 1 then
                redis.call('EXPIRE', KEYS[3], %2$d)
                redis.call('SADD', KEYS[5], ARGV[3])
                redis.call('EXPIRE', KEYS[5], %2$d)
              end
            end
            if lines > 0 then redis.call('LTRIM', KEYS[3], -%1$d, -1) end
            for i = 5 + lines, #ARGV do redis.call('RPUSH', KEYS[4], ARGV[i]) end
            return false
            """.formatted(MOST_LINES, LogLines.LIFE_SECONDS));

    /**
     * Takes lines out of lists; what is left lives as long as before.
     *
     * <p>KEYS: lists. ARGV: the lines.
     */
    static final Script DROP = new Script("""
            local gone = {}
            for i = 1, #ARGV do gone[ARGV[i]] = true end
            for k = 1, #KEYS do
              local lines = redis.call('LRANGE', KEYS[k], 0, -1)
              local kept = {}
              for i = 1, #lines do
                if not gone[lines[i]] then kept[#kept + 1] = lines[i] end
              end
              if #kept < #lines then
                local life = redis.call('PTTL', KEYS[k])
                redis.call('DEL', KEYS[k])
                for i = 1, #kept do redis.call('RPUSH', KEYS[k], kept[i]) end
                if #kept > 0 and life > 0 then redis.call('PEXPIRE', KEYS[k], life) end
              end
            end
            return false
            """);

    /**
     * Erases what belongs to a place, unless somebody lives there, and keeps what is left; an earlier erasure of that id still
     * counts.
     *
     * <p>KEYS: visitor, timers, what is left, whether lines of the shard are archived, who is to be struck from there, then all
     * else that goes. ARGV: the place's key, moment of the erasure or 0, the rest of what is left, its life in ms (0 where
     * nothing is left), the present moment.
     */
    static final Script ERASE = new Script("""
            local stored = redis.call('GET', KEYS[1])
            if not stored or string.byte(stored, 1) == 2 then
              redis.call('DEL', KEYS[1], unpack(KEYS, 6))
              redis.call('ZREM', KEYS[2], ARGV[1])
              if redis.call('EXISTS', KEYS[4]) == 1 then redis.call('ZADD', KEYS[5], ARGV[5], ARGV[1]) end
            end
            local known = string.match(redis.call('GET', KEYS[3]) or '0', '^%d+')
            if tonumber(known) < tonumber(ARGV[2]) then known = ARGV[2] end
            if ARGV[4] ~= '0' then
              redis.call('SET', KEYS[3], known .. ARGV[3], 'PX', ARGV[4])
            elseif known == '0' then
              redis.call('DEL', KEYS[3])
            else
              redis.call('SET', KEYS[3], known, 'KEEPTTL')
            end
            return false
            """);

    /**
     * Appends lines to a visitor's log, unless the visitor who was read is another one by now: what was decided of somebody must
     * not stay behind after they were forgotten, and what was decided of an older state is decided again.
     *
     * <p>KEYS: visitor, part of the log, places with lines in that part. ARGV: first bytes of the blob that was read (empty when
     * there was none), the visitor's key, then each line. Answers nil when written, else what is stored now, empty when nothing is.
     */
    static final Script APPEND = new Script("""
            if redis.call('GETRANGE', KEYS[1], 0, 8) ~= ARGV[1] then return redis.call('GET', KEYS[1]) or '' end
            local length
            for i = 3, #ARGV do length = redis.call('RPUSH', KEYS[2], ARGV[i]) end
            if length == #ARGV - 2 then
              redis.call('EXPIRE', KEYS[2], %2$d)
              redis.call('SADD', KEYS[3], ARGV[2])
              redis.call('EXPIRE', KEYS[3], %2$d)
            end
            if length > %1$d then redis.call('LTRIM', KEYS[2], -%1$d, -1) end
            return false
            """.formatted(MOST_LINES, LogLines.LIFE_SECONDS));

    private Scripts() {}
}

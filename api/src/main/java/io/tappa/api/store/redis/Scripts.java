package io.tappa.api.store.redis;

/** All scripts. Each is idempotent: run twice by a command that timed out, it changes nothing the second time. */
final class Scripts {
    /**
     * Writes a visitor if its version is still the one that was read, and with it the log, the counters and the spilled
     * event ids.
     *
     * <p>KEYS: visitor, log, spilled ids, then one counter hash a journey. ARGV: version read (8 bytes), new blob, life of
     * the blob in ms (0 for ever), life of the log in ms, most lines of the log, number of log lines, then kind and text
     * of each, number of spilled ids, then oldest minute to keep, then hash and minute of each; then for each journey the
     * number of changes, and counter and change of each. Answers nil when written, else what is stored now, empty when
     * nothing is.
     */
    static final Script SAVE = new Script("""
            local stored = redis.call('GET', KEYS[1])
            if stored then
              if string.byte(stored, 1) ~= 1 or string.sub(stored, 2, 9) ~= ARGV[1] then return stored end
            elseif ARGV[1] ~= '\\0\\0\\0\\0\\0\\0\\0\\0' then
              return ''
            end
            if ARGV[3] == '0' then
              redis.call('SET', KEYS[1], ARGV[2])
            else
              redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            end
            local at = 7
            local lines = tonumber(ARGV[6])
            for i = 1, lines do
              redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[5], '*', ARGV[at], ARGV[at + 1])
              at = at + 2
            end
            if lines > 0 then redis.call('PEXPIRE', KEYS[2], ARGV[4]) end
            local spilled = tonumber(ARGV[at])
            if spilled > 0 then
              redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[at + 1])
              for i = 1, spilled do
                redis.call('ZADD', KEYS[3], ARGV[at + 2 * i + 1], ARGV[at + 2 * i])
              end
              redis.call('EXPIRE', KEYS[3], 90000)
            end
            at = at + 2 + 2 * spilled
            for journey = 4, #KEYS do
              local changes = tonumber(ARGV[at])
              for i = 1, changes do
                redis.call('HINCRBY', KEYS[journey], ARGV[at + 2 * i - 1], ARGV[at + 2 * i])
              end
              at = at + 1 + 2 * changes
            end
            return false
            """);

    /**
     * Makes an id lead to a visitor, unless it leads elsewhere or somebody lives there.
     *
     * <p>KEYS: the id's own place. ARGV: the pointer. Answers nil when it leads there now, else what is stored.
     */
    static final Script LINK = new Script("""
            local stored = redis.call('GET', KEYS[1])
            if stored == ARGV[1] then return false end
            if stored and not (string.byte(stored, 1) == 1 and string.byte(stored, 10) == 0) then return stored end
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
     * Appends one line to a visitor's log.
     *
     * <p>KEYS: log. ARGV: life in ms, most lines, kind, text.
     */
    static final Script APPEND = new Script("""
            redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', ARGV[3], ARGV[4])
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return false
            """);

    private Scripts() {}
}

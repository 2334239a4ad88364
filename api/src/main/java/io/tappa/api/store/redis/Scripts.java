package io.tappa.api.store.redis;

import io.tappa.api.store.VisitorStore;

/** All scripts. Each is idempotent: run twice by a command that timed out, it changes nothing the second time. */
final class Scripts {
    private static final int MOST_LINES = VisitorStore.MOST_LINES;
    private static final int MOST_MOVES = 1_000;

    /**
     * Writes a visitor and log lines, as most decisions do, if the visitor's version is still the one that was read.
     *
     * <p>KEYS: visitor, part of the log. ARGV: first bytes of the blob that was read, new blob, then at least one line.
     * Answers nil when written, else what is stored now, empty when nothing is.
     */
    static final Script SAVE_PLAIN = new Script("""
            local call, visitor, log = redis.call, KEYS[1], KEYS[2]
            if call('GETRANGE', visitor, 0, 8) ~= ARGV[1] then return call('GET', visitor) or '' end
            call('SET', visitor, ARGV[2])
            local length = call('RPUSH', log, unpack(ARGV, 3))
            if length == #ARGV - 2 then
              call('EXPIRE', log, %2$d)
            elseif length > %1$d then
              call('LTRIM', log, -%1$d, -1)
            end
            return false
            """.formatted(MOST_LINES, LogLines.LIFE_SECONDS));

    /**
     * Writes a visitor if its version is still the one that was read, and with it the log, the counters and the spilled
     * event ids.
     *
     * <p>KEYS: visitor, part of the log, spilled ids, timers, ledger, fused ids, the other parts of the log and what is left if
     * the visitor ends, then hashes of counters. ARGV: first bytes of the blob that was read (empty when there was none), new
     * blob (empty ends the visitor), number of log lines, then each, life of the blob, or of what is left, in ms (0 for
     * ever), when to wake the visitor in ms since 1970 (0 never, empty as before), the visitor's key, number of ledger
     * lines, then each, number of fused ids, then each, number of spilled ids, then oldest minute to keep, then hash and
     * minute of each; then for each hash of counters its life in s from now (0 for ever), the number of changes, and counter
     * and change of each; then what is left if the visitor ends. Answers nil when written, else what is stored now, empty
     * when nothing is.
     */
    static final Script SAVE = new Script("""
            if redis.call('GETRANGE', KEYS[1], 0, 8) ~= ARGV[1] then return redis.call('GET', KEYS[1]) or '' end
            local lines = tonumber(ARGV[3])
            local at = 4 + lines
            local first = 7
            if ARGV[2] == '' then
              redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[5], KEYS[6], KEYS[7], KEYS[8])
              if ARGV[at] ~= '0' then redis.call('SET', KEYS[9], ARGV[#ARGV], 'PX', ARGV[at]) end
              first = 10
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
              if length == lines then redis.call('EXPIRE', KEYS[2], %2$d) end
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
            for i = 1, fused do redis.call('SADD', KEYS[6], ARGV[at + i]) end
            at = at + 1 + fused
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
            """.formatted(MOST_LINES, LogLines.LIFE_SECONDS, MOST_MOVES));

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
     * <p>KEYS: visitor, timers, part of the log, ledger. ARGV: blob, when to wake the visitor (0 never), the visitor's key,
     * number of log lines, then each, then each line of the ledger.
     */
    static final Script SETTLE = new Script("""
            local stored = redis.call('GET', KEYS[1])
            if not stored or string.byte(stored, 1) ~= 2 then return false end
            redis.call('SET', KEYS[1], ARGV[1])
            if ARGV[2] ~= '0' then redis.call('ZADD', KEYS[2], ARGV[2], ARGV[3]) end
            local lines = tonumber(ARGV[4])
            for i = 5, 4 + lines do
              if redis.call('RPUSH', KEYS[3], ARGV[i]) == 1 then redis.call('EXPIRE', KEYS[3], %2$d) end
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
     * Claims visitors whose time has come: they come back after a lease.
     *
     * <p>KEYS: timers. ARGV: now in ms, end of the lease in ms, most. Answers their keys, each of 26 characters.
     */
    static final Script CLAIM = new Script("""
            local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
            for i = 1, #due do redis.call('ZADD', KEYS[1], ARGV[2], due[i]) end
            return table.concat(due)
            """);

    /**
     * Erases what belongs to a place, unless somebody lives there, and keeps what is left; an earlier erasure of that id still
     * counts.
     *
     * <p>KEYS: visitor, timers, what is left, then all else that goes. ARGV: the place's key, moment of the erasure or 0, the
     * rest of what is left, its life in ms (0 where nothing is left).
     */
    static final Script ERASE = new Script("""
            local stored = redis.call('GET', KEYS[1])
            if not stored or string.byte(stored, 1) == 2 then
              redis.call('DEL', KEYS[1], unpack(KEYS, 4))
              redis.call('ZREM', KEYS[2], ARGV[1])
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
     * Appends one line to a visitor's log.
     *
     * <p>KEYS: log. ARGV: the line.
     */
    static final Script APPEND = new Script("""
            local length = redis.call('RPUSH', KEYS[1], ARGV[1])
            if length == 1 then redis.call('EXPIRE', KEYS[1], %2$d) end
            if length > %1$d then redis.call('LTRIM', KEYS[1], -%1$d, -1) end
            return false
            """.formatted(MOST_LINES, LogLines.LIFE_SECONDS));

    /**
     * Counts names of events. Where there are too many, those unseen for longest make room, if that is long enough; further
     * ones are counted under the empty name. Run twice it counts twice: the counts are for people who look for unused names,
     * and nothing depends on them.
     *
     * <p>KEYS: hash of names. ARGV: most names, now in ms, how long unseen is long enough, life of all of them after the last
     * count in ms, then name and count of each. Stored: count and last moment.
     */
    static final Script COUNT_NAMES = new Script("""
            local function seen(value) return tonumber(string.match(value, ' (%d+)$')) end
            local unseen
            local function makesRoom()
              if not unseen then
                unseen = {}
                local all = redis.call('HGETALL', KEYS[1])
                for i = 1, #all, 2 do
                  local last = seen(all[i + 1])
                  if all[i] ~= '' and last <= ARGV[2] - ARGV[3] then unseen[#unseen + 1] = { all[i], last } end
                end
                table.sort(unseen, function(a, b) return a[2] > b[2] or (a[2] == b[2] and a[1] > b[1]) end)
              end
              local oldest = table.remove(unseen)
              while oldest and seen(redis.call('HGET', KEYS[1], oldest[1])) ~= oldest[2] do oldest = table.remove(unseen) end
              if oldest then redis.call('HDEL', KEYS[1], oldest[1]) end
              return oldest
            end
            for i = 5, #ARGV, 2 do
              local name = ARGV[i]
              local known = redis.call('HGET', KEYS[1], name)
              if not known and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[1]) and not makesRoom() then
                name = ''
                known = redis.call('HGET', KEYS[1], name)
              end
              local before = known and tonumber(string.match(known, '^%d+')) or 0
              redis.call('HSET', KEYS[1], name, string.format('%.0f %s', before + ARGV[i + 1], ARGV[2]))
            end
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            return false
            """);

    /**
     * Puts products into the catalogue, and notes which got cheaper or dearer, which came back and which are gone.
     *
     * <p>KEYS: catalogue, stream of changes. ARGV: most changes, the word for available; then id, JSON, price in minor
     * units or empty, and availability or empty of each. Answers how many were not known like this.
     */
    static final Script PUT_PRODUCTS = new Script("""
            local changed = 0
            local function note(id, change, before, after)
              redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[1], '*',
                  'product', id, 'change', change, 'before', before, 'after', after)
            end
            for i = 3, #ARGV, 4 do
              local id, json, price, stock = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
              local stored = redis.call('HGET', KEYS[1], id)
              if stored ~= json then
                changed = changed + 1
                redis.call('HSET', KEYS[1], id, json)
                local before = stored and cjson.decode(stored) or {}
                if price ~= '' and before.priceMinor and tonumber(price) ~= tonumber(before.priceMinor) then
                  local change = tonumber(price) < tonumber(before.priceMinor) and 'cheaper' or 'dearer'
                  note(id, change, string.format('%.0f', before.priceMinor), price)
                end
                if stock ~= '' and before.availability and before.availability ~= stock
                    and (stock == ARGV[2] or before.availability == ARGV[2]) then
                  note(id, stock == ARGV[2] and 'back' or 'gone', before.availability, stock)
                end
              end
            end
            return tostring(changed)
            """);

    /**
     * Notes since when slots are gathered: those that are new since now, all of them always where nothing was noted before.
     *
     * <p>KEYS: hash of slots. ARGV: now in ms, then the slots that are gathered from now on; all others are forgotten.
     */
    static final Script GATHER = new Script("""
            local known = redis.call('HGETALL', KEYS[1])
            local since = #known == 0 and '0' or ARGV[1]
            local gathered = {}
            for i = 2, #ARGV do
              gathered[ARGV[i]] = true
              redis.call('HSETNX', KEYS[1], ARGV[i], since)
            end
            for i = 1, #known, 2 do
              if not gathered[known[i]] then redis.call('HDEL', KEYS[1], known[i]) end
            end
            return false
            """);

    /**
     * Notes that slots were gathered from further back, where they are gathered still.
     *
     * <p>KEYS: hash of slots. ARGV: the earlier moment in ms, then the slots.
     */
    static final Script GATHERED_BACK = new Script("""
            for i = 2, #ARGV do
              local since = redis.call('HGET', KEYS[1], ARGV[i])
              if since and tonumber(since) > tonumber(ARGV[1]) then redis.call('HSET', KEYS[1], ARGV[i], ARGV[1]) end
            end
            return false
            """);

    /**
     * Ends a claim without a write: when the visitor is to be woken, unless somebody said otherwise since the claim.
     *
     * <p>KEYS: timers. ARGV: the visitor's key, end of the lease in ms, when to wake it in ms or 0 for never.
     */
    static final Script RELEASE = new Script("""
            local leased = redis.call('ZSCORE', KEYS[1], ARGV[1])
            if leased and tonumber(leased) == tonumber(ARGV[2]) then
              if ARGV[3] == '0' then
                redis.call('ZREM', KEYS[1], ARGV[1])
              else
                redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
              end
            end
            return false
            """);

    private Scripts() {}
}

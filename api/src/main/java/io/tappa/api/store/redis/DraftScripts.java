package io.tappa.api.store.redis;

/**
 * The scripts that change drafts. A draft is one hash: {@code from} and {@code number} of its base, {@code by}, {@code at},
 * {@code message}, {@code rev}, {@code files} and {@code size} in bytes, and for each path its text ({@code t:}), a note as JSON
 * ({@code n:}) and the etag in the base ({@code b:}).
 */
final class DraftScripts {
    /** Deleted files are remembered with who deleted them, unless there are very many. */
    private static final int MOST_FIELDS = 3_000;

    /**
     * All fields of a draft but the texts, as one JSON object; nil without a draft.
     *
     * <p>KEYS: draft.
     */
    static final Script ABOUT = new Script("""
            local about = {}
            for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
              if string.sub(field, 1, 2) ~= 't:' then about[field] = redis.call('HGET', KEYS[1], field) end
            end
            return next(about) and cjson.encode(about) or false
            """);

    /**
     * Makes a draft, unless there is one of this name or there are too many.
     *
     * <p>KEYS: names, draft, counter of revisions. ARGV: name, most drafts, then its fields and values.
     */
    static final Script MAKE = new Script("""
            if redis.call('EXISTS', KEYS[2]) == 1 then return 'taken' end
            if redis.call('SCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 'too_many_drafts' end
            redis.call('SADD', KEYS[1], ARGV[1])
            for i = 3, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
            redis.call('HSET', KEYS[2], 'rev', redis.call('INCR', KEYS[3]))
            return 'done'
            """);

    /**
     * Writes one file where it has the expected etag, or this text already.
     *
     * <p>KEYS: draft, counter of revisions. ARGV: path, expected etag, etag of the text, note, text, most files, most bytes.
     */
    static final Script PUT = new Script("""
            local draft, text, note = KEYS[1], 't:' .. ARGV[1], 'n:' .. ARGV[1]
            if redis.call('EXISTS', draft) == 0 then return 'no_draft' end
            local present = redis.call('HGET', draft, note)
            local etag = present and cjson.decode(present).etag or ''
            if etag == ARGV[3] then return 'done' end
            if etag ~= ARGV[2] then return 'stale' .. (present or '') end
            local more = #ARGV[5] - redis.call('HSTRLEN', draft, text)
            if more > 0 and redis.call('HGET', draft, 'size') + more > tonumber(ARGV[7]) then return 'too_large' end
            if etag == '' then
              if tonumber(redis.call('HGET', draft, 'files')) >= tonumber(ARGV[6]) then return 'too_many_files' end
              redis.call('HINCRBY', draft, 'files', 1)
            end
            redis.call('HINCRBY', draft, 'size', more)
            redis.call('HSET', draft, text, ARGV[5], note, ARGV[4], 'rev', redis.call('INCR', KEYS[2]))
            return 'done'
            """);

    /**
     * Deletes one file where it has the expected etag.
     *
     * <p>KEYS: draft, counter of revisions. ARGV: path, expected etag, note.
     */
    static final Script DELETE = new Script("""
            local draft, text, note = KEYS[1], 't:' .. ARGV[1], 'n:' .. ARGV[1]
            if redis.call('EXISTS', draft) == 0 then return 'no_draft' end
            if redis.call('HEXISTS', draft, text) == 0 then return 'no_file' end
            local present = redis.call('HGET', draft, note)
            if cjson.decode(present).etag ~= ARGV[2] then return 'stale' .. present end
            redis.call('HINCRBY', draft, 'files', -1)
            redis.call('HINCRBY', draft, 'size', -redis.call('HSTRLEN', draft, text))
            redis.call('HDEL', draft, text)
            if redis.call('HLEN', draft) < %d then
              redis.call('HSET', draft, note, ARGV[3])
            else
              redis.call('HDEL', draft, note)
            end
            redis.call('HSET', draft, 'rev', redis.call('INCR', KEYS[2]))
            return 'done'
            """.formatted(MOST_FIELDS));

    /**
     * Writes a whole draft anew where it has the expected revision.
     *
     * <p>KEYS: draft, counter of revisions. ARGV: expected revision, then its fields and values.
     */
    static final Script REPLACE = new Script("""
            local rev = redis.call('HGET', KEYS[1], 'rev')
            if rev ~= ARGV[1] then return rev and 'stale' or 'no_draft' end
            redis.call('DEL', KEYS[1])
            for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
            redis.call('HSET', KEYS[1], 'rev', redis.call('INCR', KEYS[2]))
            return 'done'
            """);

    /**
     * Writes another base where the present one is as expected.
     *
     * <p>KEYS: draft, counter of revisions. ARGV: hash of the present base, then the fields of the next one and their values.
     */
    static final Script REBASE = new Script("""
            local from = redis.call('HGET', KEYS[1], 'from')
            if from ~= ARGV[1] then return from and 'stale' or 'no_draft' end
            for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
              if string.sub(field, 1, 2) == 'b:' then redis.call('HDEL', KEYS[1], field) end
            end
            for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
            redis.call('HSET', KEYS[1], 'rev', redis.call('INCR', KEYS[2]))
            return 'done'
            """);

    /**
     * Deletes a draft, where it has the expected revision if one is given.
     *
     * <p>KEYS: names, draft. ARGV: name, expected revision or nothing.
     */
    static final Script REMOVE = new Script("""
            local rev = redis.call('HGET', KEYS[2], 'rev')
            if rev and ARGV[2] ~= '' and rev ~= ARGV[2] then return 'stale' end
            redis.call('SREM', KEYS[1], ARGV[1])
            redis.call('DEL', KEYS[2])
            return rev and 'done' or 'no_draft'
            """);

    private DraftScripts() {}
}

package io.tappa.api.store.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.tappa.api.store.StoreUnavailable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import reactor.core.publisher.Mono;

/** A script on the server, called by its hash; sent whole where the server does not know it yet. */
final class Script {
    private final byte[] text;
    private final String sha;

    Script(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.sha = sha1(this.text);
    }

    /** Runs the script; an empty answer is its nil. */
    Mono<byte[]> run(RedisLink redis, byte[][] keys, byte[][] arguments) {
        return redis.run(commands -> commands.<byte[]>evalsha(sha, ScriptOutputType.VALUE, keys, arguments))
                .onErrorResume(
                        StoreUnavailable.class,
                        failed -> failed.getCause() instanceof RedisNoScriptException
                                ? redis.run(commands ->
                                        commands.<byte[]>eval(text, ScriptOutputType.VALUE, keys, arguments))
                                : Mono.error(failed));
    }

    private static String sha1(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-1.", impossible);
        }
    }
}

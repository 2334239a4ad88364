package io.tappa.api.security;

import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.Proof;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Knows every key, and finds the one a request carries. */
public final class Keys {
    /** The publishable demo key. */
    public static final String DEMO_PUBLISHABLE = "pk_demo";
    /** The secret demo key. */
    public static final String DEMO_SECRET = "sk_demo";

    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private final Map<String, ApiKey> byHash = new HashMap<>();
    private final @Nullable String identitySecret;
    private final boolean local;

    /** The keys of {@code settings}, and the demo keys where only this machine can reach the service. */
    public Keys(SecuritySettings settings, boolean local) {
        this.identitySecret = settings.identitySecret();
        this.local = local;
        settings.keys().forEach(key -> byHash.put(key.hash(), new ApiKey(key.id(), key.kind(), false)));
        if (local) {
            byHash.put(hash(DEMO_PUBLISHABLE), new ApiKey(DEMO_PUBLISHABLE, ApiKey.Kind.PUBLISHABLE, true));
            byHash.put(hash(DEMO_SECRET), new ApiKey(DEMO_SECRET, ApiKey.Kind.SECRET, true));
        }
    }

    /** Whether the demo keys work: only with the embedded Redis and on a loopback address. */
    public boolean local() {
        return local;
    }

    /** The key of {@code request}: Basic user name, Bearer or X-API-Key; else {@code fallback}, such as a writeKey. */
    public ApiKey of(ServerRequest request, @Nullable String fallback) {
        var sent = sent(request.headers().asHttpHeaders());
        var key = byHash.get(hash(sent != null ? sent : fallback == null ? "" : fallback));
        if (key != null) {
            return key;
        }
        throw new HttpProblem(
                ProblemCode.UNKNOWN_KEY,
                "Authorization",
                sent == null && fallback == null ? "The request carries no key." : "The key is unknown.",
                local
                        ? "Send pk_demo or sk_demo as Basic user name, as Bearer token, or as X-API-Key."
                        : "Send a key as Basic user name, as Bearer token, or as X-API-Key.");
    }

    /** The key that {@code request} carries in its headers, or null where it carries none that is known. */
    public @Nullable ApiKey find(ServerRequest request) {
        var sent = sent(request.headers().asHttpHeaders());
        return sent == null ? null : byHash.get(hash(sent));
    }

    /** The key of {@code request}, which must be a secret one. */
    public ApiKey secret(ServerRequest request) {
        var key = of(request, null);
        if (key.kind() != ApiKey.Kind.SECRET) {
            throw new HttpProblem(
                    ProblemCode.WRONG_KEY_KIND,
                    "Authorization",
                    "This needs a secret key, and the key sent is publishable.",
                    "Call it from a server, with a key that begins with sk_.");
        }
        return key;
    }

    private static boolean maySpeakForAll(ApiKey key) {
        return key.kind() == ApiKey.Kind.SECRET || key.local();
    }

    /** Whether the site's server proves {@code userId} by {@code userHash}. */
    private boolean proves(String userId, @Nullable String userHash) {
        if (identitySecret == null || userHash == null) {
            return false;
        }
        return MessageDigest.isEqual(
                hmac(identitySecret, userId).getBytes(StandardCharsets.US_ASCII),
                userHash.getBytes(StandardCharsets.UTF_8));
    }

    /** For which ids {@code key} may speak, {@code userId} among them where {@code userHash} proves it. */
    public Proof proof(ApiKey key, @Nullable Identity userId, @Nullable String userHash) {
        if (maySpeakForAll(key)) {
            return Proof.ALL;
        }
        return userId != null && proves(userId.value(), userHash) ? Proof.USER : Proof.NONE;
    }

    private static @Nullable String sent(HttpHeaders headers) {
        var authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return headers.getFirst("X-API-Key");
        }
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).trim();
        }
        if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return userName(authorization.substring(BASIC.length()).trim());
        }
        return authorization;
    }

    private static String userName(String basic) {
        try {
            var pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? pair : pair.substring(0, colon);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private static String hash(String key) {
        return Hashes.hex(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(String secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", impossible);
        }
    }
}

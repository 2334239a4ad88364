package io.tappa.api.pack;

import io.tappa.api.body.Field;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.store.Draft.Base;
import io.tappa.api.store.PackStore;
import io.tappa.api.store.Release;
import io.tappa.engine.difference.PackDifferences.Version;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Finds versions by what people call them: the number of a release, or the hash of the files. */
final class VersionNames {
    /** Calls the live version. */
    static final String LIVE = "live";

    private static final int OF_NAME = 16;
    private static final int MOST_RELEASES = 1_000;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{" + OF_NAME + ",64}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final PackStore packs;

    VersionNames(PackStore packs) {
        this.packs = packs;
    }

    /** The hash of the version that is called {@code name}; empty text for null; an error where there is none. */
    Mono<String> hash(@Nullable String name) {
        if (name == null) {
            return Mono.just("");
        }
        if (NUMBER.matcher(name).matches()) {
            return packs.release(Long.parseLong(name)).map(Release::hash).switchIfEmpty(unknown(name));
        }
        if (!HASH.matcher(name).matches()) {
            throw Field.wrong(
                    "hash",
                    "\"%s\" is neither a number nor a hash of a version.".formatted(name),
                    "Send a number, or %d to 64 hexadecimal digits in lower case.".formatted(OF_NAME));
        }
        return packs.version(name.substring(0, OF_NAME))
                .filter(hash -> hash.startsWith(name))
                .switchIfEmpty(unknown(name));
    }

    /** The files of the version that is called {@code name}, or of the one that was live before {@code live}. */
    Mono<PackFiles> earlier(@Nullable String name, String live) {
        return (name == null ? before(live) : hash(name)).flatMap(packs::files);
    }

    private Mono<String> before(String live) {
        return packs.releases(MOST_RELEASES)
                .flatMap(releases -> Mono.justOrEmpty(releases.stream()
                        .map(Release::hash)
                        .filter(hash -> !hash.equals(live))
                        .findFirst()))
                .switchIfEmpty(Mono.error(() -> new HttpProblem(
                        ProblemCode.UNKNOWN_VERSION,
                        "to",
                        "No other version was live before.",
                        "There is nothing to go back to; pause what must not be shown.")));
    }

    /** The version that is called {@code name}, and as which release it was live last; an error where there is none. */
    Mono<Base> base(String name) {
        return hash(name)
                .flatMap(hash -> NUMBER.matcher(name).matches()
                        ? Mono.just(new Base(Long.valueOf(name), hash))
                        : packs.releases(MOST_RELEASES)
                                .map(releases -> releases.stream()
                                        .filter(release -> release.hash().equals(hash))
                                        .findFirst()
                                        .map(release -> new Base(release.number(), hash))
                                        .orElseGet(() -> new Base(null, hash))));
    }

    /** Files with what they mean; an error where that is nothing. */
    static Version meaning(PackFiles files) {
        var snapshot = PackReader.compiled(files);
        if (snapshot == null) {
            throw new HttpProblem(
                    ProblemCode.PACK_HAS_ERRORS, PackReader.read(files).problems());
        }
        return new Version(files, snapshot);
    }

    private static <T> Mono<T> unknown(String name) {
        return Mono.error(() -> new HttpProblem(
                ProblemCode.UNKNOWN_VERSION,
                "hash",
                "There is no version %s of this pack.".formatted(name),
                "GET /v1/packs/…/versions lists those that were live."));
    }
}

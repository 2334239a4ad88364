package io.tappa.engine.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ids one request or event carries.
 *
 * @param all at least one, at most one of each kind; those that name a person first
 * @param proof for which of them the caller may speak
 */
public record Identities(List<Identity> all, Proof proof) {
    private static final List<IdKind> STRONGEST_FIRST =
            List.of(IdKind.USER, IdKind.CARD, IdKind.EMAIL, IdKind.ANONYMOUS, IdKind.DEVICE);
    /** What happens under several ids is kept with the one that is easiest to lift out again: the device's. */
    private static final List<IdKind> LANES =
            List.of(IdKind.ANONYMOUS, IdKind.DEVICE, IdKind.CARD, IdKind.EMAIL, IdKind.USER);

    public Identities {
        var sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingInt(id -> STRONGEST_FIRST.indexOf(id.kind())));
        all = List.copyOf(sorted);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("""
                    all ids are missing.
                    Maybe refuse the request before building Identities.""");
        }
        if (all.stream().map(Identity::kind).distinct().count() < all.size()) {
            throw new IllegalArgumentException("""
                    all has two ids of one kind.
                    Maybe keep the first of each kind.""");
        }
    }

    /** One or more ids, each of a kind of its own. */
    public static Identities of(Identity... ids) {
        return new Identities(Arrays.asList(ids), Proof.ALL);
    }

    /** Ids from their raw values; null where a value is absent. */
    public static Identities of(@Nullable String anonymousId, @Nullable String userId) {
        var ids = new ArrayList<Identity>(2);
        if (userId != null) {
            ids.add(new Identity(IdKind.USER, userId));
        }
        if (anonymousId != null) {
            ids.add(new Identity(IdKind.ANONYMOUS, anonymousId));
        }
        return new Identities(ids, Proof.ALL);
    }

    /** The same ids from another caller. */
    public Identities with(Proof other) {
        return new Identities(all, other);
    }

    /** Whether the caller may speak for an id of this kind. */
    public boolean proves(IdKind kind) {
        return proof == Proof.ALL || (proof == Proof.USER && kind == IdKind.USER);
    }

    /** The id of this kind, or null. */
    public @Nullable Identity of(IdKind kind) {
        for (var id : all) {
            if (id.kind() == kind) {
                return id;
            }
        }
        return null;
    }

    /** The device, where known. */
    public @Nullable Identity anonymousId() {
        return of(IdKind.ANONYMOUS);
    }

    /** The person, where known. */
    public @Nullable Identity userId() {
        return of(IdKind.USER);
    }

    /** The id whose lane keeps what happens under these ids, and whose place is the home of a new visitor. */
    public Identity lane() {
        for (var kind : LANES) {
            var id = of(kind);
            if (id != null) {
                return id;
            }
        }
        return all.get(0);
    }

    /** The same without some ids; null when none is left. */
    public @Nullable Identities without(List<Identity> gone) {
        var left = new ArrayList<>(all);
        left.removeAll(gone);
        return left.isEmpty() ? null : new Identities(left, proof);
    }
}

package io.tappa.api.store;

import io.tappa.engine.identity.VisitorKey;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What nodes agree on that archive decisions; shards of one group are archived together. One round trip each unless said. */
public interface ArchiveStore {
    /** How many groups there are. */
    int GROUPS = 8;
    /** How many shards a group has. */
    int SHARDS_EACH = VisitorKey.SHARDS / GROUPS;

    /** The group of a place. */
    static int group(VisitorKey place) {
        return place.shard() / SHARDS_EACH;
    }

    /** Not once. */
    long NEVER = -1;

    /** Claims a group for {@code node} as long as {@code lease}; false while another node has it. */
    Mono<Boolean> claim(int group, String node, Duration lease);

    /** Ends the claim of {@code node}, if it still has it. */
    Mono<Void> release(int group, String node);

    /** The newest turn of the log that was archived of a group, or {@link #NEVER}. */
    Mono<Long> rolledTurn(int group);

    /** Notes that {@code turn} of the log was archived. */
    Mono<Void> noteRolled(int group, long turn);

    /** When the archive was last swept, in milliseconds since 1970, or {@link #NEVER}. */
    Mono<Long> sweptMillis();

    /** Notes when it was swept. */
    Mono<Void> noteSwept(long atMillis);

    /** Names the archive of this pack, or empty where there is none yet. */
    Mono<String> name();

    /** Names the archive {@code mine} unless it has a name, and answers its name. Two round trips. */
    Mono<String> name(String mine);

    /** Says that the archive will hold lines of a shard for {@code life}: whoever is forgotten from now on is to be struck. */
    Mono<Void> holdsLines(int shard, Duration life);

    /** Who is to be struck. One round trip for some hundred, at least one for each shard. */
    Flux<Struck> struck();

    /** When whoever was known at {@code place} was last noted as to be struck, in milliseconds since 1970; 0 if they are not. */
    Mono<Long> struckMillis(VisitorKey place);

    /** Takes notes away unless the same were noted anew. One round trip for each. */
    Mono<Void> done(List<Struck> struck);
}

package io.tappa.api.lists;

import io.tappa.engine.pack.ListsAsked;
import io.tappa.engine.pack.PackSnapshot;
import org.jspecify.annotations.Nullable;

/** Which lists a pack asks for; of the pack asked about last it is known. */
final class LiveLists {
    private volatile @Nullable Known known;

    private record Known(String hash, ListsAsked lists) {}

    ListsAsked of(PackSnapshot pack) {
        var now = known;
        if (now == null || !now.hash().equals(pack.hash())) {
            now = new Known(pack.hash(), ListsAsked.of(pack));
            known = now;
        }
        return now.lists();
    }
}

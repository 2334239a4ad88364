package io.tappa.api.event;

import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sorts a batch by person, so that different people are written side by side and one person in order. */
final class Batch {
    private final Map<Identity, Identity> parents = new HashMap<>();

    private Batch() {}

    /** For each person the runs of events under the same ids, in the order of the batch. */
    static Collection<List<List<IncomingEvent>>> byPerson(List<IncomingEvent> events) {
        var batch = new Batch();
        events.forEach(incoming -> batch.join(incoming.event().ids()));
        var people = new LinkedHashMap<Identity, List<List<IncomingEvent>>>();
        for (var incoming : events) {
            var runs = people.computeIfAbsent(batch.root(incoming.event().ids().lane()), person -> new ArrayList<>());
            var last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last != null
                    && last.get(0).event().ids().equals(incoming.event().ids())) {
                last.add(incoming);
            } else {
                runs.add(new ArrayList<>(List.of(incoming)));
            }
        }
        return people.values();
    }

    private void join(Identities ids) {
        var first = root(ids.lane());
        ids.all().forEach(id -> parents.put(root(id), first));
    }

    private Identity root(Identity id) {
        var root = id;
        for (var parent = parents.get(root); parent != null && !parent.equals(root); parent = parents.get(root)) {
            root = parent;
        }
        return root;
    }
}

package io.tappa.api.rounds;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How often each thing was noted since the counts were taken last; noted by many at once. */
public final class Counts<T> {
    /** Far more than is noted in a second; only hours without a store add up, and large imports. Others are left out. */
    private static final int MOST = 200_000;

    private final ConcurrentMap<T, Long> counts = new ConcurrentHashMap<>();

    /** Counts {@code what} so many times more. */
    public void add(T what, long times) {
        if (counts.size() < MOST || counts.containsKey(what)) {
            counts.merge(what, times, Long::sum);
        }
    }

    /** Takes all out that was counted so far. */
    public Map<T, Long> take() {
        var taken = new HashMap<T, Long>();
        for (var what : counts.keySet()) {
            var times = counts.remove(what);
            if (times != null) {
                taken.put(what, times);
            }
        }
        return taken;
    }
}

package io.tappa.engine.visitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Which events were already counted: 8-byte hashes of their ids, exact for 24 hours after they arrived.
 *
 * <p>At most {@value #MOST} are kept here, in order of arrival; older ones of the 24 hours spill to a place of their
 * own, see {@link #spills()}.
 */
public final class SeenEvents {
    /** Most ids kept with the visitor. */
    public static final int MOST = 256;
    /** None yet. */
    public static final SeenEvents NONE = new SeenEvents(new long[0], new long[0], false);

    private static final long KEPT_MINUTES = 24 * 60 + 1;

    private final long[] hashes;
    private final long[] minutes;
    private final boolean spilled;

    private SeenEvents(long[] hashes, long[] minutes, boolean spilled) {
        this.hashes = hashes;
        this.minutes = minutes;
        this.spilled = spilled;
    }

    /**
     * Ids as they were stored.
     *
     * @param hashes of the ids, in order of arrival
     * @param minutes of arrival since 1970, one for each hash
     * @param spilled whether further ids of the last 24 hours are kept elsewhere
     */
    public static SeenEvents of(long[] hashes, long[] minutes, boolean spilled) {
        if (hashes.length != minutes.length) {
            throw new IllegalArgumentException("""
                    hashes (%d) and minutes (%d) must be of one length.
                    Maybe the stored state was cut.""".formatted(hashes.length, minutes.length));
        }
        return new SeenEvents(hashes.clone(), minutes.clone(), spilled);
    }

    /** Whether the event with this hash was counted. */
    public boolean contains(long hash) {
        for (long known : hashes) {
            if (known == hash) {
                return true;
            }
        }
        return false;
    }

    /** The ids with one more, those that arrived more than 24 hours before it left out. */
    public SeenEvents plus(long hash, long arrivedMillis) {
        long minute = arrivedMillis / 60_000;
        int gone = 0;
        while (gone < minutes.length && minutes[gone] < minute - KEPT_MINUTES) {
            gone++;
        }
        int kept = hashes.length - gone;
        var moreHashes = new long[kept + 1];
        var moreMinutes = new long[kept + 1];
        System.arraycopy(hashes, gone, moreHashes, 0, kept);
        System.arraycopy(minutes, gone, moreMinutes, 0, kept);
        moreHashes[kept] = hash;
        moreMinutes[kept] = kept == 0 ? minute : Math.max(minute, moreMinutes[kept - 1]);
        return new SeenEvents(moreHashes, moreMinutes, spilled);
    }

    /** The ids of both, in order of arrival; what is too much is spilled by the next that is added. */
    public SeenEvents join(SeenEvents other) {
        var all = new ArrayList<Seen>();
        addTo(all, this);
        addTo(all, other);
        all.sort(Comparator.comparingLong(Seen::arrivedMinute).thenComparingLong(Seen::hash));
        var once = new LinkedHashMap<Long, Long>();
        all.forEach(id -> once.putIfAbsent(id.hash(), id.arrivedMinute()));
        return new SeenEvents(
                once.keySet().stream().mapToLong(Long::longValue).toArray(),
                once.values().stream().mapToLong(Long::longValue).toArray(),
                spilled || other.spilled);
    }

    private static void addTo(List<Seen> all, SeenEvents some) {
        for (int i = 0; i < some.hashes.length; i++) {
            all.add(new Seen(some.hashes[i], some.minutes[i]));
        }
    }

    /** The ids too many to be kept here: the older half once there are more than {@value #MOST}. */
    public List<Seen> spills() {
        if (hashes.length <= MOST) {
            return List.of();
        }
        var older = new ArrayList<Seen>();
        for (int i = 0; i < hashes.length - MOST / 2; i++) {
            older.add(new Seen(hashes[i], minutes[i]));
        }
        return older;
    }

    /** What stays here once {@link #spills()} were put elsewhere. */
    public SeenEvents withoutSpills() {
        int from = spills().size();
        return from == 0
                ? this
                : new SeenEvents(
                        Arrays.copyOfRange(hashes, from, hashes.length),
                        Arrays.copyOfRange(minutes, from, minutes.length),
                        true);
    }

    /** When the last one arrived, to the minute, in milliseconds since 1970; 0 when none is known. */
    public long lastArrivalMillis() {
        return minutes.length == 0 ? 0 : minutes[minutes.length - 1] * 60_000;
    }

    /** Whether further ids may be kept elsewhere. */
    public boolean spilled() {
        return spilled;
    }

    /** The hashes, in order of arrival. */
    public long[] hashes() {
        return hashes.clone();
    }

    /** The minutes of arrival since 1970, one for each hash. */
    public long[] minutes() {
        return minutes.clone();
    }

    /**
     * One id on its way elsewhere.
     *
     * @param hash of the id
     * @param arrivedMinute minute of arrival since 1970
     */
    public record Seen(long hash, long arrivedMinute) {}

    @Override
    public boolean equals(Object other) {
        return other instanceof SeenEvents seen
                && Arrays.equals(hashes, seen.hashes)
                && Arrays.equals(minutes, seen.minutes)
                && spilled == seen.spilled;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }
}

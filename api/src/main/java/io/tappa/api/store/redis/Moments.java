package io.tappa.api.store.redis;

/** The times last written to or read from a blob, since most of them come several times. */
final class Moments {
    /** So many are remembered that the place of each fits one byte. */
    private static final int MOST = 64;

    private final long[] times = new long[MOST];
    private int count;

    /** How many other times came after {@code time}, or -1 when it is none of the last. */
    int distance(long time) {
        int known = Math.min(count, MOST);
        for (int distance = 0; distance < known; distance++) {
            if (times[(count - 1 - distance) % MOST] == time) {
                return distance;
            }
        }
        return -1;
    }

    /** The time that {@code distance} others came after. */
    long at(int distance) {
        return times[(count - 1 - distance) % MOST];
    }

    void add(long time) {
        times[count % MOST] = time;
        count++;
    }
}

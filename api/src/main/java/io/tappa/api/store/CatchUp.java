package io.tappa.api.store;

/**
 * How far the visitors whom earlier versions of a pack knew have caught up with the live one.
 *
 * @param pack version they catch up with
 * @param timers the time-outs for which everybody's timer is set, as one line
 * @param finished whether all of them have
 * @param visitors how many were looked at
 * @param changed how many of those were changed
 * @param cut how many of those did more in two days than their log holds
 * @param beganMillis when it began, in milliseconds since 1970
 * @param endedMillis when it ended, or 0
 */
public record CatchUp(
        String pack,
        String timers,
        boolean finished,
        long visitors,
        long changed,
        long cut,
        long beganMillis,
        long endedMillis) {
    /** Nobody ever caught up with anything. */
    public static final CatchUp NEVER = new CatchUp("", "", false, 0, 0, 0, 0, 0);

    /** The same with one more visitor. */
    public CatchUp plus(boolean isChanged, boolean isCut) {
        return new CatchUp(
                pack,
                timers,
                finished,
                visitors + 1,
                changed + (isChanged ? 1 : 0),
                cut + (isCut ? 1 : 0),
                beganMillis,
                endedMillis);
    }

    /** The same, all done at {@code nowMillis}. */
    public CatchUp ended(long nowMillis) {
        return new CatchUp(pack, timers, true, visitors, changed, cut, beganMillis, nowMillis);
    }
}

package io.tappa.api.store.redis;

import io.tappa.api.store.VisitorWrite;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What {@link Scripts#SAVE} is called with; most writes need only the first keys and arguments. */
final class SaveCall {
    private static final Duration LIFE_OF_NOBODY = Duration.ofDays(1);
    private static final long SPILL_MINUTES = 24 * 60 + 1;

    private SaveCall() {}

    static byte[][] keys(Keys keys, VisitorWrite write, int part) {
        var names = new ArrayList<byte[]>();
        names.add(keys.visitor(write.key()));
        names.add(keys.log(write.key(), part));
        if (!isPlain(write)) {
            names.add(keys.spill(write.key()));
            names.add(keys.timers(write.key().shard()));
            names.add(keys.ledger(write.key()));
            names.add(keys.fused(write.key()));
        }
        if (write.ends()) {
            IntStream.range(1, LogLines.PARTS)
                    .mapToObj(other -> keys.log(write.key(), (part + other) % LogLines.PARTS))
                    .forEach(names::add);
        }
        for (var journey : write.counts().byJourney().keySet()) {
            names.add(keys.counters(write.key().shard(), journey));
        }
        return names.toArray(byte[][]::new);
    }

    static byte[][] arguments(VisitorWrite write) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(StateCodec.head(write.before().version()));
        arguments.add(write.ends() ? new byte[0] : StateCodec.encode(write.state()));
        arguments.add(number(write.log().size()));
        write.log().forEach(line -> arguments.add(LogLines.bytes(line)));
        if (!isPlain(write)) {
            addRest(arguments, write);
        }
        return arguments.toArray(byte[][]::new);
    }

    /** Whether nothing is written but the state of somebody and their log, as with most decisions. */
    private static boolean isPlain(VisitorWrite write) {
        return !write.ends()
                && !write.state().isLight()
                && isArmedAsBefore(write)
                && write.ledger().isEmpty()
                && write.spilled().isEmpty()
                && write.fused().isEmpty()
                && write.counts().byJourney().isEmpty();
    }

    private static boolean isArmedAsBefore(VisitorWrite write) {
        return write.state().armedMillis() == write.before().armedMillis();
    }

    private static void addRest(List<byte[]> arguments, VisitorWrite write) {
        arguments.add(number(write.state().isLight() ? LIFE_OF_NOBODY.toMillis() : 0));
        arguments.add(
                isArmedAsBefore(write) ? new byte[0] : number(write.state().armedMillis()));
        arguments.add(Keys.bytes(write.key().text()));
        arguments.add(number(write.ledger().size()));
        write.ledger().forEach(line -> arguments.add(Keys.bytes(line)));
        arguments.add(number(write.fused().size()));
        write.fused().forEach(id -> arguments.add(FusedIds.bytes(id)));
        var spilled = write.spilled();
        long newest = spilled.isEmpty() ? 0 : spilled.get(spilled.size() - 1).arrivedMinute();
        arguments.add(number(spilled.size()));
        arguments.add(number(newest - SPILL_MINUTES));
        for (var seen : spilled) {
            arguments.add(ByteBuffer.allocate(Long.BYTES).putLong(seen.hash()).array());
            arguments.add(number(seen.arrivedMinute()));
        }
        for (var changes : write.counts().byJourney().values()) {
            arguments.add(number(changes.size()));
            changes.forEach((counter, change) -> {
                arguments.add(Keys.bytes(counter));
                arguments.add(number(change));
            });
        }
    }

    private static byte[] number(long value) {
        return Keys.bytes(Long.toString(value));
    }
}

package io.tappa.api.store.redis;

import io.tappa.api.store.RetentionSettings;
import io.tappa.api.store.VisitorWrite;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/** How a visitor is written: by {@link Scripts#SAVE}, or by {@link Scripts#SAVE_PLAIN} when that is enough. */
final class SaveCall {
    private static final Duration LIFE_OF_NOBODY = Duration.ofDays(1);
    private static final Duration LIFE_OF_TALLIES = Duration.ofDays(400);
    private static final long SPILL_MINUTES = 24 * 60 + 1;
    /** Lua passes so many arguments on at once, and some more. */
    private static final int MOST_LINES_AT_ONCE = 1_000;

    private SaveCall() {}

    /** Runs it at {@code nowMillis}. An empty answer says that it was written. */
    static Mono<byte[]> run(
            RedisLink redis, Keys keys, VisitorWrite write, long nowMillis, RetentionSettings retention) {
        int part = LogLines.part(nowMillis);
        return isPlain(write)
                ? Scripts.SAVE_PLAIN.run(redis, plainKeys(keys, write, part), plainArguments(write))
                : Scripts.SAVE.run(redis, keys(keys, write, part), arguments(write, nowMillis, retention));
    }

    /** Whether nothing is written but the state of somebody and their log, as with most decisions. */
    private static boolean isPlain(VisitorWrite write) {
        return !write.ends()
                && !write.state().isLight()
                && isArmedAsBefore(write)
                && write.ledger().isEmpty()
                && write.spilled().isEmpty()
                && write.fused().isEmpty()
                && write.counts().byJourney().isEmpty()
                && write.answers().counts().isEmpty()
                && write.tally().byTable().isEmpty()
                && !write.log().isEmpty()
                && write.log().size() <= MOST_LINES_AT_ONCE;
    }

    private static byte[][] plainKeys(Keys keys, VisitorWrite write, int part) {
        var key = write.key();
        return new byte[][] {keys.visitor(key), keys.log(key, part), keys.logged(key.shard(), part)};
    }

    private static byte[][] plainArguments(VisitorWrite write) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(StateCodec.head(write.before().version()));
        arguments.add(StateCodec.encode(write.state()));
        arguments.add(Keys.bytes(write.key().text()));
        write.log().forEach(line -> arguments.add(LogLines.bytes(line)));
        return arguments.toArray(byte[][]::new);
    }

    private static byte[][] keys(Keys keys, VisitorWrite write, int part) {
        var names = new ArrayList<byte[]>();
        names.add(keys.visitor(write.key()));
        names.add(keys.log(write.key(), part));
        names.add(keys.spill(write.key()));
        names.add(keys.timers(write.key().shard()));
        names.add(keys.ledger(write.key()));
        names.add(keys.fused(write.key()));
        names.add(keys.logged(write.key().shard(), part));
        if (write.ends()) {
            IntStream.range(1, LogLines.PARTS)
                    .mapToObj(other -> keys.log(write.key(), (part + other) % LogLines.PARTS))
                    .forEach(names::add);
            names.add(keys.left(write.key()));
            names.add(keys.archived(write.key().shard()));
            names.add(keys.struck(write.key().shard()));
        }
        for (var journey : write.counts().byJourney().keySet()) {
            names.add(keys.counters(write.key().shard(), journey));
        }
        for (var month : AnswerFields.byMonth(write.answers()).keySet()) {
            names.add(keys.answers(write.key().shard(), month));
        }
        for (var table : write.tally().byTable().keySet()) {
            names.add(keys.tally(write.key().shard(), table));
        }
        return names.toArray(byte[][]::new);
    }

    private static byte[][] arguments(VisitorWrite write, long nowMillis, RetentionSettings retention) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(StateCodec.head(write.before().version()));
        arguments.add(write.ends() ? new byte[0] : StateCodec.encode(write.state()));
        arguments.add(number(write.log().size()));
        write.log().forEach(line -> arguments.add(LogLines.bytes(line)));
        addRest(arguments, write, retention);
        if (write.ends()) {
            arguments.add(number(nowMillis));
            arguments.add(Keys.bytes(Left.of(write.state()).text()));
        }
        return arguments.toArray(byte[][]::new);
    }

    private static boolean isArmedAsBefore(VisitorWrite write) {
        return write.state().armedMillis() == write.before().armedMillis();
    }

    private static void addRest(List<byte[]> arguments, VisitorWrite write, RetentionSettings retention) {
        arguments.add(number(lifeMillis(write, retention)));
        arguments.add(
                isArmedAsBefore(write) ? new byte[0] : number(write.state().armedMillis()));
        arguments.add(Keys.bytes(write.key().text()));
        arguments.add(number(write.ledger().size()));
        write.ledger().forEach(line -> arguments.add(Keys.bytes(line)));
        arguments.add(number(write.fused().size()));
        write.fused().forEach(fused -> {
            arguments.add(FusedIds.field(fused.id()));
            arguments.add(FusedIds.value(fused));
        });
        var spilled = write.spilled();
        long newest = spilled.isEmpty() ? 0 : spilled.get(spilled.size() - 1).arrivedMinute();
        arguments.add(number(spilled.size()));
        arguments.add(number(newest - SPILL_MINUTES));
        for (var seen : spilled) {
            arguments.add(ByteBuffer.allocate(Long.BYTES).putLong(seen.hash()).array());
            arguments.add(number(seen.arrivedMinute()));
        }
        write.counts().byJourney().values().forEach(changes -> addCounters(arguments, changes, Duration.ZERO));
        AnswerFields.byMonth(write.answers())
                .values()
                .forEach(changes -> addCounters(arguments, changes, AnswerFields.LIFE));
        write.tally().byTable().values().forEach(changes -> addCounters(arguments, changes, LIFE_OF_TALLIES));
    }

    private static long lifeMillis(VisitorWrite write, RetentionSettings retention) {
        if (write.ends()) {
            return Left.of(write.state()).lifeMillis(retention);
        }
        return write.state().isLight() ? LIFE_OF_NOBODY.toMillis() : 0;
    }

    private static void addCounters(List<byte[]> arguments, SortedMap<String, Long> changes, Duration life) {
        arguments.add(number(life.toSeconds()));
        arguments.add(number(changes.size()));
        changes.forEach((counter, change) -> {
            arguments.add(Keys.bytes(counter));
            arguments.add(number(change));
        });
    }

    private static byte[] number(long value) {
        return Keys.bytes(Long.toString(value));
    }
}

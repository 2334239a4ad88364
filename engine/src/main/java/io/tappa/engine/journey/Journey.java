package io.tappa.engine.journey;

import io.tappa.engine.condition.Box;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stages and the moves between them.
 *
 * @param key its name
 * @param start stage in which a visitor without one is judged
 * @param stages in the author's order
 * @param entrance who may enter: one of the boxes must hold; an empty list lets everybody in with the first event
 * @param moves in the author's order
 */
public record Journey(String key, String start, List<Stage> stages, List<Box> entrance, List<Move> moves) {
    /** Id of the move with which a journey begins anew. */
    public static final String RESTART = "restart";
    /** Id of the move that a person made by hand. */
    public static final String BY_HAND = "by-hand";
    /** Names no move may have, since histories use them. */
    public static final List<String> RESERVED = List.of(RESTART, BY_HAND, "entry", "joined");

    public Journey {
        stages = List.copyOf(stages);
        entrance = List.copyOf(entrance);
        moves = List.copyOf(moves);
    }

    /** The names of the stages, in the author's order. */
    public List<String> stageKeys() {
        return stages.stream().map(Stage::key).toList();
    }

    /** The stage called {@code key}, or null. */
    public @Nullable Stage stage(String key) {
        for (var stage : stages) {
            if (stage.key().equals(key)) {
                return stage;
            }
        }
        return null;
    }

    /** The time-outs that may start in {@code stage}. */
    public List<Move> timeOutsFrom(String stage) {
        return moves.stream()
                .filter(move -> move.after() != null
                        && move.startsIn(stage)
                        && !move.to().equals(stage))
                .toList();
    }

    /**
     * How far along {@code stage} is: its place in the author's order. Stages that only silence leads to come before all
     * others, and no stage at all before those.
     */
    public int rank(String stage) {
        int place = stageKeys().indexOf(stage);
        boolean onlySilence = !stage.equals(start)
                && moves.stream().anyMatch(move -> move.to().equals(stage))
                && moves.stream()
                        .noneMatch(move -> move.on() != null && move.to().equals(stage));
        return place < 0 ? -1 : onlySilence ? 0 : place + 1;
    }
}

package io.tappa.engine.journey;

import java.util.List;

/**
 * Stages and the moves between them.
 *
 * @param key its name
 * @param start stage in which a visitor without one is judged
 * @param stages in the author's order
 * @param moves in the author's order
 */
public record Journey(String key, String start, List<Stage> stages, List<Move> moves) {
    public Journey {
        stages = List.copyOf(stages);
        moves = List.copyOf(moves);
    }

    /** The names of the stages, in the author's order. */
    public List<String> stageKeys() {
        return stages.stream().map(Stage::key).toList();
    }
}

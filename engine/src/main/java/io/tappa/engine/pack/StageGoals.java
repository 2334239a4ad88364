package io.tappa.engine.pack;

import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks up how soon the goals of stages should be reached; what is wrong there, the reader of journeys tells. */
final class StageGoals {
    private StageGoals() {}

    /** Milliseconds by journey and stage. */
    static SortedMap<String, SortedMap<String, Long>> in(List<YamlNode> journeys) {
        var goals = new TreeMap<String, SortedMap<String, Long>>();
        for (var root : journeys) {
            var file = new Fields(root, "a journey", new Problems());
            var key = file.text("journey");
            var stages = file.take("stages");
            if (key != null && stages != null) {
                goals.put(key, ofStages(stages));
            }
        }
        return goals;
    }

    private static SortedMap<String, Long> ofStages(YamlNode stages) {
        var goals = new TreeMap<String, Long>();
        stages.entries(new Problems(), "stages by name").forEach((name, stage) -> {
            var within = new Fields(stage, "a stage", new Problems()).duration("within");
            if (within != null) {
                goals.put(name.text(), within.toMillis());
            }
        });
        return goals;
    }
}

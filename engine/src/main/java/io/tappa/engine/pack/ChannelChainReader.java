package io.tappa.engine.pack;

import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.YamlNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code channels} of {@code pack.yaml}; whether there are such channels only {@link ContentCheck} can tell. */
final class ChannelChainReader {
    private final Problems problems;

    ChannelChainReader(Problems problems) {
        this.problems = problems;
    }

    SortedMap<String, ChannelChain> read(@Nullable YamlNode map) {
        if (map == null) {
            return Collections.emptySortedMap();
        }
        var chains = new TreeMap<String, ChannelChain>();
        map.entries(problems, "other channels by channel")
                .forEach((channel, others) -> chains.put(channel.text(), chain(channel, others)));
        return chains;
    }

    private ChannelChain chain(YamlNode channel, YamlNode list) {
        var others = new ArrayList<String>();
        for (var item : list.items()) {
            var other = item.text();
            if (other.isEmpty()) {
                problems.error(
                        "wrong-shape",
                        item.place(),
                        "Here the name of a channel is expected.",
                        "Write for example %s: [ site ].".formatted(channel.text()));
            } else if (other.equals(channel.text())) {
                problems.error(
                        "own-channel",
                        item.place(),
                        "The channel %s stands in its own chain.".formatted(other),
                        "Remove it; what an offer says for the channel itself always comes first.");
            } else if (others.contains(other)) {
                problems.error(
                        "duplicate-name",
                        item.place(),
                        "\"%s\" is written twice in the chain of %s.".formatted(other, channel.text()),
                        "Keep the place where it is looked for earlier.");
            } else {
                others.add(other);
            }
        }
        if (others.size() > ChannelChain.LONGEST) {
            problems.error(
                    "too-many-channels",
                    list.place(),
                    "The chain of %s has %d channels; %d are possible."
                            .formatted(channel.text(), others.size(), ChannelChain.LONGEST),
                    "Keep those whose content fits best.");
        }
        return new ChannelChain(others, channel.place());
    }
}

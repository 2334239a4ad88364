package io.tappa.engine.pack;

import io.tappa.engine.problem.Place;
import java.util.List;

/**
 * Where the content for a channel is looked for when an offer has none of its own for it.
 *
 * @param others other channels, the first first; at most {@value #LONGEST}
 * @param place where it is written
 */
public record ChannelChain(List<String> others, Place place) {
    static final int LONGEST = 5;

    public ChannelChain {
        others = List.copyOf(others);
    }
}

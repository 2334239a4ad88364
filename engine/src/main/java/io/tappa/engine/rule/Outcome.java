package io.tappa.engine.rule;

import io.tappa.engine.offer.Offer;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a rule wants when it matches. */
public sealed interface Outcome {
    /** Full names of the placements where it matters. */
    SortedSet<String> placements();

    /**
     * Present an offer.
     *
     * @param offer key of the offer
     * @param placements full names of the placements it may stand at
     */
    record Show(String offer, SortedSet<String> placements) implements Outcome {
        public Show {
            placements = Collections.unmodifiableSortedSet(new TreeSet<>(placements));
        }
    }

    /**
     * Keep something away.
     *
     * @param what whether an offer, a group or a channel is named
     * @param key its name
     * @param placements full names of the placements it must not stand at
     */
    record NeverShow(What what, String key, SortedSet<String> placements) implements Outcome {
        /** What can be kept away. */
        public enum What {
            OFFER,
            GROUP,
            CHANNEL
        }

        public NeverShow {
            placements = Collections.unmodifiableSortedSet(new TreeSet<>(placements));
        }

        /** Whether it names {@code offer}, its group, or the {@code channel} on which it would stand. */
        public boolean names(Offer offer, String channel) {
            return switch (what) {
                case OFFER -> key.equals(offer.key());
                case GROUP -> key.equals(offer.group());
                case CHANNEL -> key.equals(channel);
            };
        }
    }

    /**
     * Move to a stage.
     *
     * @param journey key of the journey
     * @param stage key of the stage
     * @param move id of the move
     */
    record MoveTo(String journey, String stage, String move) implements Outcome {
        @Override
        public SortedSet<String> placements() {
            return Collections.emptySortedSet();
        }
    }
}

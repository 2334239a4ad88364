package io.tappa.engine.simulation;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What would have been shown instead, had another pack decided; the same whatever the order in which decisions were added.
 *
 * @param draft version of the pack that decided again
 * @param decisions decisions added
 * @param placements placements that both packs filled
 * @param changedDecisions decisions of which at least one placement would show something else
 * @param changedPlacements placements that would show something else
 * @param kinds changed placements by what changed
 * @param gone how often something was asked that the draft no longer has, by {@code touchpoint} or {@code touchpoint.placement}
 * @param swaps who takes whose displays, over all placements
 * @param byPlacement the same by {@code touchpoint.placement}
 * @param byStage the same by the stage the visitor was in; the empty text where it is not known
 * @param byPersona the same by persona, each of the visitor's; the empty text where there is none
 * @param offers displays of each offer
 * @param idleRules rules of the draft that never won, by their ids
 * @param unjudged what the draft asks and records do not tell
 * @param examples at most {@value #MOST_EXAMPLES} of each kind, by kind, then in the order of their draw
 */
public record ReplayReport(
        String draft,
        long decisions,
        long placements,
        long changedDecisions,
        long changedPlacements,
        SortedMap<Kind, Long> kinds,
        SortedMap<String, Long> gone,
        Swaps swaps,
        SortedMap<String, Slice> byPlacement,
        SortedMap<String, Slice> byStage,
        SortedMap<String, Slice> byPersona,
        SortedMap<String, Displays> offers,
        SortedMap<String, Idle> idleRules,
        List<Unjudged> unjudged,
        List<Example> examples) {
    /** Most swaps told of all placements; the rest is counted together. */
    public static final int MOST_SWAPS = 50;
    /** Most swaps told of one placement, stage or persona. */
    public static final int MOST_OF_SLICE = 10;
    /** Most examples of each kind. */
    public static final int MOST_EXAMPLES = 5;

    public ReplayReport {
        kinds = Collections.unmodifiableSortedMap(new TreeMap<>(kinds));
        gone = Collections.unmodifiableSortedMap(new TreeMap<>(gone));
        byPlacement = Collections.unmodifiableSortedMap(new TreeMap<>(byPlacement));
        byStage = Collections.unmodifiableSortedMap(new TreeMap<>(byStage));
        byPersona = Collections.unmodifiableSortedMap(new TreeMap<>(byPersona));
        offers = Collections.unmodifiableSortedMap(new TreeMap<>(offers));
        idleRules = Collections.unmodifiableSortedMap(new TreeMap<>(idleRules));
        unjudged = List.copyOf(unjudged);
        examples = List.copyOf(examples);
    }

    /** Whether everybody would see what they saw. */
    public boolean changesNothing() {
        return changedDecisions == 0 && gone.isEmpty();
    }

    /** What is different at a placement. */
    public enum Kind {
        /** Something stands where nothing stood. */
        APPEARS,
        /** Nothing stands where something stood. */
        DISAPPEARS,
        /** The fallback stands where an offer had won. */
        FALLBACK,
        /** An offer wins where the fallback stood. */
        NO_FALLBACK,
        /** Other offers win. */
        OTHER_OFFER,
        /** The same offers in another order. */
        OTHER_ORDER,
        /** The same offers with other texts. */
        OTHER_TEXT;

        /** The word for it, for machines. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Displays that go from one offer to another.
     *
     * @param from key of the offer that stood there; the empty text for nothing
     * @param to key of the offer that would stand there; the empty text for nothing
     * @param displays how many
     */
    public record Swap(String from, String to, long displays) {
        static final Comparator<Swap> LARGEST_FIRST = Comparator.comparingLong(Swap::displays)
                .reversed()
                .thenComparing(Swap::from)
                .thenComparing(Swap::to);
    }

    /**
     * The largest swaps, and how much is in all others.
     *
     * @param largest the largest first
     * @param others displays in all others together
     */
    public record Swaps(List<Swap> largest, long others) {
        public Swaps {
            largest = List.copyOf(largest);
        }

        /** All displays that go from one offer to another. */
        public long displays() {
            return others + largest.stream().mapToLong(Swap::displays).sum();
        }
    }

    /**
     * A part of all placements that were filled.
     *
     * @param placements how many
     * @param changed how many of them would show something else
     * @param swaps who takes whose displays there
     */
    public record Slice(long placements, long changed, Swaps swaps) {}

    /**
     * How often an offer is shown.
     *
     * @param before as recorded
     * @param now as the draft decides
     */
    public record Displays(long before, long now) {}

    /** Why a rule of the draft never won in the data. */
    public enum Idle {
        /** No recorded decision asks for a placement of it. */
        NOT_ASKED,
        /** It asks for a fact that records do not tell, so nothing can be said of it. */
        NOT_JUDGED,
        /** Its conditions never held. */
        NEVER_MATCHED,
        /** Its conditions held, but others always won, or it kept nothing away. */
        NEVER_WON;

        /** The word for it, for machines. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Something that the draft asks and the records do not tell, or tell otherwise.
     *
     * @param what what it is
     * @param name its name: of a fact the id, of anything else a few words
     * @param decisions how many decisions may have come out otherwise for it
     */
    public record Unjudged(What what, String name, long decisions) {
        /** What records may lack. */
        public enum What {
            /** A fact that was not written down, or is of another type by now; it is taken as unknown. */
            FACT,
            /** A fact that is gathered in another way by now; it is taken as it was written down. */
            OTHER_DEFINITION,
            /** A consent that was not written down; it is taken as not given. */
            CONSENT,
            /** A cap that did not count yet; it begins at none. */
            CAP,
            /** A group whose offers did not exclude each other yet; nothing was given of it. */
            EXCLUSION,
            /** Pressure that was not counted yet, or otherwise. */
            PRESSURE,
            /** What is drawn for visitors, such as the variant of a new experiment: nothing was drawn. */
            DRAW;

            /** The word for it, for machines. */
            public String key() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
    }

    /**
     * One placement of one decision that would show something else.
     *
     * @param kind what changes
     * @param id what the caller calls the decision; may be empty
     * @param atMillis the moment it was made for, in milliseconds since 1970
     * @param placement {@code touchpoint.placement}
     * @param stage the stage the visitor was in; the empty text where it is not known
     * @param from keys of the offers that stood there
     * @param to keys of the offers that would stand there
     * @param whyBefore a sentence why it was so
     * @param whyNow a sentence why it would be otherwise
     * @param whyNot a sentence what becomes of the offer that stood there, empty where no rule asks for it any more
     */
    public record Example(
            Kind kind,
            String id,
            long atMillis,
            String placement,
            String stage,
            List<String> from,
            List<String> to,
            String whyBefore,
            String whyNow,
            String whyNot) {
        public Example {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }
}

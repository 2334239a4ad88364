package io.tappa.engine.decision;

import io.tappa.engine.contact.FrequencyCap;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.rule.Rule;
import org.jspecify.annotations.Nullable;

/** What became of a candidate: chosen, or the first filter it lost at. */
public sealed interface Verdict {
    /** Stable name of the filter, for machines. */
    String code();

    /** The sentence for people. */
    String because();

    /** It is what is shown. */
    record Chosen(Rule rule) implements Verdict {
        @Override
        public String code() {
            return "chosen";
        }

        @Override
        public String because() {
            return rule.title().equals(rule.id())
                    ? "rule " + rule.id() + " matched, priority " + rule.priority()
                    : rule.title() + " (priority " + rule.priority() + ")";
        }
    }

    /** Its rule has not begun or has ended. */
    record RuleNotOpen(Rule rule) implements Verdict {
        @Override
        public String code() {
            return "rule-dates";
        }

        @Override
        public String because() {
            return "the rule %s does not count on this date".formatted(rule.id());
        }
    }

    /** The offer has not begun or has ended. */
    record OfferNotOpen(String offer) implements Verdict {
        @Override
        public String code() {
            return "offer-dates";
        }

        @Override
        public String because() {
            return "the offer %s is not open on this date".formatted(offer);
        }
    }

    /** Another rule keeps it away. */
    record KeptAway(Rule by) implements Verdict {
        @Override
        public String code() {
            return "never-show";
        }

        @Override
        public String because() {
            return "kept away by the rule %s".formatted(by.id());
        }
    }

    /** Its text needs a fact that is unknown, or there is none for this channel. */
    record NoContent(String offer, @Nullable Fact unknown) implements Verdict {
        @Override
        public String code() {
            return "content";
        }

        @Override
        public String because() {
            return unknown == null
                    ? "the offer %s has no content that fits here".formatted(offer)
                    : "the text of %s needs \"%s\", which is unknown".formatted(offer, unknown.label());
        }
    }

    /** A cap is used up. */
    record Capped(FrequencyCap cap) implements Verdict {
        @Override
        public String code() {
            return "cap";
        }

        @Override
        public String because() {
            return "capped: " + cap.inWords();
        }
    }

    /** A better one took the placement. */
    record Outranked(String by) implements Verdict {
        @Override
        public String code() {
            return "outranked";
        }

        @Override
        public String because() {
            return "outranked by " + by;
        }
    }

    /** It stands elsewhere on the page already. */
    record AlreadyOnPage(String placement) implements Verdict {
        @Override
        public String code() {
            return "already-on-page";
        }

        @Override
        public String because() {
            return "already shown at " + placement;
        }
    }
}

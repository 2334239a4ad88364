package io.tappa.api.guard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.store.CodeStore;
import io.tappa.engine.campaign.GuardRails.Then;
import io.tappa.engine.pause.Pause;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/** Something that somebody should look at now. */
sealed interface Finding {
    /** By kind, then by what it is about: what is found twice is told in the same order. */
    Comparator<Finding> IN_ORDER = Comparator.comparing(Finding::kind).thenComparing(Finding::mark);

    /** How marks begin of a guard rail that only warns. */
    String WARNED = "warn ";
    /** How marks begin of a placement. */
    String EXPOSURE = "exposure ";

    /** The stable code of what was found. */
    String kind();

    /** Names it among all findings, so that the owner is told once. */
    String mark();

    /** What it is about, as the owner is told. */
    String what();

    /** What is wrong, with its figures. */
    String sentence();

    /** What to do about it. */
    String cure();

    /** The same as numbers and names. */
    ObjectNode figures();

    /** As it is answered. */
    default ObjectNode json() {
        var json = Body.create().put("kind", kind());
        json.setAll(figures());
        return json.put("sentence", sentence()).put("cure", cure());
    }

    /**
     * A guard rail whose limit is reached.
     *
     * @param reading how it stands
     * @param then what its author wants
     */
    record Tripped(Reading reading, Then then) implements Finding {
        @Override
        public String kind() {
            return "guard-rail";
        }

        @Override
        public String mark() {
            return (then == Then.WARN ? WARNED : "pause ") + reading.campaign().key() + " "
                    + reading.rail().key();
        }

        @Override
        public String what() {
            return "campaign:" + reading.campaign().key();
        }

        @Override
        public String sentence() {
            return "The guard rail \"%s\" of the campaign %s is reached: %s"
                    .formatted(reading.rail().key(), reading.campaign().key(), reading.sentence());
        }

        @Override
        public String cure() {
            return switch (reading.rail()) {
                case DISPLAYS -> "See in the campaign's rules and segment who sees it now and did not before.";
                case BUDGET -> "Raise the budget in the campaign's file, or let the campaign end.";
                case ERRORS -> "See tappa_decisions_degraded_total for the reasons, and ask the operator.";
            };
        }

        @Override
        public ObjectNode figures() {
            return Body.create()
                    .put("campaign", reading.campaign().key())
                    .put("rail", reading.rail().key())
                    .put("then", then.name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * A campaign that a guard rail has paused and nobody has resumed.
     *
     * @param pack name of the pack
     * @param campaign key of the campaign
     * @param pause the pause
     */
    record Held(String pack, String campaign, Pause pause) implements Finding {
        @Override
        public String kind() {
            return "guard-rail";
        }

        @Override
        public String mark() {
            return "pause " + campaign;
        }

        @Override
        public String what() {
            return pause.what();
        }

        @Override
        public String sentence() {
            return "The campaign %s is paused. %s".formatted(campaign, pause.reason());
        }

        @Override
        public String cure() {
            return "Once the cause is mended, end the pause: DELETE /v1/packs/%s/pauses/%s."
                    .formatted(pack, pause.what());
        }

        @Override
        public ObjectNode figures() {
            return Body.create()
                    .put("campaign", campaign)
                    .put("paused", true)
                    .put("since", Instant.ofEpochMilli(pause.sinceMillis()).toString());
        }
    }

    /**
     * A pool of which hardly any code is left.
     *
     * @param pool name of the pool
     * @param level how many it has
     */
    record CodesLow(String pool, CodeStore.Level level) implements Finding {
        @Override
        public String kind() {
            return "codes-low";
        }

        @Override
        public String mark() {
            return "codes " + pool;
        }

        @Override
        public String what() {
            return "codes:" + pool;
        }

        @Override
        public String sentence() {
            return "%d of the %d codes of %s are left.".formatted(level.left(), level.all(), pool);
        }

        @Override
        public String cure() {
            return "Add codes to codes/%s.csv and publish the pack.".formatted(pool);
        }

        @Override
        public ObjectNode figures() {
            return Body.create().put("pool", pool).put("codes", level.all()).put("left", level.left());
        }
    }

    /**
     * A placement that is decided often and never seen.
     *
     * @param placement full name of the placement
     * @param decided offers decided for it in the last 24 hours
     * @param exposed how many of them were seen
     * @param since the beginning of the first hour in which something was decided
     */
    record NeverExposed(String placement, long decided, long exposed, Instant since) implements Finding {
        @Override
        public String kind() {
            return "never-exposed";
        }

        @Override
        public String mark() {
            return EXPOSURE + placement;
        }

        @Override
        public String what() {
            return "placement:" + placement;
        }

        @Override
        public String sentence() {
            return "%d offers were decided for %s since %s, and %d of them were seen."
                    .formatted(decided, placement, since, exposed);
        }

        @Override
        public String cure() {
            return "Send Promotion Viewed with the decisionId of the answer, promotion_id, and \"position\": \"%s\", once an offer is on the screen; or stop asking for the placement."
                    .formatted(placement);
        }

        @Override
        public ObjectNode figures() {
            return Body.create()
                    .put("placement", placement)
                    .put("decided", decided)
                    .put("exposed", exposed)
                    .put("since", since.toString());
        }
    }
}

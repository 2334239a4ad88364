package io.tappa.engine.advice;

import io.tappa.engine.calendar.Moments;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import java.time.Duration;

/** Finds what is over, and what will be within two weeks. */
final class Endings {
    private static final Duration SOON = Duration.ofDays(14);

    private final PackSnapshot pack;
    private final NamePlaces names;
    private final long nowMillis;
    private final Problems problems;
    private final Moments moments;

    Endings(PackSnapshot pack, NamePlaces names, long nowMillis, Problems problems) {
        this.pack = pack;
        this.names = names;
        this.nowMillis = nowMillis;
        this.problems = problems;
        this.moments = new Moments(pack.settings().zone());
    }

    void check() {
        for (var rule : pack.decisions().rules()) {
            tell("The rule", rule.id(), rule.untilMillis(), rule.place().inside(rule.id()));
        }
        for (var offer : pack.offers().all()) {
            tell("The offer", offer.key(), offer.untilMillis(), names.in("offers.yaml", offer.key()));
        }
        for (var campaign : pack.programme().campaigns().all()) {
            tell("The campaign", campaign.key(), campaign.untilMillis(), names.ofCampaign(campaign.key()));
        }
    }

    private void tell(String what, String name, long untilMillis, Place place) {
        if (untilMillis == Long.MAX_VALUE) {
            return;
        }
        if (untilMillis <= nowMillis) {
            problems.warning(
                    "ended",
                    place,
                    "%s %s is over since %s.".formatted(what, name, moments.at(untilMillis)),
                    "Remove it, or give it a later \"until\".");
        } else if (untilMillis - nowMillis <= SOON.toMillis()) {
            problems.note(
                    "ends-soon",
                    place,
                    "%s %s is over on %s.".formatted(what, name, moments.at(untilMillis)),
                    "Nothing is to do if it shall end then; else give it a later \"until\".");
        }
    }
}

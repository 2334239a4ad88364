package io.tappa.api.pause;

import io.tappa.engine.experiment.Treatment;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pause.Pause;
import io.tappa.engine.pause.Pause.Kind;
import io.tappa.engine.rule.Outcome.NeverShow;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.touchpoint.Touchpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What pauses hold of one version of a pack: rules, the offers that they, fallbacks or experiments show, and the placements where. */
final class Held {
    private final Map<String, Names> byWhat = new HashMap<>();

    private record Names(Set<String> rules, Set<String> offers, Set<String> placements) {
        Names() {
            this(new HashSet<>(), new HashSet<>(), new HashSet<>());
        }
    }

    /** How many rules, offers and placements. */
    record Count(int rules, int offers, int placements) {}

    /** What each of {@code whats} holds of {@code pack}. */
    Held(PackSnapshot pack, Collection<String> whats) {
        whats.forEach(what -> byWhat.put(what, new Names()));
        var channels = new HashMap<String, String>();
        for (var touchpoint : pack.touchpoints().all()) {
            touchpoint.placements().forEach(placement -> channels.put(placement.fullName(), touchpoint.channel()));
            addFallbacks(touchpoint, pack);
        }
        pack.decisions().rules().forEach(rule -> add(pack, rule, channels));
        pack.programme().experiments().all().forEach(experiment -> add(pack, experiment.treatment(), channels));
    }

    private void add(PackSnapshot pack, Treatment treatment, Map<String, String> channels) {
        for (var placement : treatment.where()) {
            for (var offer : treatment.shows().values()) {
                wider(pack, offer, channels.getOrDefault(placement, ""))
                        .forEach(what -> add(what, List.of(), List.of(offer), placement));
            }
        }
    }

    private void addFallbacks(Touchpoint touchpoint, PackSnapshot pack) {
        for (var placement : touchpoint.placements()) {
            var offer = placement.fallback();
            if (offer != null) {
                wider(pack, offer, touchpoint.channel())
                        .forEach(what -> add(what, List.of(), List.of(offer), placement.fullName()));
            }
        }
    }

    private void add(PackSnapshot pack, Rule rule, Map<String, String> channels) {
        var rules = List.of(rule.id());
        var alone = Kind.RULE.named(rule.id());
        if (rule.outcome() instanceof Show show) {
            var offers = List.of(show.offer());
            for (var placement : show.placements()) {
                add(alone, rules, offers, placement);
                wider(pack, show.offer(), channels.getOrDefault(placement, ""))
                        .forEach(what -> add(what, rules, offers, placement));
            }
        } else if (rule.outcome() instanceof NeverShow never) {
            never.placements().forEach(placement -> add(alone, rules, List.of(), placement));
        }
    }

    /** What holds an offer on a channel, whichever rule shows it. */
    private static List<String> wider(PackSnapshot pack, String offer, String channel) {
        var wider = new ArrayList<>(List.of(Pause.EVERYTHING, Kind.CHANNEL.named(channel), Kind.OFFER.named(offer)));
        pack.programme().campaigns().of(offer).forEach(campaign -> wider.add(Kind.CAMPAIGN.named(campaign.key())));
        return wider;
    }

    private void add(String what, List<String> rules, List<String> offers, String placement) {
        var names = byWhat.get(what);
        if (names != null) {
            names.rules().addAll(rules);
            names.offers().addAll(offers);
            names.placements().add(placement);
        }
    }

    /** What the pause of {@code what} holds; nothing where the pack knows it no more. */
    Count by(String what) {
        var names = byWhat.getOrDefault(what, new Names());
        return new Count(
                names.rules().size(), names.offers().size(), names.placements().size());
    }
}

package io.tappa.engine.difference;

import io.tappa.engine.calendar.Hours;
import io.tappa.engine.calendar.Moments;
import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.Durations;
import io.tappa.engine.condition.PhraseWriter;
import io.tappa.engine.fact.Source;
import io.tappa.engine.journey.After;
import io.tappa.engine.journey.After.Since;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.OfferTerms;
import io.tappa.engine.offer.Template;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.Outcome.MoveTo;
import io.tappa.engine.rule.Outcome.NeverShow;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.rule.Rule;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what stands in a version of a pack, each thing as texts by what they are about. */
final class Descriptions {
    private final PackSnapshot pack;
    private final PhraseWriter phrases;
    private final Moments moments;

    Descriptions(PackSnapshot pack) {
        this.pack = pack;
        this.phrases = new PhraseWriter(pack.settings().zone());
        this.moments = new Moments(pack.settings().zone());
    }

    /** All decision rules by their ids. */
    SortedMap<String, Description> rules() {
        var all = new TreeMap<String, Description>();
        pack.decisions().rules().forEach(rule -> all.put(rule.id(), describe(rule)));
        return all;
    }

    private Description describe(Rule rule) {
        var said = new Description();
        said.put("called", rule.title().equals(rule.id()) ? "" : "\"%s\"".formatted(rule.title()));
        if (rule.outcome() instanceof Show show) {
            said.put("shows", show.offer());
            said.put("at", joined(show.placements()));
        } else if (rule.outcome() instanceof NeverShow never) {
            said.put("never shows", never.what().name().toLowerCase(Locale.ROOT) + " " + never.key());
            said.put("at", joined(never.placements()));
        } else if (rule.outcome() instanceof MoveTo move) {
            said.put("moves to", move.stage());
        }
        conditions(said, rule.alternatives());
        said.put("priority", Integer.toString(rule.priority()));
        said.put("weight", rule.weight() == Rule.NORMAL_WEIGHT ? "" : rule.weight() + " %");
        dates(said, rule.fromMillis(), rule.untilMillis());
        return said;
    }

    private void conditions(Description said, List<Box> alternatives) {
        if (alternatives.size() == 1) {
            asked(alternatives.get(0))
                    .forEach(asked ->
                            said.add("if " + asked.fact().label(), phrases.phrase(asked.fact(), asked.values())));
            return;
        }
        alternatives.stream().map(this::inWords).sorted().forEach(box -> said.put("if " + box, "holds"));
    }

    /** What the author asks; where it is asked, and after which event, is said by itself. */
    private static Stream<Condition> asked(Box box) {
        return box.conditions().stream()
                .filter(asked -> !(asked.fact().source() instanceof Source.TouchpointKey)
                        && !(asked.fact().source() instanceof Source.EventName));
    }

    private String inWords(Box box) {
        return asked(box)
                .map(asked -> asked.fact().label() + " " + phrases.phrase(asked.fact(), asked.values()))
                .collect(Collectors.joining(" and "));
    }

    private void dates(Description said, long fromMillis, long untilMillis) {
        said.put("from", fromMillis == Long.MIN_VALUE ? "" : moments.from(fromMillis));
        said.put("until", untilMillis == Long.MAX_VALUE ? "" : moments.last(untilMillis));
    }

    /** All moves of all journeys, by journey and id. */
    SortedMap<String, Description> moves() {
        var all = new TreeMap<String, Description>();
        for (var journey : pack.journeys()) {
            journey.moves().forEach(move -> all.put(name(journey, move), describe(move)));
        }
        return all;
    }

    private static String name(Journey journey, Move move) {
        return journey.key() + "." + move.id();
    }

    private Description describe(Move move) {
        var said = new Description();
        var on = move.on();
        var after = move.after();
        said.put("on", on == null ? "" : on);
        said.put("after", after == null ? "" : inWords(after));
        said.put("from", joined(move.from()));
        said.put("to", move.to());
        conditions(said, move.alternatives());
        said.put("priority", Integer.toString(move.priority()));
        return said;
    }

    private static String inWords(After after) {
        return Durations.inWords(after.length()) + (after.since() == Since.STAGE ? " in stage" : " without events");
    }

    /** All offers by their keys. */
    SortedMap<String, Description> offers() {
        var all = new TreeMap<String, Description>();
        for (var key : pack.offers().keys()) {
            var offer = pack.offers().find(key);
            if (offer != null) {
                all.put(key, describe(offer));
            }
        }
        return all;
    }

    private Description describe(Offer offer) {
        var said = new Description();
        var group = offer.group();
        said.put("value", money(offer.valueCents()));
        said.put("group", group == null ? "" : group);
        dates(said, offer.fromMillis(), offer.untilMillis());
        describe(said, offer.terms());
        offer.content()
                .forEach((channel, byLanguage) ->
                        byLanguage.forEach((language, fields) -> fields.forEach((field, template) ->
                                said.put("%s for %s in %s".formatted(field, channel, language), text(template)))));
        return said;
    }

    private void describe(Description said, OfferTerms terms) {
        var hours = terms.hours();
        said.put(
                "class",
                terms.kind() == OfferTerms.Kind.DEFAULT ? "" : terms.kind().key());
        said.put("purpose", orNothing(terms.purpose()));
        said.put("hours", hours == null ? "" : inWords(hours));
        said.put("for", orNothing(terms.segment()));
        said.put("products", joined(terms.products()));
        said.put("cost", money(terms.cost()));
        said.put("codes", orNothing(terms.codes()));
    }

    private static String orNothing(@Nullable String text) {
        return text == null ? "" : text;
    }

    private String inWords(Hours hours) {
        var days = hours.days().stream().sorted().map(DayOfWeek::name).map(name -> name.toLowerCase(Locale.ROOT));
        return "%s to %s on %s"
                .formatted(
                        moments.clock(hours.from()), moments.clock(hours.to()), days.collect(Collectors.joining(", ")));
    }

    private String money(long minorUnits) {
        return minorUnits == 0 ? "" : pack.settings().money(minorUnits);
    }

    private static String text(Template template) {
        return template.parts().stream().map(Descriptions::text).collect(Collectors.joining("", "\"", "\""));
    }

    private static String text(Template.Part part) {
        var text = part.text();
        var fact = part.fact();
        return text != null ? text : "{" + (fact == null ? "code" : fact.label()) + "}";
    }

    private static String joined(SortedSet<String> names) {
        return String.join(", ", names);
    }
}

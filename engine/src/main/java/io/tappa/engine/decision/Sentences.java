package io.tappa.engine.decision;

import io.tappa.engine.campaign.Budget;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet.InTheLast;
import io.tappa.engine.condition.ValueSet.Interval;
import io.tappa.engine.condition.ValueSet.Known;
import io.tappa.engine.condition.ValueSet.Numbers;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.contact.FrequencyCap;
import io.tappa.engine.contact.Pressure;
import io.tappa.engine.decision.Change.OfNumber;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.pack.FactWords;
import io.tappa.engine.pack.PackSettings;
import io.tappa.engine.rule.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Says for people what became of candidates: the only place where verdicts become sentences, in English or Italian. */
public final class Sentences {
    private final Texts texts;
    private final TimeWords times;
    private final PackSettings settings;
    private final FactWords words;

    private Sentences(PackSettings settings, Texts texts) {
        this.texts = texts;
        this.times = new TimeWords(texts, settings.zone());
        this.settings = settings;
        this.words = new FactWords(settings, texts);
    }

    /** Sentences in English. */
    public static Sentences of(PackSettings settings) {
        return new Sentences(settings, Texts.english());
    }

    /** Sentences in the first of {@code wanted} that there is, else in English. */
    public static Sentences of(PackSettings settings, List<Locale.LanguageRange> wanted) {
        return new Sentences(settings, Texts.best(wanted));
    }

    /** Why the candidate has this verdict; {@code facts} are those of the visitor. */
    public String because(Verdict verdict, FactValues facts) {
        if (verdict instanceof Verdict.Chosen chosen) {
            var rule = chosen.rule();
            return rule.title().equals(rule.id())
                    ? say("chosen.rule", rule.id(), rule.priority())
                    : say("chosen", rule.title(), rule.priority());
        }
        if (verdict instanceof Verdict.NotMatched missed) {
            return say(
                    "conditions",
                    missed.rule().id(),
                    all(missed.misses().stream().map(miss -> miss(miss, facts))));
        }
        if (verdict instanceof Verdict.RuleNotOpen closed) {
            var rule = closed.rule();
            return closed("rule-dates", rule.id(), rule.fromMillis(), rule.untilMillis(), closed.nowMillis());
        }
        if (verdict instanceof Verdict.OfferNotOpen closed) {
            var offer = closed.offer();
            return closed("offer-dates", offer.key(), offer.fromMillis(), offer.untilMillis(), closed.nowMillis());
        }
        if (verdict instanceof Verdict.KeptAway kept) {
            return with(say("never-show", any(kept.by().stream().map(Rule::id))), kept.changes(), facts);
        }
        if (verdict instanceof Verdict.NoContent none) {
            return none.unknown() == null
                    ? say("content", none.offer())
                    : say("content.fact", none.offer(), none.unknown().label());
        }
        if (verdict instanceof Verdict.NoProducts few) {
            return few.found() == 0
                    ? say("content.products", few.list())
                    : say("content.products.few", few.list(), few.found(), few.fewest());
        }
        if (verdict instanceof Verdict.CampaignNotOpen closed) {
            var campaign = closed.nearest();
            return closed(
                    "campaign-dates",
                    campaign.key(),
                    campaign.fromMillis(),
                    campaign.untilMillis(),
                    closed.nowMillis());
        }
        if (verdict instanceof Verdict.HoursOver over) {
            return hours(over);
        }
        if (verdict instanceof Verdict.HeldOut held) {
            return held.campaign() == null ? say("held-out") : say("held-out.campaign", held.campaign());
        }
        if (verdict instanceof Verdict.Replaced replaced) {
            return say("experiment", replaced.experiment(), replaced.variation(), replaced.offer());
        }
        if (verdict instanceof Verdict.NotInSegment other) {
            var needed = say("segment", other.segment());
            return other.misses().isEmpty()
                    ? needed
                    : say("colon", needed, all(other.misses().stream().map(miss -> miss(miss, facts))));
        }
        if (verdict instanceof Verdict.SoldOut out) {
            return say("stock", out.product());
        }
        if (verdict instanceof Verdict.NoConsent none) {
            return all(none.lacking().stream()
                    .map(lack -> say(
                            "consent."
                                    + (lack.said() == null
                                            ? "missing"
                                            : lack.said().key()),
                            lack.name())));
        }
        if (verdict instanceof Verdict.Paused paused) {
            var pause = paused.pause();
            return paused.changes().isEmpty()
                    ? say("paused", pause.what(), pause.reason())
                    : say("paused.until", pause.what(), pause.reason(), times.from(pause.untilMillis()));
        }
        if (verdict instanceof Verdict.Dismissed gone) {
            return say("dismissed", moment(gone.atMillis()), times.from(gone.untilMillis()));
        }
        if (verdict instanceof Verdict.Excluded || verdict instanceof Verdict.NotYet) {
            return waiting(verdict);
        }
        if (verdict instanceof Verdict.Quiet quiet) {
            return say(
                    "quiet-hours",
                    quiet.hours().from(),
                    quiet.hours().to(),
                    times.clock(quiet.local()),
                    times.from(quiet.endsMillis()));
        }
        if (verdict instanceof Verdict.TooMuch much) {
            return pressure(much);
        }
        if (verdict instanceof Verdict.Capped capped) {
            return say(
                    "cap.until",
                    times.cap(capped.cap()),
                    capped.count(),
                    capped.cap().times(),
                    times.from(capped.allowsMillis()));
        }
        if (verdict instanceof Verdict.Outranked outranked) {
            return with(say("outranked", outranked.by().candidate().rule().id()), outranked.changes(), facts);
        }
        if (verdict instanceof Verdict.BudgetUsedUp out) {
            return say(
                    "budget",
                    out.campaign(),
                    amount(out.budget(), out.spent().used()),
                    amount(out.budget(), out.spent().held()),
                    amount(out.budget(), out.spent().limit()));
        }
        if (verdict instanceof Verdict.NoCodeLeft out) {
            return out.spent().limit() == 0
                    ? say("codes.unremembered", out.pool())
                    : say("codes", out.pool(), Long.toString(out.spent().limit()));
        }
        if (verdict instanceof Verdict.AlreadyOnPage there) {
            return say("already-on-page", there.placement());
        }
        if (verdict instanceof Verdict.Forced forced) {
            return say("forced", forced.offer().key());
        }
        return verdict instanceof Verdict.Degraded degraded ? say("degraded", degraded.reason()) : say("no-rule");
    }

    private String amount(Budget budget, long units) {
        return budget instanceof Budget.Amount ? settings.money(units) : Long.toString(units);
    }

    private String hours(Verdict.HoursOver over) {
        var sentence =
                say("hours", times.hours(over.hours()), times.clock(over.local().toLocalTime()));
        return over.changes().isEmpty()
                ? sentence
                : say(
                        "with",
                        sentence,
                        say(
                                "hours.next",
                                times.from(((Change.Later) over.changes().get(0)).untilMillis())));
    }

    private String waiting(Verdict verdict) {
        return verdict instanceof Verdict.Excluded excluded
                ? say(
                        "exclusion",
                        excluded.exclusion().group(),
                        moment(excluded.givenMillis()),
                        times.from(excluded.givenMillis()
                                + excluded.exclusion().per().toMillis()))
                : say("kept", ((Verdict.NotYet) verdict).offer(), times.from(((Verdict.NotYet) verdict).untilMillis()));
    }

    private String pressure(Verdict.TooMuch much) {
        var sentence = say(
                "pressure",
                Pressure.inWords(much.pressure().cost(much.channel())),
                Pressure.inWords(much.spent()),
                Pressure.inWords(much.pressure().budget()));
        return much.allows().equals(Instant.MAX)
                ? sentence
                : say(
                        "with",
                        sentence,
                        say("pressure.until", times.from(much.allows().toEpochMilli())));
    }

    private String closed(String what, String name, long fromMillis, long untilMillis, long nowMillis) {
        return nowMillis < fromMillis
                ? say(what + ".begins", name, times.from(fromMillis))
                : say(what + ".ended", name, times.last(untilMillis));
    }

    private String with(String sentence, List<Change> changes, FactValues facts) {
        return changes.isEmpty()
                ? sentence
                : say("with", sentence, all(changes.stream().map(change -> change(change, facts))));
    }

    private String change(Change change, FactValues facts) {
        if (change instanceof Change.OfPriority priority) {
            return say("change.priority", priority.to());
        }
        if (change instanceof Change.OfValue value) {
            return say("change.value", settings.money(value.toCents()));
        }
        return say("change.leave", required(change, facts));
    }

    /** What a fact would have to be. */
    private String required(Change change, FactValues facts) {
        if (change instanceof OfNumber number) {
            return isAndMustBe(number.fact(), facts, bound(number));
        }
        if (change instanceof Change.OfWord word) {
            return isAndMustBe(word.fact(), facts, words(word.fact(), word.wanted()));
        }
        var knowledge = (Change.OfKnowledge) change;
        return isAndMustBe(knowledge.fact(), facts, say(knowledge.known() ? "known" : "unknown"));
    }

    private String isAndMustBe(Fact fact, FactValues facts, String wanted) {
        return facts.knows(fact)
                ? say("miss", fact.label(), word(fact, words.inWords(fact, facts)), wanted)
                : say("miss.unknown", fact.label(), wanted);
    }

    /** Which condition does not hold, by how much, and what would do. */
    private String miss(Miss miss, FactValues facts) {
        var sentence = isAndMustBe(miss.condition().fact(), facts, threshold(miss.condition()));
        if (miss.change() == null) {
            return say("with", sentence, say("miss.none"));
        }
        boolean hasWay = miss.change() instanceof OfNumber number && number.from() != FactValues.UNKNOWN;
        return hasWay && miss.condition().fact().type() != FactType.DATE
                ? say("with", sentence, way(miss.condition().fact(), (OfNumber) miss.change()))
                : sentence;
    }

    private String way(Fact asked, OfNumber change) {
        var amount =
                say(change.to() > change.from() ? "miss.more" : "miss.less", value(change.fact(), change.distance()));
        return change.fact().equals(asked)
                ? amount
                : say("miss.of", change.fact().label(), amount);
    }

    /** The values for which {@code condition} holds. */
    private String threshold(Condition condition) {
        var values = condition.values();
        if (values instanceof Known known) {
            return say(known.known() ? "known" : "unknown");
        }
        if (values instanceof Words listed) {
            return words(condition.fact(), listed);
        }
        if (values instanceof InTheLast last) {
            return say("date.last", times.duration(last.within()));
        }
        return any(((Numbers) values).intervals().stream().map(interval -> interval(condition.fact(), interval)));
    }

    private String words(Fact fact, Words listed) {
        var several = any(listed.words().stream().map(word -> word(fact, word)));
        return say(listed.negated() ? "word.noneOf" : "word.oneOf", several);
    }

    /** Only yes and no are words of ours; all others are the author's. */
    private String word(Fact fact, String word) {
        return fact.type() == FactType.YESNO ? say(word) : word;
    }

    /** The values that would do: a bound where all beyond it would, as far as the fact goes. */
    private String bound(OfNumber number) {
        var fact = number.fact();
        var would = number.would();
        if (would.low() == would.high()) {
            return interval(fact, would);
        }
        long low = would.low() <= fact.lowest() ? FactValues.LOWEST : would.low();
        long high = would.high() >= fact.highest() ? Long.MAX_VALUE : would.high();
        return interval(fact, new Interval(low, high));
    }

    private String interval(Fact fact, Interval interval) {
        boolean date = fact.type() == FactType.DATE;
        if (interval.low() == FactValues.LOWEST) {
            return date
                    ? say("date.before", value(fact, interval.high() + 1))
                    : say("number.atMost", value(fact, interval.high()));
        }
        if (interval.high() == Long.MAX_VALUE) {
            return date
                    ? say("date.after", value(fact, interval.low() - 1))
                    : say("number.atLeast", value(fact, interval.low()));
        }
        return interval.low() == interval.high()
                ? say("number.exactly", value(fact, interval.low()))
                : say(
                        date ? "date.between" : "number.between",
                        value(fact, interval.low()),
                        value(fact, interval.high()));
    }

    private String value(Fact fact, long units) {
        return words.inWords(fact, units);
    }

    /** When something was. */
    String moment(long millis) {
        return times.moment(millis);
    }

    /** From when on something is possible; never too early. */
    String from(long millis) {
        return times.from(millis);
    }

    /** What a cap allows. */
    public String cap(FrequencyCap cap) {
        return times.cap(cap);
    }

    private String all(Stream<String> sentences) {
        return texts.all(sentences);
    }

    /** One value or the other. */
    String any(Stream<String> values) {
        return texts.any(values);
    }

    /** So many of something. */
    String counted(String key, long number) {
        return texts.counted(key, number);
    }

    /** The sentence at {@code key} with {@code values} filled in. */
    String say(String key, Object... values) {
        return texts.say(key, values);
    }
}

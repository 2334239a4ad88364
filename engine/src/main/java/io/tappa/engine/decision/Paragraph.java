package io.tappa.engine.decision;

import io.tappa.engine.pack.PackSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale.LanguageRange;
import java.util.Objects;

/** Says in one paragraph why somebody did not see an offer, in English or Italian. */
public final class Paragraph {
    /** Most filters that are told one by one. */
    private static final int MOST_TOLD = 4;

    private static final int MOST_PLACES = 5;

    private final Sentences sentences;
    private final List<LanguageRange> languages;

    /** Paragraphs in the first of {@code languages} that there is, else in English; moments are those of {@code settings}. */
    public Paragraph(PackSettings settings, List<LanguageRange> languages) {
        this.sentences = Sentences.of(settings, languages);
        this.languages = List.copyOf(languages);
    }

    /** The whole answer. */
    public String of(WhyNot whyNot) {
        var all = new ArrayList<String>();
        all.add(beginning(whyNot));
        if (!whyNot.isNeverEligible()) {
            var blockers = whyNot.blockers();
            blockers.stream().limit(MOST_TOLD).map(this::blocked).forEach(all::add);
            long more = blockers.stream()
                    .skip(MOST_TOLD)
                    .mapToLong(Blocker::decisions)
                    .sum();
            if (more > 0) {
                all.add(sentences.say("why-not.more", counted("why-not.times.first", more)));
            }
        }
        if (whyNot.notJudged() > 0) {
            all.add(
                    whyNot.notJudged() == 1
                            ? sentences.say("why-not.not-judged.one")
                            : sentences.say("why-not.not-judged", decisions(whyNot.notJudged())));
        }
        return String.join(". ", all) + ".";
    }

    /** Why the offer lost there, the time that is told of. */
    public String because(Blocker blocker) {
        var told = blocker.told();
        return Sentences.of(told.settings(), languages).because(Objects.requireNonNull(told.lost()), told.facts());
    }

    private String beginning(WhyNot whyNot) {
        var from = sentences.moment(whyNot.asked().fromMillis());
        var to = sentences.moment(whyNot.asked().toMillis());
        var offer = whyNot.asked().offer();
        if (whyNot.decisions() == 0) {
            return whyNot.notJudged() > 0
                    ? sentences.say("why-not.untold", from, to, offer)
                    : neverCame(from, to, whyNot.asked());
        }
        var decisions = decisions(whyNot.decisions());
        if (whyNot.shown() > 0) {
            return sentences.say(
                    "why-not.shown",
                    from,
                    to,
                    offer,
                    counted("why-not.times", whyNot.shown()),
                    decisions,
                    last(whyNot.shown(), whyNot.lastShownMillis()));
        }
        if (whyNot.isNeverEligible()) {
            var nearest = whyNot.blockers().get(0);
            return sentences.say("why-not.never-eligible", from, to, offer, decisions, told(nearest), because(nearest));
        }
        return sentences.say("why-not.not-shown", from, to, offer, decisions);
    }

    private String neverCame(String from, String to, WhyNot.Asked asked) {
        var placements = asked.placements();
        if (placements.isEmpty()) {
            return sentences.say("why-not.no-rule", from, to, asked.offer());
        }
        return placements.size() > MOST_PLACES
                ? sentences.say("why-not.never-came.anywhere", from, to, asked.offer(), placements.size())
                : sentences.say("why-not.never-came", from, to, asked.offer(), sentences.any(placements.stream()));
    }

    private String blocked(Blocker blocker) {
        var times = counted("why-not.times.first", blocker.decisions());
        if (blocker.filter().equals(Steps.CONDITIONS)) {
            return sentences.say("why-not.conditions", times, told(blocker), because(blocker));
        }
        var last = last(blocker.decisions(), blocker.lastMillis());
        var winner = blocker.winner();
        if (winner == null) {
            return sentences.say("why-not.kept-away", times, last, because(blocker));
        }
        var key = blocker.winners().size() == 1 ? "why-not.lost" : "why-not.lost.most";
        return sentences.say(key, times, winner, last, because(blocker));
    }

    private String told(Blocker blocker) {
        return sentences.moment(blocker.told().atMillis());
    }

    private String last(long times, long millis) {
        return sentences.say(times == 1 ? "why-not.last.one" : "why-not.last", sentences.moment(millis));
    }

    private String decisions(long number) {
        return counted("why-not.decisions", number);
    }

    private String counted(String key, long number) {
        return sentences.counted(key, number);
    }
}

package io.tappa.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.arbitration.Propensities;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.pack.Lots;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pack.PackSnapshot.Look;
import io.tappa.engine.pause.Pause;
import io.tappa.engine.pause.Pauses;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.visitor.Memory;
import io.tappa.engine.visitor.VisitorState;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Somebody who asks in an example of docs/decisioning.md, as its clauses tell. */
final class PageVisit {
    private static final int MOST_VISITORS = 10_000;
    private static final String MOMENT = "(\\d{4}-\\d\\d-\\d\\d)(?: (\\d\\d:\\d\\d))?";
    private static final Pattern PAUSE =
            Pattern.compile("tappa pause (\\S+) --reason \"(.*)\" --until \"" + MOMENT + "\"");

    private final PackSnapshot pack;
    private final TreeMap<String, String> context = new TreeMap<>();
    private final TreeMap<String, Status> consents = new TreeMap<>();
    private final TreeSet<String> soldOut = new TreeSet<>();
    private List<String> places = List.of("home.hero");
    private long nowMillis;
    private Memory memory = Memory.NONE;
    private Pauses pauses = Pauses.NONE;
    private Grants grants = Grants.NONE;
    private Predicate<Lots> drawn = lots -> true;

    PageVisit(PackSnapshot pack, String command) {
        this.pack = pack;
        this.nowMillis = millis("2026-03-02", "12:00");
        var pause = PAUSE.matcher(command.strip());
        if (pause.matches()) {
            long until = millis(pause.group(3), pause.group(4));
            pauses = pauses.with(new Pause(pause.group(1), pause.group(2), 0, until, "me"));
        }
    }

    private long millis(String day, @Nullable String time) {
        var clock = time == null ? LocalTime.MIDNIGHT : LocalTime.parse(time);
        return LocalDateTime.of(LocalDate.parse(day), clock)
                .atZone(pack.settings().zone())
                .toInstant()
                .toEpochMilli();
    }

    /** Takes over what a clause says, for this decision and for earlier ones that later clauses tell of. */
    void clause(String said) {
        boolean known = is(said, "at (\\S+)(?: and (\\S+))?", this::at)
                || is(said, "on " + MOMENT, match -> nowMillis = millis(match.group(1), match.group(2)))
                || is(said, "saw (\\S+) at (\\S+) on " + MOMENT, this::saw)
                || is(
                        said,
                        "dismissed (\\S+) on " + MOMENT,
                        match -> memory = memory.dismissing(match.group(1), millis(match.group(2), match.group(3))))
                || is(
                        said,
                        "consent to (\\S+) is (\\S+)",
                        match -> consents.put(
                                match.group(1), Status.valueOf(match.group(2).toUpperCase(Locale.ROOT))))
                || is(said, "(\\S+) is sold out", match -> soldOut.add(match.group(1)))
                || is(said, "(\\d+) displays of (\\S+) are used and (\\d+) reserved", this::used)
                || is(said, "all (\\d+) codes of (\\S+) are given", this::given)
                || is(
                        said,
                        "is held back",
                        match -> drawn = lots -> lots.heldBack().contains(Lots.EVERYTHING))
                || is(
                        said,
                        "got (\\S+) in (\\S+)",
                        match -> drawn =
                                lots -> match.group(1).equals(lots.variations().get(match.group(2))))
                || is(said, "(.+) is (\\S+)(?: EUR)?", this::fact);
        assertThat(known).as(said).isTrue();
    }

    private static boolean is(String said, String pattern, Then then) {
        var match = Pattern.compile(pattern).matcher(said);
        boolean matches = match.matches();
        if (matches) {
            then.accept(match);
        }
        return matches;
    }

    private void at(MatchResult match) {
        places = match.group(2) == null ? List.of(match.group(1)) : List.of(match.group(1), match.group(2));
    }

    private void fact(MatchResult match) {
        var fact = Objects.requireNonNull(pack.facts().find(match.group(1)), match.group(1));
        context.put(fact.id(), match.group(2));
    }

    /** An earlier decision, made as this one is. */
    private void saw(MatchResult match) {
        var earlier = inputs(List.of(match.group(2)), millis(match.group(3), match.group(4)));
        var decision = Decider.decide(pack, earlier);
        assertThat(decision.placements().get(0).offer()).as(match.group()).isEqualTo(match.group(1));
        memory = decision.memory();
    }

    private void used(MatchResult match) {
        long used = Long.parseLong(match.group(1));
        long held = Long.parseLong(match.group(3));
        grants = grants.without(Claim.Kind.BUDGET.of(match.group(2)), new Grants.Spent(used, held, used + held));
    }

    private void given(MatchResult match) {
        long all = Long.parseLong(match.group(1));
        assertThat(pack.programme().codes().size(match.group(2))).isEqualTo(all);
        grants = grants.without(Claim.Kind.CODE.of(match.group(2)), new Grants.Spent(all, 0, all));
    }

    Inputs inputs() {
        return inputs(places, nowMillis);
    }

    private Inputs inputs(List<String> asked, long atMillis) {
        var placements = asked.stream().map(this::placement).toList();
        var touchpoint =
                Objects.requireNonNull(pack.touchpoints().find(placements.get(0).touchpoint()));
        var look = look(touchpoint.key(), atMillis);
        return new Inputs(
                new DecisionRequest(touchpoint, placements, context, atMillis),
                look.facts(),
                memory,
                new Permissions(consents),
                look.lots(),
                new Surroundings(pauses, Propensities.NONE, soldOut),
                grants);
    }

    private Placement placement(String name) {
        return Objects.requireNonNull(pack.touchpoints().placement(name), name);
    }

    /** The first of many visitors for whom this was drawn. */
    private Look look(String touchpoint, long atMillis) {
        return IntStream.range(0, MOST_VISITORS)
                .mapToObj(one ->
                        pack.look(VisitorState.UNSEEN, "v-" + one, atMillis, touchpoint, context, ProductNews.NONE))
                .filter(one -> drawn.test(one.lots()))
                .findFirst()
                .orElseThrow();
    }

    /** What becomes of the offer at the last placement asked. */
    Verdict verdict(String offer) {
        var inputs = inputs();
        var decided = Decider.decide(pack, inputs).placements();
        var last = inputs.request().placements().get(places.size() - 1);
        return Stream.concat(
                        decided.get(places.size() - 1).judged().stream(),
                        Explanation.missed(pack, inputs.facts(), last).stream())
                .filter(judged -> judged.candidate().offer().key().equals(offer))
                .map(Judged::verdict)
                .findFirst()
                .orElseThrow(() -> new AssertionError("%s is no candidate".formatted(offer)));
    }

    /** What is done with a clause of a kind. */
    @FunctionalInterface
    private interface Then {
        void accept(MatchResult match);
    }
}

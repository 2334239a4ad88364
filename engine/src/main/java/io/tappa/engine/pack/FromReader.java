package io.tappa.engine.pack;

import io.tappa.engine.fact.Accumulator;
import io.tappa.engine.fact.AnswerAccumulator;
import io.tappa.engine.fact.AnswerAccumulator.Survey;
import io.tappa.engine.fact.AssignmentAccumulator;
import io.tappa.engine.fact.BasketAccumulator;
import io.tappa.engine.fact.ChannelPattern;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.fact.ConsentAccumulator;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.NewsAccumulator;
import io.tappa.engine.fact.OrderAccumulator;
import io.tappa.engine.fact.PatternAccumulator;
import io.tappa.engine.fact.ProductNews.Kind;
import io.tappa.engine.fact.Source;
import io.tappa.engine.fact.TouchAccumulator;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what stands behind {@code from:} in a fact. */
final class FromReader {
    private static final String CONTEXT = "context.";
    private static final String CONSENT = "consent.";
    private static final String EXPERIMENT = "experiment.";
    private static final String OF = " of ";
    private static final Duration DEFAULT_WINDOW = Duration.ofDays(30);
    private static final Duration NEWS_WINDOW = Duration.ofDays(7);
    /** What can be told of any journey; without its name, of the default one. */
    private static final List<String> OF_JOURNEYS = List.of("goal overdue", "stage", "time in stage");
    /** The types that fit each source. */
    private static final Map<String, List<FactType>> TYPES = Map.ofEntries(
            Map.entry("cart.value", List.of(FactType.MONEY)),
            Map.entry("cart.items", List.of(FactType.WHOLE)),
            Map.entry("orders.count", List.of(FactType.WHOLE)),
            Map.entry("orders.value", List.of(FactType.MONEY)),
            Map.entry("orders.last", List.of(FactType.NUMBER, FactType.DATE)),
            Map.entry("local hour", List.of(FactType.WHOLE)),
            Map.entry("weekday", List.of(FactType.WORD)),
            Map.entry("stage", List.of(FactType.WORD)),
            Map.entry("time in stage", List.of(FactType.NUMBER)),
            Map.entry("goal overdue", List.of(FactType.YESNO)),
            Map.entry("first touch", List.of(FactType.WORD)),
            Map.entry("last touch", List.of(FactType.WORD)),
            Map.entry("persona", List.of(FactType.WORD)),
            Map.entry("segment", List.of(FactType.WORD)),
            Map.entry("last nps", List.of(FactType.WHOLE)),
            Map.entry("last csat", List.of(FactType.WHOLE)),
            Map.entry("last ces", List.of(FactType.WHOLE)),
            Map.entry("detractor", List.of(FactType.YESNO)),
            Map.entry("promoter", List.of(FactType.YESNO)),
            Map.entry("ropo", List.of(FactType.YESNO, FactType.WORD)),
            Map.entry("click and collect", List.of(FactType.YESNO, FactType.WORD)),
            Map.entry(Kind.PRICE_DROP.key(), List.of(FactType.YESNO, FactType.WORD, FactType.WHOLE)),
            Map.entry(Kind.BACK_IN_STOCK.key(), List.of(FactType.YESNO, FactType.WORD, FactType.WHOLE)),
            Map.entry("try and buy", List.of(FactType.YESNO, FactType.WORD)));

    private final FactGround ground;
    private final Problems problems;

    FromReader(FactGround ground, Problems problems) {
        this.ground = ground;
        this.problems = problems;
    }

    /** All that may stand behind {@code from:}, but for the values of the context. */
    static SortedSet<String> sources() {
        return new TreeSet<>(TYPES.keySet());
    }

    /** The only type that fits what is {@code said}, or null where several do or nothing is known of it. */
    static @Nullable FactType onlyType(@Nullable String said) {
        if (said != null && (said.startsWith(CONSENT) || said.startsWith(EXPERIMENT))) {
            return FactType.WORD;
        }
        var types = said == null ? null : TYPES.get(what(said));
        return types == null || types.size() > 1 ? null : types.get(0);
    }

    /** All words the source can give, or nothing where it may be any. */
    static List<String> words(Source source, FactGround ground) {
        if (source instanceof Source.StageOf stage) {
            return ground.stageKeys(stage.journey());
        }
        if (source instanceof Source.FirstMatching first) {
            return first.segment() ? ground.segments() : ground.personas();
        }
        if (source instanceof Source.Gathered gathered
                && gathered.accumulator() instanceof ConsentAccumulator consent) {
            return answers(consent);
        }
        boolean isTouch =
                source instanceof Source.Gathered gathered && gathered.accumulator() instanceof TouchAccumulator;
        return isTouch ? ground.touchpoints().keys() : source instanceof Source.Weekday ? Source.WEEKDAYS : List.of();
    }

    private static List<String> answers(ConsentAccumulator consent) {
        var words = new ArrayList<String>();
        Arrays.stream(Consent.Status.values()).map(Consent.Status::key).forEach(words::add);
        if (consent.missing().equals(PackSettings.SESSION)) {
            words.add(PackSettings.SESSION);
        }
        return words;
    }

    /** The source, or null after noting why there is none. */
    @Nullable
    Source read(String said, FactType type, Fields fields) {
        if (said.startsWith(CONTEXT)) {
            return new Source.Context(said.substring(CONTEXT.length()));
        }
        if (said.startsWith(CONSENT)) {
            return consent(said.substring(CONSENT.length()), type, fields);
        }
        if (said.startsWith(EXPERIMENT)) {
            return isWord(type, "An experiment", "it is the variation somebody got", fields)
                    ? gathered(new AssignmentAccumulator(said.substring(EXPERIMENT.length())))
                    : null;
        }
        var what = what(said);
        var types = TYPES.get(what);
        if (types == null) {
            unknown(said, fields);
            return null;
        }
        var source = source(what, said, fields);
        if (source != null && !types.contains(type)) {
            problems.error(
                    "wrong-type",
                    fields.placeOf("type"),
                    "\"from: %s\" cannot give a fact of the type %s.".formatted(said, type.key()),
                    "Write type: %s."
                            .formatted(types.stream().map(FactType::key).collect(Collectors.joining(" or type: "))));
            return null;
        }
        return source;
    }

    private @Nullable Source consent(String purpose, FactType type, Fields fields) {
        if (!Consent.allNames().contains(purpose)) {
            problems.error(
                    "unknown-purpose",
                    fields.placeOf("from"),
                    "There is no purpose \"%s\" to consent to.".formatted(purpose),
                    Suggestion.cure(purpose, "purposes", Consent.allNames()));
            return null;
        }
        return isWord(type, "A consent", "it is granted, denied or pending", fields)
                ? gathered(new ConsentAccumulator(purpose, ground.settings().missingConsent(purpose)))
                : null;
    }

    private boolean isWord(FactType type, String source, String why, Fields fields) {
        if (type != FactType.WORD) {
            problems.error(
                    "wrong-type",
                    fields.placeOf("type"),
                    "%s cannot give a fact of the type %s.".formatted(source, type.key()),
                    "Write type: word; %s.".formatted(why));
        }
        return type == FactType.WORD;
    }

    private void unknown(String said, Fields fields) {
        var known = sources();
        known.add(CONTEXT + "NAME");
        known.add(CONSENT + "PURPOSE");
        known.add(EXPERIMENT + "NAME");
        problems.error(
                "unknown-source",
                fields.placeOf("from"),
                "Nothing called \"%s\" can be asked.".formatted(said),
                Suggestion.nearest(said, known) == null
                        ? "Ask for one of: %s.".formatted(String.join(", ", known))
                        : Suggestion.cure(said, "sources", known));
    }

    /** What is asked, without the journey it is asked of. */
    private static String what(String said) {
        for (var what : OF_JOURNEYS) {
            if (said.startsWith(what + OF)) {
                return what;
            }
        }
        return said;
    }

    private @Nullable Source source(String what, String said, Fields fields) {
        return switch (what) {
            case "cart.value" -> basket(BasketAccumulator.Reading.VALUE);
            case "cart.items" -> basket(BasketAccumulator.Reading.ITEMS);
            case "orders.count" -> orders(OrderAccumulator.Reading.COUNT);
            case "orders.value" -> orders(OrderAccumulator.Reading.VALUE);
            case "orders.last" -> orders(OrderAccumulator.Reading.LAST);
            case "local hour" -> new Source.LocalHour();
            case "weekday" -> new Source.Weekday();
            case "stage", "time in stage", "goal overdue" -> ofJourney(what, said, fields);
            case "first touch" -> new Source.Gathered(new TouchAccumulator(ground.touchpoints(), true));
            case "last touch" -> new Source.Gathered(new TouchAccumulator(ground.touchpoints(), false));
            case "persona", "segment" -> new Source.FirstMatching(what.equals("segment"));
            case "last nps" -> answer(Survey.NPS, AnswerAccumulator.Reading.SCORE, fields);
            case "last csat" -> answer(Survey.CSAT, AnswerAccumulator.Reading.SCORE, fields);
            case "last ces" -> answer(Survey.CES, AnswerAccumulator.Reading.SCORE, fields);
            case "detractor" -> answer(Survey.NPS, AnswerAccumulator.Reading.DETRACTOR, fields);
            case "promoter" -> answer(Survey.NPS, AnswerAccumulator.Reading.PROMOTER, fields);
            case "price drop" -> news(Kind.PRICE_DROP, fields);
            case "back in stock" -> news(Kind.BACK_IN_STOCK, fields);
            default -> pattern(what, fields);
        };
    }

    private Source basket(BasketAccumulator.Reading reading) {
        return gathered(new BasketAccumulator(reading, ground.settings().minorUnits()));
    }

    private Source orders(OrderAccumulator.Reading reading) {
        return gathered(new OrderAccumulator(reading, ground.settings().minorUnits()));
    }

    private static Source gathered(Accumulator accumulator) {
        return new Source.Gathered(accumulator);
    }

    private @Nullable Source ofJourney(String what, String said, Fields fields) {
        var journey = said.equals(what)
                ? ground.settings().journey()
                : said.substring(what.length() + OF.length()).trim();
        boolean isKnown = said.equals(what) || ground.journeyKeys().contains(journey);
        if (!isKnown && !ground.hasNamelessJourney()) {
            problems.error(
                    "unknown-journey",
                    fields.placeOf("from"),
                    "There is no journey \"%s\".".formatted(journey),
                    Suggestion.cure(journey, "journeys", ground.journeyKeys()));
            return null;
        }
        return switch (what) {
            case "stage" -> new Source.StageOf(journey);
            case "time in stage" -> new Source.TimeInStage(journey);
            default -> new Source.GoalOverdue(journey, ground.goalMillis(journey));
        };
    }

    /** Answers may be limited further, for example to one touchpoint. */
    private Source answer(Survey survey, AnswerAccumulator.Reading reading, Fields fields) {
        var where = SourceReader.where(fields, problems);
        return gathered(AnswerAccumulator.of(survey, reading, where));
    }

    private Source news(Kind kind, Fields fields) {
        var within = fields.duration("within");
        return gathered(new NewsAccumulator(kind, within == null ? NEWS_WINDOW : within));
    }

    private Source pattern(String what, Fields fields) {
        var pattern = Stream.of(ChannelPattern.values())
                .filter(candidate -> candidate.key().equals(what))
                .findFirst()
                .orElseThrow();
        var within = fields.duration("within");
        return gathered(new PatternAccumulator(
                pattern, within == null ? DEFAULT_WINDOW : within, fields.text("shop"), ground.touchpoints()));
    }
}

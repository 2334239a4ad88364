package io.tappa.engine.pack;

import io.tappa.engine.contact.ContactPolicy;
import io.tappa.engine.experiment.Experiments;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import io.tappa.engine.offer.OfferCatalog;
import io.tappa.engine.persona.Personas;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.RuleCompiler;
import io.tappa.engine.rule.box.Terrain;
import io.tappa.engine.rule.drools.DroolsRuleSet;
import io.tappa.engine.rule.file.ConditionReader;
import io.tappa.engine.rule.file.DecisionFileReader;
import io.tappa.engine.rule.file.DecisionTableReader;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.Table;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.rule.file.YamlNode;
import io.tappa.engine.touchpoint.Touchpoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and checks all files of a pack, and compiles them when they hold no error. */
public final class PackReader {
    /** Most rules in one pack. */
    public static final int MOST_RULES = 20_000;

    private final PackFiles files;
    private final Problems problems = new Problems();
    private final PackRoots roots;

    private PackReader(PackFiles files) {
        this.files = files;
        this.roots = new PackRoots(files, problems);
    }

    /** Reads {@code files} and compiles their rules into Drools. */
    public static PackResult read(PackFiles files) {
        return read(files, DroolsRuleSet::compile);
    }

    /** Reads {@code files} and compiles their rules with {@code compiler}. */
    public static PackResult read(PackFiles files, RuleCompiler compiler) {
        var reader = new PackReader(files);
        var snapshot = reader.snapshot(compiler);
        if (snapshot != null) {
            DecisionCheck.check(snapshot, reader.problems);
        }
        return new PackResult(snapshot, reader.problems.all());
    }

    /**
     * Compiles the rules of {@code files} into Drools for whoever wants no warnings, which saves looking for rules that never win; null
     * where they have errors.
     */
    public static @Nullable PackSnapshot compiled(PackFiles files) {
        return new PackReader(files).snapshot(DroolsRuleSet::compile);
    }

    private @Nullable PackSnapshot snapshot(RuleCompiler compiler) {
        boolean namesAreLost = roots.namesAreLost();
        var root = roots.find(PackRoots.PACK);
        var settings = root == null ? null : new SettingsReader(problems).read(root);
        if (settings == null || namesAreLost) {
            return null;
        }
        var touchpointReader = new TouchpointReader(problems);
        var touchpoints = read(PackRoots.TOUCHPOINTS, new Touchpoints(List.of()), touchpointReader::read);
        var journeyReaders = journeyReaders(settings);
        var personaReader = new PersonaReader(roots.find(PackRoots.PERSONAS), problems);
        var segmentReader = new SegmentReader(roots.find(PackRoots.SEGMENTS), problems);
        var ground = new FactGround(settings, touchpoints, journeyReaders, personaReader.keys(), segmentReader.keys());
        var builtIn = BuiltInFacts.of(ground);
        var facts = new FactCatalog(
                read(PackRoots.FACTS, builtIn, new FactReader(ground, builtIn, problems)::read), settings.zone());
        var money = new Money(
                settings, read(PackRoots.RATES, Map.of(), new RatesReader(settings, problems)::read), facts.facts());
        var surveys = read(PackRoots.SURVEYS, List.<Survey>of(), new SurveyReader(touchpoints, problems)::read);
        var codes = new CodeReader(problems).read(files.contents());
        var offers = read(
                PackRoots.OFFERS,
                new OfferCatalog(List.of()),
                new OfferReader(
                        settings, facts, segmentReader.keys(), codes.byName().keySet(), problems)::read);
        var words = new Vocabulary(facts, touchpoints, offers);
        var conditions = new ConditionReader(facts, problems);
        var segments = segmentReader.read(conditions, words);
        var personas = personaReader.read(conditions, words, segments);
        var journeys = journeys(journeyReaders, conditions);
        var moveRules = MoveRules.of(journeys, words, settings);
        if (!roots.groundIsLost()) {
            checkJourneys(journeyReaders, journeys, personas, words, settings);
        }
        new NewsInMoves(facts, personas, problems).check(journeys, roots.in(PackRoots.JOURNEYS));
        var rules = decisionRules(words);
        checkFallbacks(touchpointReader.fallbacks(), words);
        var content = new ContentCheck(words, settings, problems);
        content.check(rules);
        var stage = new ProgrammeGround(settings, words, segmentReader.keys(), events(facts, journeys));
        var campaigns = new CampaignReader(stage, problems).read(roots.in(PackRoots.CAMPAIGNS));
        ScarcityCheck.check(campaigns, words, problems);
        var experiments =
                read(PackRoots.EXPERIMENTS, Experiments.NONE, new ExperimentReader(stage, content, problems)::read);
        var policyReader = new PolicyReader(offers, touchpoints, campaigns, problems);
        var policy = read(PackRoots.POLICY, ContactPolicy.NONE, policyReader::read);
        var programme = new Programme(campaigns, experiments, policyReader.holdBack(), codes);
        boolean programmeIsLost = Stream.of(PackRoots.CAMPAIGNS, PackRoots.EXPERIMENTS, PackRoots.POLICY)
                .anyMatch(roots::hasProblemsIn);
        var scenarios = scenarios(new ScenarioGround(
                words,
                roots.groundIsLost() ? List.of() : journeys,
                roots.hasProblemsIn(PackRoots.DECISIONS) ? null : ids(rules),
                programmeIsLost ? null : programme));
        if (problems.hasErrors()) {
            return null;
        }
        return new PackSnapshot(
                settings,
                files.hash(),
                ListsAsked.facts(
                        policy.asksForLocalTime() || campaigns.askForLocalTime() || offers.askForLocalTime()
                                ? facts.withLocalTime()
                                : facts,
                        settings,
                        words,
                        rules,
                        experiments),
                money,
                surveys,
                personas,
                journeys,
                touchpoints,
                offers,
                compiler.compile(moveRules),
                compiler.compile(rules),
                policy,
                programme,
                scenarios,
                PackSnapshot.KEEP);
    }

    /** All events that facts and moves know; null where some of them cannot be read. */
    private @Nullable SortedSet<String> events(FactCatalog facts, List<Journey> journeys) {
        var events = facts.eventsRead();
        journeys.forEach(journey ->
                journey.moves().stream().map(Move::on).filter(Objects::nonNull).forEach(events::add));
        return roots.groundIsLost() ? null : events;
    }

    private <T> T read(String file, T otherwise, Function<YamlNode, T> reader) {
        var root = roots.find(file);
        return root == null ? otherwise : reader.apply(root);
    }

    private List<JourneyReader> journeyReaders(PackSettings settings) {
        var readers = new ArrayList<JourneyReader>();
        var keys = new TreeSet<String>();
        for (var root : roots.in(PackRoots.JOURNEYS)) {
            var reader = new JourneyReader(root, problems);
            readers.add(reader);
            var key = reader.key();
            if (key != null && !keys.add(key)) {
                problems.error(
                        "duplicate-id",
                        reader.place(),
                        "Two files hold the journey \"%s\".".formatted(key),
                        "Keep one of them, or rename the journey.");
            }
        }
        boolean allHaveNames = readers.stream().allMatch(reader -> reader.key() != null);
        if (!keys.contains(settings.journey()) && allHaveNames) {
            problems.error(
                    "unknown-journey",
                    placeOfJourney(),
                    "There is no journey \"%s\", though pack.yaml names it as the default."
                            .formatted(settings.journey()),
                    Suggestion.cure(settings.journey(), "journeys", keys));
        }
        return readers;
    }

    private Place placeOfJourney() {
        var root = roots.find(PackRoots.PACK);
        return root == null
                ? Place.file(PackRoots.PACK)
                : new Fields(root, "the settings of a pack", new Problems()).placeOf("journey");
    }

    private static List<Journey> journeys(List<JourneyReader> readers, ConditionReader conditions) {
        var journeys = new ArrayList<Journey>();
        for (var reader : readers) {
            var journey = reader.read(conditions);
            if (journey != null) {
                journeys.add(journey);
            }
        }
        return journeys;
    }

    private void checkJourneys(
            List<JourneyReader> readers,
            List<Journey> journeys,
            Personas personas,
            Vocabulary words,
            PackSettings settings) {
        for (int i = 0; i < journeys.size(); i++) {
            var journey = journeys.get(i);
            var terrain = new Terrain(journey, journeys, words.facts(), personas);
            var rules = MoveRules.of(List.of(journey), words, settings);
            var trial = new MoveTrial(journey, rules, FactWords.english(settings));
            JourneyCheck.check(journey, readers.get(i), terrain, trial, problems);
        }
    }

    private List<Rule> decisionRules(Vocabulary words) {
        var rules = new ArrayList<Rule>();
        files.contents().forEach((name, content) -> {
            var root = roots.find(name);
            if (name.startsWith(PackRoots.DECISIONS) && name.endsWith(".csv")) {
                var table = Table.read(name, content, problems);
                if (table != null) {
                    rules.addAll(new DecisionTableReader(words, problems).read(table));
                }
            } else if (name.startsWith(PackRoots.DECISIONS) && root != null) {
                rules.addAll(new DecisionFileReader(words, problems).read(root));
            }
        });
        if (rules.size() > MOST_RULES) {
            problems.error(
                    "too-many-rules",
                    Place.file("decisions"),
                    "The pack has %,d rules; %,d are possible.".formatted(rules.size(), MOST_RULES),
                    "Remove rules that have ended.");
        }
        return unique(rules);
    }

    private static SortedSet<String> ids(List<Rule> rules) {
        return rules.stream().map(Rule::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Rule> unique(List<Rule> rules) {
        var first = new LinkedHashMap<String, Rule>();
        for (var rule : rules) {
            var other = first.putIfAbsent(rule.id(), rule);
            if (other != null) {
                problems.error(
                        "duplicate-id",
                        rule.place().inside(rule.id()),
                        "Two rules have the id \"%s\"; the other is in %s."
                                .formatted(rule.id(), other.place().inWords()),
                        "Give one of them another id.");
            }
        }
        return List.copyOf(first.values());
    }

    private void checkFallbacks(Map<String, YamlNode> fallbacks, Vocabulary words) {
        fallbacks.forEach((placement, node) -> {
            if (words.offers().find(node.text()) == null) {
                problems.error(
                        "unknown-offer",
                        node.place(),
                        "There is no offer \"%s\" for the fallback of %s.".formatted(node.text(), placement),
                        Suggestion.cure(node.text(), "offers", words.offers().keys()));
            }
        });
    }

    private List<Scenario> scenarios(ScenarioGround ground) {
        var scenarios = new ArrayList<Scenario>();
        roots.in(PackRoots.SCENARIOS)
                .forEach(root -> scenarios.addAll(new ScenarioReader(ground, problems).read(root)));
        return scenarios;
    }
}

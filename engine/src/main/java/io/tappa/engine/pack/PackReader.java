package io.tappa.engine.pack;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.PhraseReader;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.contact.ContactPolicy;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.Source;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.offer.OfferCatalog;
import io.tappa.engine.persona.Persona;
import io.tappa.engine.persona.Personas;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.Outcome;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.RuleCompiler;
import io.tappa.engine.rule.drools.DroolsRuleSet;
import io.tappa.engine.rule.file.ConditionReader;
import io.tappa.engine.rule.file.DecisionFileReader;
import io.tappa.engine.rule.file.DecisionTableReader;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.Table;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.rule.file.YamlFile;
import io.tappa.engine.rule.file.YamlNode;
import io.tappa.engine.touchpoint.Touchpoint;
import io.tappa.engine.touchpoint.Touchpoints;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads and checks all files of a pack, and compiles them when they hold no error. */
public final class PackReader {
    /** Most rules in one pack. */
    public static final int MOST_RULES = 20_000;

    private static final String PACK = "pack.yaml";
    private static final String FACTS = "facts.yaml";
    private static final String TOUCHPOINTS = "touchpoints.yaml";
    private static final String OFFERS = "offers.yaml";
    private static final String PERSONAS = "personas.yaml";
    private static final String POLICY = "contact-policy.yaml";
    private static final List<String> SINGLE = List.of(PACK, FACTS, TOUCHPOINTS, OFFERS, PERSONAS, POLICY);
    private static final String JOURNEYS = "journeys/";
    private static final String DECISIONS = "decisions/";
    private static final String SCENARIOS = "scenarios/";
    private static final List<String> FOLDERS = List.of(JOURNEYS, DECISIONS, SCENARIOS);
    /** Files whose names others use, and the key they begin with. */
    private static final Map<String, String> NAMES =
            Map.of(FACTS, "facts", TOUCHPOINTS, "touchpoints", OFFERS, "offers", PERSONAS, "personas");

    private final PackFiles files;
    private final Problems problems = new Problems();
    private final Map<String, YamlNode> roots = new TreeMap<>();

    private PackReader(PackFiles files) {
        this.files = files;
    }

    /** Reads {@code files} and compiles their rules into Drools. */
    public static PackResult read(PackFiles files) {
        return read(files, DroolsRuleSet::compile);
    }

    /** Reads {@code files} and compiles their rules with {@code compiler}. */
    public static PackResult read(PackFiles files, RuleCompiler compiler) {
        var reader = new PackReader(files);
        return new PackResult(reader.snapshot(compiler), reader.problems.all());
    }

    private @Nullable PackSnapshot snapshot(RuleCompiler compiler) {
        readRoots();
        boolean namesAreLost = namesAreLost();
        var settings = settings();
        if (settings == null || namesAreLost) {
            return null;
        }
        var touchpointReader = new TouchpointReader(problems);
        var touchpointRoot = roots.get(TOUCHPOINTS);
        var touchpoints = touchpointRoot == null ? new Touchpoints(List.of()) : touchpointReader.read(touchpointRoot);
        var journeyReaders = journeyReaders(settings);
        var personaRoots = personaRoots();
        var facts = facts(settings, touchpoints, journeyReaders, personaRoots);
        var conditions = new ConditionReader(facts, problems);
        var personas = personas(personaRoots, conditions, facts);
        var journeys = journeys(journeyReaders, conditions);
        var offerRoot = roots.get(OFFERS);
        var offers = offerRoot == null
                ? new OfferCatalog(List.of())
                : new OfferReader(settings, facts, problems).read(offerRoot);
        var words = new Vocabulary(facts, touchpoints, offers);
        var rules = decisionRules(words);
        checkFallbacks(touchpointReader.fallbacks(), words);
        new ContentCheck(words, settings, problems).check(rules);
        var policyRoot = roots.get(POLICY);
        var policy = policyRoot == null
                ? new ContactPolicy(List.of(), settings.zone())
                : new PolicyReader(offers, touchpoints, problems).read(policyRoot, settings.zone());
        var scenarios = scenarios(words, hasProblemsIn(DECISIONS) ? null : rules);
        if (problems.hasErrors()) {
            return null;
        }
        return new PackSnapshot(
                settings,
                files.hash(),
                facts,
                personas,
                journeys,
                touchpoints,
                offers,
                compiler.compile(moveRules(journeys, words, settings)),
                compiler.compile(rules),
                policy,
                scenarios);
    }

    private void readRoots() {
        if (files.contents().size() > PackFiles.MOST_FILES) {
            problems.error(
                    "too-many-files",
                    Place.file(PACK),
                    "The pack has more than %s files.".formatted(PackFiles.MOST_FILES),
                    "Join small files, or remove what has ended.");
        }
        for (var file : files.contents().entrySet()) {
            var name = file.getKey();
            if (!SINGLE.contains(name) && FOLDERS.stream().noneMatch(name::startsWith)) {
                var known = new TreeSet<>(SINGLE);
                FOLDERS.forEach(folder -> known.add(folder + "…"));
                problems.error(
                        "unknown-file",
                        Place.file(name),
                        "The file is no part of a pack.",
                        Suggestion.cure(name, "files of a pack", known));
            } else if (name.endsWith(".csv") && !name.startsWith(DECISIONS)) {
                problems.error(
                        "unknown-file",
                        Place.file(name),
                        "Only decisions can be written as a table.",
                        "Write it as a .yaml file, or move it to decisions/.");
            } else if (name.endsWith(".yaml")) {
                var root = YamlFile.read(name, file.getValue(), problems);
                if (root != null) {
                    roots.put(name, root);
                    checkTop(name, root);
                }
            }
        }
    }

    private void checkTop(String name, YamlNode root) {
        var top = NAMES.get(name);
        if (top != null) {
            var fields = new Fields(root, "\"%s:\" and their names".formatted(top), problems);
            if (fields.take(top) == null) {
                fields.missing(
                        List.of(top), "The file names no %s.".formatted(top), "Begin it with \"%s:\".".formatted(top));
            }
            fields.finish();
        }
    }

    private boolean hasProblemsIn(String folder) {
        return problems.all().stream()
                .anyMatch(problem -> problem.place().source().startsWith(folder));
    }

    /** Whether a file that names things cannot be read: every use of its names would look like a mistake, too. */
    private boolean namesAreLost() {
        return problems.all().stream()
                .map(problem -> problem.place().source())
                .anyMatch(source -> !source.startsWith(DECISIONS) && !source.startsWith(SCENARIOS));
    }

    private List<YamlNode> in(String folder) {
        return roots.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(folder))
                .map(Map.Entry::getValue)
                .toList();
    }

    private @Nullable PackSettings settings() {
        var root = roots.get(PACK);
        if (root == null) {
            if (!files.contents().containsKey(PACK)) {
                problems.error(
                        "missing",
                        Place.file(PACK),
                        "The folder has no file pack.yaml.",
                        "Add it; it needs pack, zone, currency, languages and journey.");
            }
            return null;
        }
        var fields = new Fields(root, "the settings of a pack", problems);
        var name = fields.key("pack");
        var owner = fields.text("owner");
        var zone = zone(fields);
        var currency = currency(fields);
        var languages = fields.take("languages");
        var journey = fields.key("journey");
        fields.oneOf("review", List.of("none", "required"));
        var consent = new TreeMap<String, String>();
        var purposes = fields.take("consent");
        if (purposes != null) {
            var purposeFields = new Fields(purposes, "consent by purpose", problems);
            purposes.entries(new Problems(), "consent").keySet().forEach(key -> {
                var meaning = purposeFields.oneOf(key.text(), List.of("granted", "denied", "session"));
                if (meaning != null) {
                    consent.put(key.text(), meaning);
                }
            });
        }
        fields.finish();
        if (name == null || zone == null || currency == null || journey == null) {
            return null;
        }
        var named = languages == null
                ? List.of("en")
                : languages.items().stream().map(YamlNode::text).toList();
        return new PackSettings(name, owner, zone, currency, named, journey, consent);
    }

    private @Nullable ZoneId zone(Fields fields) {
        var text = fields.required("zone");
        var zone = text == null ? null : PhraseReader.zone(text);
        if (text != null && zone == null) {
            problems.error(
                    "unknown-zone",
                    fields.placeOf("zone"),
                    "There is no time zone \"%s\".".formatted(text),
                    Suggestion.cure(text, "zones", new TreeSet<>(ZoneId.getAvailableZoneIds())));
        }
        return zone;
    }

    private @Nullable Currency currency(Fields fields) {
        var text = fields.required("currency");
        if (text == null) {
            return null;
        }
        for (var currency : Currency.getAvailableCurrencies()) {
            if (currency.getCurrencyCode().equals(text)) {
                return currency;
            }
        }
        problems.error(
                "unknown-currency",
                fields.placeOf("currency"),
                "There is no currency \"%s\".".formatted(text),
                "Write its three letters, for example EUR.");
        return null;
    }

    private List<JourneyReader> journeyReaders(PackSettings settings) {
        var readers = new ArrayList<JourneyReader>();
        var keys = new TreeSet<String>();
        for (var root : in(JOURNEYS)) {
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
        var root = roots.get(PACK);
        return root == null
                ? Place.file(PACK)
                : new Fields(root, "the settings of a pack", new Problems()).placeOf("journey");
    }

    private Map<YamlNode, YamlNode> personaRoots() {
        var root = roots.get(PERSONAS);
        if (root == null) {
            return Map.of();
        }
        var fields = new Fields(root, "\"personas:\" and their names", problems);
        var map = fields.take("personas");
        fields.finish();
        return map == null ? Map.of() : map.entries(problems, "personas by name");
    }

    private FactCatalog facts(
            PackSettings settings,
            Touchpoints touchpoints,
            List<JourneyReader> journeys,
            Map<YamlNode, YamlNode> personas) {
        var builtIn = new ArrayList<Fact>();
        addBuiltIn(
                builtIn,
                Vocabulary.TOUCHPOINT,
                FactType.WORD,
                new Source.TouchpointKey(),
                touchpoints.all().stream().map(Touchpoint::key).toList());
        addBuiltIn(builtIn, Vocabulary.EVENT, FactType.WORD, new Source.EventName(), List.of());
        addStages(builtIn, settings.journey(), Vocabulary.STAGE, Vocabulary.REACHED, journeys);
        addBuiltIn(
                builtIn,
                Vocabulary.PERSONA,
                FactType.WORDS,
                new Source.Personas(),
                personas.keySet().stream().map(YamlNode::text).toList());
        for (var journey : journeys) {
            var key = journey.key();
            if (key != null && !key.equals(settings.journey())) {
                addStages(
                        builtIn,
                        key,
                        Vocabulary.of(Vocabulary.STAGE, key),
                        Vocabulary.of(Vocabulary.REACHED, key),
                        journeys);
            }
        }
        var root = roots.get(FACTS);
        return new FactCatalog(
                root == null ? builtIn : new FactReader(settings, builtIn, problems).read(root), settings.zone());
    }

    private static void addStages(
            List<Fact> facts, String journey, String stage, String reached, List<JourneyReader> journeys) {
        var stages = journeys.stream()
                .filter(reader -> journey.equals(reader.key()))
                .flatMap(reader -> reader.stageKeys().stream())
                .distinct()
                .toList();
        addBuiltIn(facts, stage, FactType.WORD, new Source.StageOf(journey), stages);
        addBuiltIn(facts, reached, FactType.WORDS, new Source.Reached(journey), stages);
    }

    private static void addBuiltIn(List<Fact> facts, String name, FactType type, Source source, List<String> words) {
        facts.add(Fact.of(facts.size(), name, name, type, 1, source).oneOf(words));
    }

    private Personas personas(Map<YamlNode, YamlNode> roots, ConditionReader conditions, FactCatalog facts) {
        var fact = new Vocabulary(facts, new Touchpoints(List.of()), new OfferCatalog(List.of()))
                .builtIn(Vocabulary.PERSONA);
        var personas = new ArrayList<Persona>();
        roots.forEach((key, value) -> {
            int before = problems.count();
            var fields = new Fields(value, "a persona", problems);
            var alternatives = conditions.read(fields.take("if"));
            if (!fields.has("if")) {
                fields.required("if");
            }
            fields.finish();
            if (asks(alternatives, fact)) {
                problems.error(
                        "circular",
                        value.place(),
                        "The persona %s asks for a persona.".formatted(key.text()),
                        "Write out the conditions of the other persona.");
            }
            problems.nameSince(before, key.text());
            personas.add(new Persona(key.text(), alternatives));
        });
        return new Personas(personas, fact.index());
    }

    private static boolean asks(List<Box> alternatives, Fact fact) {
        return alternatives.stream()
                .flatMap(box -> box.conditions().stream())
                .anyMatch(condition -> condition.fact().index() == fact.index());
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

    private List<Rule> decisionRules(Vocabulary words) {
        var rules = new ArrayList<Rule>();
        files.contents().forEach((name, content) -> {
            if (name.startsWith(DECISIONS) && name.endsWith(".csv")) {
                var table = Table.read(name, content, problems);
                if (table != null) {
                    rules.addAll(new DecisionTableReader(words, problems).read(table));
                }
            } else if (name.startsWith(DECISIONS) && roots.containsKey(name)) {
                rules.addAll(new DecisionFileReader(words, problems).read(roots.get(name)));
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

    private List<Scenario> scenarios(Vocabulary words, @Nullable List<Rule> rules) {
        var scenarios = new ArrayList<Scenario>();
        in(SCENARIOS).forEach(root -> scenarios.addAll(new ScenarioReader(words, rules, problems).read(root)));
        return scenarios;
    }

    /** Moves as rules: the event and the stages they start in are conditions like any other. */
    private static List<Rule> moveRules(List<Journey> journeys, Vocabulary words, PackSettings settings) {
        var rules = new ArrayList<Rule>();
        for (var journey : journeys) {
            var stageName = journey.key().equals(settings.journey())
                    ? Vocabulary.STAGE
                    : Vocabulary.of(Vocabulary.STAGE, journey.key());
            for (var move : journey.moves()) {
                var conditions = new ArrayList<Condition>();
                conditions.add(new Condition(
                        words.builtIn(Vocabulary.EVENT), new ValueSet.Words(new TreeSet<>(List.of(move.on())), false)));
                if (!move.from().isEmpty()) {
                    conditions.add(new Condition(words.builtIn(stageName), new ValueSet.Words(move.from(), false)));
                }
                var head = new Box(conditions);
                rules.add(new Rule(
                        journey.key() + "/" + move.id(),
                        move.id(),
                        move.priority(),
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        move.alternatives().stream().map(head::and).toList(),
                        new Outcome.MoveTo(journey.key(), move.to(), move.id()),
                        Place.file("journeys/" + journey.key() + ".yaml")));
            }
        }
        return rules;
    }
}

package io.tappa.engine.pack;

import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlFile;
import io.tappa.engine.rule.file.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The files of a pack as trees, each known by its name; strangers and unreadable ones are noted. */
final class PackRoots {
    static final String PACK = "pack.yaml";
    static final String FACTS = "facts.yaml";
    static final String TOUCHPOINTS = "touchpoints.yaml";
    static final String OFFERS = "offers.yaml";
    static final String PERSONAS = "personas.yaml";
    static final String SEGMENTS = "segments.yaml";
    static final String POLICY = "contact-policy.yaml";
    static final String RATES = "rates.yaml";
    static final String SURVEYS = "surveys.yaml";
    static final String EXPERIMENTS = "experiments.yaml";
    static final String JOURNEYS = "journeys/";
    static final String CAMPAIGNS = "campaigns/";
    static final String CODES = "codes/";
    static final String DECISIONS = "decisions/";
    static final String SCENARIOS = "scenarios/";

    private static final List<String> SINGLE =
            List.of(PACK, FACTS, TOUCHPOINTS, OFFERS, PERSONAS, SEGMENTS, POLICY, RATES, SURVEYS, EXPERIMENTS);
    private static final List<String> FOLDERS = List.of(JOURNEYS, DECISIONS, CAMPAIGNS, CODES, SCENARIOS);
    /** Files on which the conditions of moves build. */
    private static final List<String> GROUND = List.of(PACK, FACTS, PERSONAS, SEGMENTS);
    /** Files whose names others use, and the key they begin with. */
    private static final Map<String, String> NAMES = Map.of(
            FACTS, "facts",
            TOUCHPOINTS, "touchpoints",
            OFFERS, "offers",
            PERSONAS, "personas",
            SEGMENTS, "segments",
            RATES, "rates",
            SURVEYS, "surveys");

    private final PackFiles files;
    private final Problems problems;
    private final Map<String, YamlNode> roots = new TreeMap<>();

    PackRoots(PackFiles files, Problems problems) {
        this.files = files;
        this.problems = problems;
        readRoots();
        if (!files.contents().containsKey(PACK)) {
            problems.error(
                    "missing",
                    Place.file(PACK),
                    "The folder has no file pack.yaml.",
                    "Add it; it needs pack, zone, currency, languages and journey.");
        }
    }

    /** The file called {@code name}, or null when it is missing or unreadable. */
    @Nullable
    YamlNode find(String name) {
        return roots.get(name);
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
            } else if (name.endsWith(".yaml") && name.startsWith(CODES)) {
                problems.error(
                        "unknown-file",
                        Place.file(name),
                        "Codes are written one in each line.",
                        "Write them as a .csv file, or move this one elsewhere.");
            } else if (name.endsWith(".csv") && !name.startsWith(DECISIONS) && !name.startsWith(CODES)) {
                problems.error(
                        "unknown-file",
                        Place.file(name),
                        "Only decisions and codes can be written as a table.",
                        "Write it as a .yaml file, or move it to decisions/ or codes/.");
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

    /** Whether anything is wrong in the files of {@code folder}. */
    boolean hasProblemsIn(String folder) {
        return problems.all().stream()
                .anyMatch(problem -> problem.place().source().startsWith(folder));
    }

    /** Whether a file that names things cannot be read: every use of its names would look like a mistake, too. */
    boolean namesAreLost() {
        return problems.all().stream()
                .map(problem -> problem.place().source())
                .anyMatch(source -> !source.startsWith(DECISIONS) && !source.startsWith(SCENARIOS));
    }

    /** Whether so much is wrong in facts, journeys and what they build on that nothing can be said about moves. */
    boolean groundIsLost() {
        return problems.all().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .map(problem -> problem.place().source())
                .anyMatch(source -> source.startsWith(JOURNEYS) || GROUND.contains(source));
    }

    /** The readable files of {@code folder}, by name. */
    List<YamlNode> in(String folder) {
        return roots.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(folder))
                .map(Map.Entry::getValue)
                .toList();
    }
}

package io.tappa.engine.pack;

import io.tappa.engine.offer.CodePools;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code codes/*.csv}: one code in each line; the first line may be {@code code}. */
final class CodeReader {
    /** Most codes of one pool. */
    static final int MOST_CODES = 100_000;

    private static final int MOST_PROBLEMS = 20;
    private static final String HEAD = "code";
    private static final String SUFFIX = ".csv";
    private static final Pattern NAME = Pattern.compile("codes/([a-z0-9][a-z0-9-]{0,63})\\.csv");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Problems problems;

    CodeReader(Problems problems) {
        this.problems = problems;
    }

    /** How the pool in the file {@code path} is called, or null where such a file cannot be one. */
    static @Nullable String pool(String path) {
        var name = NAME.matcher(path);
        return name.matches() ? name.group(1) : null;
    }

    CodePools read(SortedMap<String, String> files) {
        var pools = new TreeMap<String, List<String>>();
        files.forEach((path, content) -> {
            if (path.startsWith(PackRoots.CODES) && path.endsWith(SUFFIX)) {
                var pool = pool(path);
                if (pool == null) {
                    problems.error(
                            "wrong-name",
                            Place.file(path),
                            "\"%s\" is no name for a file of codes.".formatted(path),
                            "Write small letters, digits and hyphens, for example codes/bf-20.csv.");
                } else {
                    pools.put(pool, codes(path, content));
                }
            }
        });
        return new CodePools(pools);
    }

    private List<String> codes(String path, String content) {
        var lines = new LinkedHashMap<String, Integer>();
        int number = 0;
        int before = problems.count();
        for (var line : content.lines().toList()) {
            number++;
            var code = line.strip();
            if (code.isEmpty() || (number == 1 && code.equals(HEAD))) {
                continue;
            }
            if (!CODE.matcher(code).matches()) {
                problems.error(
                        "wrong-code",
                        Place.at(path, number, 1),
                        "\"%s\" is no code.".formatted(code),
                        "Write one code in each line: letters, digits, hyphens, dots and underscores, at most 64.");
            }
            var first = lines.putIfAbsent(code, number);
            if (first != null) {
                problems.error(
                        "duplicate-code",
                        Place.at(path, number, 1),
                        "The code \"%s\" stands in line %d, too.".formatted(code, first),
                        "Keep one of them; each code is given once.");
            }
            if (problems.count() - before >= MOST_PROBLEMS) {
                break;
            }
        }
        if (lines.isEmpty()) {
            problems.error("missing", Place.file(path), "The file holds no code.", "Write one code in each line.");
        }
        if (lines.size() > MOST_CODES) {
            problems.error(
                    "too-many-codes",
                    Place.file(path),
                    "The file holds %,d codes; %,d are possible.".formatted(lines.size(), MOST_CODES),
                    "Put the rest into another file, for another offer or a later time.");
        }
        return new ArrayList<>(lines.keySet());
    }
}

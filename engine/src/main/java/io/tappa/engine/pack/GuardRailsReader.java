package io.tappa.engine.pack;

import io.tappa.engine.campaign.GuardRails;
import io.tappa.engine.campaign.GuardRails.Then;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the value of {@code guard rails}: {@code { displays: 2 times forecast, budget: 90 %, then: pause }}. */
final class GuardRailsReader {
    private static final String DISPLAYS = "displays";
    private static final String BUDGET = "budget";
    private static final String ERRORS = "errors";
    private static final String THEN = "then";
    private static final List<String> LIMITS = List.of(DISPLAYS, BUDGET, ERRORS);
    private static final Pattern TIMES = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,2})?) times forecast");

    private final Problems problems;

    GuardRailsReader(Problems problems) {
        this.problems = problems;
    }

    /** The guard rails of a campaign that has a budget or not; null after noting what is wrong. */
    @Nullable
    GuardRails read(YamlNode map, boolean hasBudget) {
        int before = problems.count();
        var fields = new Fields(map, "guard rails", problems);
        var displays = displays(fields);
        var budget = share(fields, BUDGET);
        var errors = share(fields, ERRORS);
        var then = fields.oneOf(THEN, List.of("pause", "warn"));
        if (!fields.has(THEN)) {
            fields.required(THEN);
        }
        if (LIMITS.stream().noneMatch(fields::has)) {
            fields.missing(
                    LIMITS, "The guard rails have no limit.", "Add one of: %s.".formatted(String.join(", ", LIMITS)));
        }
        fields.finish();
        if (fields.has(BUDGET) && !hasBudget) {
            problems.error(
                    "no-budget",
                    fields.placeOf(BUDGET),
                    "The campaign has no budget that could be used up.",
                    "Add a line \"budget: …\" to the campaign, or leave this limit out.");
        }
        return then == null || problems.hasErrorsSince(before)
                ? null
                : new GuardRails(displays, budget, errors, then.equals("pause") ? Then.PAUSE : Then.WARN);
    }

    private @Nullable Integer share(Fields fields, String key) {
        var text = fields.text(key);
        var value = fields.take(key);
        return text == null || value == null ? null : Shares.read(value, GuardRails.ALL, problems);
    }

    private @Nullable Integer displays(Fields fields) {
        var text = fields.text(DISPLAYS);
        if (text == null) {
            return null;
        }
        var times = TIMES.matcher(text);
        if (times.matches()) {
            int percent = new BigDecimal(times.group(1))
                    .multiply(BigDecimal.valueOf(GuardRails.FORECAST))
                    .intValueExact();
            if (percent >= GuardRails.FORECAST) {
                return percent;
            }
        }
        problems.error(
                "wrong-type",
                fields.placeOf(DISPLAYS),
                "\"%s\" is no limit for displays.".formatted(text),
                "Write for example 2 times forecast, or 1.5 times forecast; at least once.");
        return null;
    }
}

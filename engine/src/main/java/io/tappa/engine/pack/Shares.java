package io.tappa.engine.pack;

import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.YamlNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shares as authors write them: {@code 10 %}, {@code 0.25 %}. */
final class Shares {
    /** All of something, in hundredths of a percent. */
    static final int ALL = 10_000;

    private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,2})?) ?%");
    private static final int PERCENT = 100;

    private Shares() {}

    /** The share at {@code value} in hundredths of a percent, above 0 and at most {@code most}; null after noting why not. */
    static @Nullable Integer read(YamlNode value, int most, Problems problems) {
        var share = SHARE.matcher(value.text());
        if (share.matches()) {
            int hundredths = new BigDecimal(share.group(1))
                    .multiply(BigDecimal.valueOf(PERCENT))
                    .intValueExact();
            if (0 < hundredths && hundredths <= most) {
                return hundredths;
            }
        }
        problems.error(
                "wrong-share",
                value.place(),
                "\"%s\" is no share that is possible here.".formatted(value.text()),
                "Write for example 10 %%; it must be more than 0 %% and %s 100 %%."
                        .formatted(most < ALL ? "less than" : "at most"));
        return null;
    }

    /** Hundredths of a percent as an author would write them. */
    static String inWords(int hundredths) {
        return BigDecimal.valueOf(hundredths, 2).stripTrailingZeros().toPlainString() + " %";
    }
}

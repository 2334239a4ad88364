package io.tappa.api.outcome;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.engine.experiment.Estimate;
import io.tappa.engine.experiment.Lift;
import io.tappa.engine.experiment.NeededSample;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Writes what became of an arm: all figures with their 95 % intervals, money in units of the currency. */
final class ArmJson {
    private static final int DIGITS = 6;
    /** The change of which is said how many people it needs to be seen. */
    private static final double WORTH_SEEING = 0.1;

    private final long minorUnits;

    ArmJson(long minorUnits) {
        this.minorUnits = minorUnits;
    }

    void write(ObjectNode body, Arm arm) {
        body.put("people", arm.people());
        body.put("converted", arm.reached());
        body.put("value", BigDecimal.valueOf(arm.value()).divide(BigDecimal.valueOf(minorUnits)));
        var rate = arm.rate();
        estimate(body, "rate", rate == null ? null : rate.estimate(), 1);
        var perPerson = arm.perPerson();
        if (perPerson != null) {
            estimate(body, "valuePerPerson", perPerson.estimate(), minorUnits);
        }
    }

    /** How much {@code arm} is better than {@code baseline}. */
    void compare(ObjectNode body, Arm arm, Arm baseline) {
        var rate = arm.rate();
        var without = baseline.rate();
        if (rate != null && without != null) {
            var lift = new Lift(without, rate);
            estimate(body, "difference", lift.difference(), 1);
            estimate(body, "lift", lift.relative(), 1);
        }
        var mean = arm.perPerson();
        var meanWithout = baseline.perPerson();
        if (mean != null && meanWithout != null) {
            estimate(body, "morePerPerson", mean.moreThan(meanWithout), minorUnits);
        }
    }

    /** How many people each arm needs, so that a change of a tenth of the baseline's rate can be seen. */
    static void neededSample(ObjectNode body, Arm baseline) {
        var rate = baseline.rate();
        if (rate != null && rate.rate() > 0 && rate.rate() * (1 + WORTH_SEEING) < 1) {
            body.putObject("neededSample")
                    .put("change", WORTH_SEEING)
                    .put("people", new NeededSample(rate.rate(), WORTH_SEEING).perVariation());
        }
    }

    private static void estimate(ObjectNode body, String name, @Nullable Estimate estimate, long unit) {
        if (estimate == null) {
            body.putNull(name);
            return;
        }
        var figure = body.putObject(name);
        put(figure, "is", estimate.value() / unit);
        put(figure, "low", estimate.low() / unit);
        put(figure, "high", estimate.high() / unit);
    }

    /** What is not finite has no number in JSON. */
    private static void put(ObjectNode figure, String name, double value) {
        if (Double.isFinite(value)) {
            figure.put(name, BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_EVEN));
        } else {
            figure.putNull(name);
        }
    }
}

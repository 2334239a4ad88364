package io.tappa.api.outcome;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.Keys;
import io.tappa.api.store.Escrow;
import io.tappa.api.store.TallyTotals;
import io.tappa.engine.campaign.Budget;
import io.tappa.engine.campaign.Campaign;
import io.tappa.engine.condition.Durations;
import io.tappa.engine.experiment.Experiment;
import io.tappa.engine.experiment.Goal;
import io.tappa.engine.experiment.SampleRatio;
import io.tappa.engine.outcome.Comparison;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Suggestion;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/experiments/{id}} and {@code GET /v1/campaigns/{id}}: what each brought. */
@Configuration(proxyBeanMethods = false)
class OutcomeRoutes {
    private final TallyTotals totals;
    private final Escrow escrow;
    private final LivePack live;
    private final Keys keys;
    private final ServiceClock clock;

    OutcomeRoutes(TallyTotals totals, Escrow escrow, LivePack live, Keys keys, ServiceClock clock) {
        this.totals = totals;
        this.escrow = escrow;
        this.live = live;
        this.keys = keys;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> outcomes() {
        return route().GET("/v1/experiments/{id}", this::experiment)
                .GET("/v1/campaigns/{id}", this::campaign)
                .build();
    }

    private Mono<ServerResponse> experiment(ServerRequest request) {
        keys.secret(request);
        var pack = live.now();
        var key = request.pathVariable("id");
        var experiment = pack.programme().experiments().find(key);
        if (experiment == null) {
            throw unknown("experiment", key, pack.programme().experiments().keys());
        }
        return totals.of(Comparison.TABLE).flatMap(counters -> Body.answer(body(pack, experiment, counters)));
    }

    private Mono<ServerResponse> campaign(ServerRequest request) {
        keys.secret(request);
        var pack = live.now();
        var key = request.pathVariable("id");
        var campaign = pack.programme().campaigns().find(key);
        if (campaign == null) {
            throw unknown("campaign", key, pack.programme().campaigns().keys());
        }
        return Mono.zip(totals.of(Comparison.TABLE), escrow.level(key, clock.millis()))
                .flatMap(known -> Body.answer(body(pack, campaign, known.getT1(), known.getT2())));
    }

    private static HttpProblem unknown(String what, String key, Collection<String> known) {
        return new HttpProblem(
                ProblemCode.NOT_FOUND,
                "id",
                "There is no %s \"%s\" in the live pack.".formatted(what, key),
                Suggestion.cure(key, what + "s", known));
    }

    private ObjectNode body(PackSnapshot pack, Experiment experiment, SortedMap<String, Long> counters) {
        var body = Body.create();
        body.put("experiment", experiment.key());
        body.put("layer", experiment.slice().layer());
        period(body, experiment.period().fromMillis(), experiment.period().untilMillis());
        body.put("running", experiment.runs(clock.now()));
        goal(body, experiment.treatment().goal());
        var json = new ArmJson(pack.settings().minorUnits());
        var comparison = Comparison.ofExperiment(experiment.key());
        var people = new TreeMap<String, Long>();
        var variations = body.putArray("variations");
        var baseline = Arm.of(comparison, experiment.split().keys().get(0), counters);
        for (var variation : experiment.split().variations()) {
            var arm = Arm.of(comparison, variation.key(), counters);
            people.put(arm.name(), arm.people());
            var line = variations.addObject();
            line.put("variation", arm.name());
            line.put("share", variation.partsPerMillion() / 1_000_000.0);
            json.write(line, arm);
            if (!arm.name().equals(baseline.name())) {
                json.compare(line, arm, baseline);
            }
        }
        var ratio = new SampleRatio(experiment.split(), people);
        body.putObject("sampleRatio")
                .put("chiSquare", ratio.statistic())
                .put("probability", ratio.probability())
                .put("ok", !ratio.mismatch());
        ArmJson.neededSample(body, baseline);
        return body;
    }

    private ObjectNode body(
            PackSnapshot pack, Campaign campaign, SortedMap<String, Long> counters, Escrow.Level level) {
        var body = Body.create();
        body.put("campaign", campaign.key());
        period(body, campaign.fromMillis(), campaign.untilMillis());
        body.put("running", campaign.isOpen(clock.millis()));
        campaign.offers().forEach(body.putArray("offers")::add);
        goal(body, campaign.goal());
        budget(body, pack, campaign.budget(), level);
        var json = new ArmJson(pack.settings().minorUnits());
        var comparison = Comparison.ofCampaign(campaign.key());
        var shown = Arm.of(comparison, Comparison.SHOWN, counters);
        var heldOut = Arm.of(comparison, Comparison.HELD_OUT, counters);
        json.write(body.putObject("shown"), shown);
        if (campaign.holdBack() != null) {
            json.write(body.putObject("heldOut"), heldOut);
            json.compare(body.putObject("brought"), shown, heldOut);
            ArmJson.neededSample(body, heldOut);
        }
        return body;
    }

    /** What is gone and what is reserved, in displays or in the currency of the pack. */
    private static void budget(ObjectNode body, PackSnapshot pack, @Nullable Budget budget, Escrow.Level level) {
        if (budget == null) {
            return;
        }
        long units = budget instanceof Budget.Amount ? pack.settings().minorUnits() : 1;
        long limit = budget instanceof Budget.Amount amount ? amount.minorUnits() : ((Budget.Times) budget).most();
        var line = body.putObject("budget");
        line.put(
                "of",
                budget instanceof Budget.Amount ? pack.settings().currency().getCurrencyCode() : "displays");
        line.put("limit", units(limit, units));
        line.put("used", units(level.used(), units));
        line.put("reserved", units(level.held(), units));
        line.put("left", units(Math.max(0, limit - level.used() - level.held()), units));
        line.put("seenLate", units(level.late(), units));
        line.put("seenOver", units(level.over(), units));
    }

    private static BigDecimal units(long minor, long units) {
        return BigDecimal.valueOf(minor).divide(BigDecimal.valueOf(units));
    }

    private static void period(ObjectNode body, long fromMillis, long untilMillis) {
        body.put(
                "from",
                fromMillis == Long.MIN_VALUE
                        ? null
                        : Instant.ofEpochMilli(fromMillis).toString());
        body.put(
                "until",
                untilMillis == Long.MAX_VALUE
                        ? null
                        : Instant.ofEpochMilli(untilMillis).toString());
    }

    private static void goal(ObjectNode body, @Nullable Goal goal) {
        if (goal != null) {
            body.putObject("goal")
                    .put("event", goal.event())
                    .put("within", Durations.inWords(goal.within()))
                    .put("measure", goal.measure());
        }
    }
}

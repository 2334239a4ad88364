package io.tappa.api.decision;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.displays.DisplayNotes;
import io.tappa.api.event.EventNotes;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.event.VisitorChanger;
import io.tappa.api.lists.ProductFinder;
import io.tappa.api.pack.LivePack;
import io.tappa.api.pause.LivePauses;
import io.tappa.api.products.LiveProducts;
import io.tappa.api.products.LiveStock;
import io.tappa.api.record.Records;
import io.tappa.api.scarcity.Reservations;
import io.tappa.api.security.Keys;
import io.tappa.api.store.TallyTotals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The decision API. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DecisionSettings.class)
class DecisionConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(DecisionConfiguration.class);

    @Bean
    LiveRates liveRates(TallyTotals totals, LivePack live, ServiceClock clock) {
        return new LiveRates(totals, live, clock);
    }

    @Bean
    LiveSurroundings liveSurroundings(
            Records records, LivePauses pauses, LiveRates rates, LiveStock stock, ServiceClock clock) {
        return new LiveSurroundings(records, pauses::now, rates::now, stock::soldOut, clock);
    }

    @Bean
    RouterFunction<ServerResponse> decisionRoutes(
            VisitorChanger changer,
            LivePack live,
            Keys keys,
            ServiceClock clock,
            DecisionSettings settings,
            MeterRegistry metrics,
            EventNotes notes,
            DisplayNotes displays,
            LiveProducts products,
            ProductFinder lists,
            Records records,
            LiveSurroundings around,
            Reservations reservations) {
        int placements = WarmUp.run(live.now());
        LOG.debug("{} placements decided to warm up", placements);
        var questions = new QuestionReader(live, keys, clock);
        var counts = new DecisionMetrics(metrics, notes, displays);
        var one = new DecisionHandler(
                questions,
                new DecisionService(
                        changer,
                        products,
                        lists,
                        records,
                        around,
                        reservations,
                        settings.budget(keys.local()),
                        settings.conflictRetries()),
                counts,
                keys);
        var many = new BatchHandler(
                questions,
                new DecisionService(
                        changer,
                        products,
                        lists,
                        records,
                        around,
                        reservations,
                        settings.batchBudget(),
                        settings.conflictRetries()),
                counts,
                keys,
                settings.batches());
        return route().POST("/v1/decisions", one::decide)
                .POST("/v1/decisions:batch", many::decide)
                .build();
    }
}

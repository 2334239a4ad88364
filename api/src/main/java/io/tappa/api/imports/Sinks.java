package io.tappa.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.event.EventIntake;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.security.ApiKey;
import io.tappa.api.store.ProductStore;
import io.tappa.api.store.SuppressionStore;
import io.tappa.api.survey.SurveyForm;
import io.tappa.engine.pack.PackSnapshot;
import java.time.LocalDate;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** Knows where the rows of each kind go. */
@Component
final class Sinks {
    private final EventIntake intake;
    private final ProductStore products;
    private final SuppressionStore suppressions;
    private final LivePack live;
    private final ServiceClock clock;

    Sinks(EventIntake intake, ProductStore products, SuppressionStore suppressions, LivePack live, ServiceClock clock) {
        this.intake = intake;
        this.products = products;
        this.suppressions = suppressions;
        this.live = live;
        this.clock = clock;
    }

    /**
     * The sink for rows of {@code kind} that came with {@code key} from {@code source}; {@code survey} says how events are
     * read that are answers of a survey tool, empty for others.
     */
    RowSink of(ImportKind kind, ApiKey key, String source, String survey) {
        var pack = live.now();
        var zone = pack.settings().zone();
        var forms = new EventForms(pack.settings(), source);
        return switch (kind) {
            case PEOPLE -> events(key, pack, forms::person);
            case ORDERS -> events(key, pack, forms::order);
            case EVENTS -> survey.isEmpty() ? events(key, pack, forms::any) : answers(key, pack, source, survey);
            case CONSENTS -> events(key, pack, forms::consent);
            case PRODUCTS ->
                new StoredSink<>(
                        new ProductForm(pack, LocalDate.ofInstant(clock.received(), zone))::product, products::put);
            case SUPPRESSIONS -> new StoredSink<>(new SuppressionForm(zone)::suppression, suppressions::add);
        };
    }

    private RowSink answers(ApiKey key, PackSnapshot pack, String source, String survey) {
        var form = SurveyForm.of(pack, survey, source);
        return events(key, pack, row -> {
            var event = form.event(row);
            event.withObject("/context").put("imported", "yes");
            return event;
        });
    }

    private RowSink events(ApiKey key, PackSnapshot pack, UnaryOperator<ObjectNode> form) {
        return new EventSink(intake, key, clock, pack, form);
    }
}

package io.tappa.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.event.EventIntake;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.security.ApiKey;
import io.tappa.api.store.ProductStore;
import io.tappa.api.store.SuppressionStore;
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

    /** The sink for rows of {@code kind} that came with {@code key} from {@code source}. */
    RowSink of(ImportKind kind, ApiKey key, String source) {
        var settings = live.now().settings();
        var forms = new EventForms(settings, source);
        return switch (kind) {
            case PEOPLE -> events(key, forms::person);
            case ORDERS -> events(key, forms::order);
            case EVENTS -> events(key, forms::any);
            case CONSENTS -> events(key, forms::consent);
            case PRODUCTS -> new StoredSink<>(new ProductForm(settings)::product, products::put);
            case SUPPRESSIONS -> new StoredSink<>(new SuppressionForm(settings.zone())::suppression, suppressions::add);
        };
    }

    private RowSink events(ApiKey key, UnaryOperator<ObjectNode> form) {
        return new EventSink(intake, key, clock, form);
    }
}

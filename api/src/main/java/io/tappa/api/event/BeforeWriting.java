package io.tappa.api.event;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackSnapshot;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What must be done elsewhere before events of a visitor are written down. It may be done again. */
@FunctionalInterface
public interface BeforeWriting {
    /** What is to be done, or null for nothing; {@code places} are those where the visitor is known. */
    @Nullable
    Mono<Void> of(PackSnapshot pack, List<VisitorEvent> events, Supplier<Set<VisitorKey>> places, long nowMillis);
}

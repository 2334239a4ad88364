package io.tappa.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.store.ImportJobs.RefusedLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Rows that are stored as they are, not as events: products and suppressions. */
final class StoredSink<T> implements RowSink {
    private final Function<ObjectNode, T> form;
    private final Function<List<T>, Mono<Integer>> store;

    /** A sink for rows that {@code form} reads; {@code store} answers how many of them were new. */
    StoredSink(Function<ObjectNode, T> form, Function<List<T>, Mono<Integer>> store) {
        this.form = form;
        this.store = store;
    }

    @Override
    public Mono<Taken> take(List<Row> rows) {
        var things = new ArrayList<T>();
        var refused = new ArrayList<RefusedLine>();
        for (var row : rows) {
            var fields = row.fields();
            if (fields == null) {
                refused.add(row.why());
                continue;
            }
            try {
                things.add(form.apply(fields));
            } catch (HttpProblem wrong) {
                refused.add(EventSink.refused(row.line(), wrong.problems().get(0)));
            }
        }
        if (things.isEmpty()) {
            return Mono.just(new Taken(0, 0, refused));
        }
        return store.apply(things).map(changed -> new Taken(changed, things.size() - changed, refused));
    }
}

package io.tappa.api.imports;

import io.tappa.api.store.ImportJobs.RefusedLine;
import java.util.List;
import reactor.core.publisher.Mono;

/** Where the rows of one kind go. Taking the same rows again changes nothing. */
@FunctionalInterface
interface RowSink {
    /**
     * What became of some rows.
     *
     * @param accepted rows that changed something
     * @param duplicates rows that were known
     * @param refused rows that changed nothing, for a reason
     */
    record Taken(int accepted, int duplicates, List<RefusedLine> refused) {
        public Taken {
            refused = List.copyOf(refused);
        }
    }

    /** Takes rows, in their order for each person; answers once they are stored. */
    Mono<Taken> take(List<Row> rows);
}

package io.tappa.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.event.BatchResult;
import io.tappa.api.event.EventIntake;
import io.tappa.api.event.EventParser;
import io.tappa.api.event.EventParser.Parsed;
import io.tappa.api.event.Refusal;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.security.ApiKey;
import io.tappa.api.store.ImportJobs.RefusedLine;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/** Rows that are events: with the same limits as if a site had sent them. */
final class EventSink implements RowSink {
    private static final Pattern BATCH = Pattern.compile("^/[0-9]+(?=/|$)");

    private final EventIntake intake;
    private final ApiKey key;
    private final ServiceClock clock;
    private final PackSnapshot pack;
    private final UnaryOperator<ObjectNode> form;

    /** A sink for rows whose event {@code form} says. */
    EventSink(EventIntake intake, ApiKey key, ServiceClock clock, PackSnapshot pack, UnaryOperator<ObjectNode> form) {
        this.intake = intake;
        this.key = key;
        this.clock = clock;
        this.pack = pack;
        this.form = form;
    }

    @Override
    public Mono<Taken> take(List<Row> rows) {
        var parser = new EventParser(clock.received(), null, "", pack);
        var parsed = new ArrayList<Parsed>();
        for (int i = 0; i < rows.size(); i++) {
            parsed.add(parsed(parser, i, rows.get(i)));
        }
        return intake.accept(key, parsed).map(result -> taken(rows, result));
    }

    private Parsed parsed(EventParser parser, int index, Row row) {
        var fields = row.fields();
        if (fields == null) {
            var refused = row.why();
            var problem = Problem.error(refused.code(), Place.pointer(""), refused.what(), refused.cure());
            return new Parsed(null, new Refusal(index, "", problem));
        }
        try {
            return parser.parse(index, form.apply(fields), null, null);
        } catch (HttpProblem wrong) {
            return new Parsed(null, new Refusal(index, "", wrong.problems().get(0)));
        }
    }

    private static Taken taken(List<Row> rows, BatchResult result) {
        var refused = result.refused().stream()
                .map(refusal -> refused(rows.get(refusal.index()).line(), refusal.problem()))
                .toList();
        return new Taken(result.accepted(), result.duplicates(), refused);
    }

    /** Where in the row, without its place among those read together. */
    private static String place(String pointer) {
        return BATCH.matcher(pointer).replaceFirst("");
    }

    static RefusedLine refused(long line, Problem problem) {
        return new RefusedLine(line, problem.code(), place(problem.place().source()), problem.what(), problem.cure());
    }
}

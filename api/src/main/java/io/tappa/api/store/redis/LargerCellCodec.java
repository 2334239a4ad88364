package io.tappa.api.store.redis;

import io.tappa.engine.fact.AssignmentCell;
import io.tappa.engine.fact.AttributeCell;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.fact.ConsentCell;
import io.tappa.engine.fact.ConsentCell.Statement;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.OrderCell;
import io.tappa.engine.fact.PatternCell;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Cells of attributes, consents, assignments, orders and patterns within the blob of a visitor; the first byte is the kind. */
final class LargerCellCodec {
    private static final int ATTRIBUTE = 4;
    private static final int ORDERS = 5;
    private static final int PATTERN = 6;
    private static final int CONSENT = 7;
    private static final int ASSIGNMENTS = 8;

    private static final int PLACED = 1;
    private static final int VALUED = 2;
    private static final int REFUNDED = 4;
    private static final int RETURNED = 8;
    private static final int CANCELLED = 16;

    private static final List<Status> STATUSES = List.of(Status.GRANTED, Status.PENDING, Status.DENIED);

    private LargerCellCodec() {}

    static void write(BlobWriter out, Cell cell) {
        if (cell instanceof AttributeCell attribute) {
            out.octet(ATTRIBUTE);
            moments(out, attribute.bySource());
        } else if (cell instanceof OrderCell orders) {
            out.octet(ORDERS);
            orders(out, orders);
        } else if (cell instanceof PatternCell pattern) {
            out.octet(PATTERN);
            pattern(out, pattern);
        } else if (cell instanceof ConsentCell consents) {
            out.octet(CONSENT);
            statements(out, consents.latest());
            statements(out, consents.documented());
        } else if (cell instanceof AssignmentCell assignments) {
            out.octet(ASSIGNMENTS);
            moments(out, assignments.byExperiment());
        }
    }

    private static void statements(BlobWriter out, SortedMap<String, Statement> said) {
        out.whole(said.size());
        said.forEach((purpose, statement) -> {
            out.text(purpose);
            out.millis(statement.at());
            out.octet(STATUSES.indexOf(statement.status()));
            out.text(statement.source());
            out.text(statement.proof());
        });
    }

    private static SortedMap<String, Statement> statements(BlobReader in) {
        var said = new TreeMap<String, Statement>();
        for (int statement = in.count(); statement > 0; statement--) {
            var purpose = in.text();
            said.put(purpose, new Statement(in.millis(), STATUSES.get(in.octet()), in.text(), in.text()));
        }
        return said;
    }

    static Cell read(BlobReader in, int kind) {
        return switch (kind) {
            case ATTRIBUTE -> new AttributeCell(moments(in));
            case ORDERS -> orders(in);
            case PATTERN -> pattern(in);
            case CONSENT -> new ConsentCell(statements(in), statements(in));
            case ASSIGNMENTS -> new AssignmentCell(moments(in));
            default -> throw new IllegalArgumentException("""
                    kind (%d) of the cell is unknown.
                    Maybe a newer version of Tappa wrote it.""".formatted(kind));
        };
    }

    private static void moments(BlobWriter out, SortedMap<String, Cell.Moment> named) {
        out.whole(named.size());
        named.forEach((name, moment) -> {
            out.text(name);
            out.millis(moment.at());
            out.text(moment.text());
        });
    }

    private static SortedMap<String, Cell.Moment> moments(BlobReader in) {
        var named = new TreeMap<String, Cell.Moment>();
        for (int name = in.count(); name > 0; name--) {
            named.put(in.text(), new Cell.Moment(in.millis(), in.text()));
        }
        return named;
    }

    private static void orders(BlobWriter out, OrderCell cell) {
        out.whole(cell.older().count());
        if (cell.older().count() > 0) {
            out.whole(cell.older().value());
            out.millis(cell.older().lastAt());
        }
        out.whole(cell.orders().size());
        cell.orders().forEach(order -> order(out, order));
    }

    private static OrderCell orders(BlobReader in) {
        long count = in.whole();
        var older = count > 0
                ? new OrderCell.Older(count, in.whole(), in.millis())
                : new OrderCell.Older(0, 0, FactValues.UNKNOWN);
        var orders = new ArrayList<OrderCell.Order>();
        for (int order = in.count(); order > 0; order--) {
            orders.add(order(in));
        }
        return new OrderCell(orders, older);
    }

    /** What is not known of an order takes no room; one byte says what is. */
    private static void order(BlobWriter out, OrderCell.Order order) {
        boolean placed = order.completedAt() != FactValues.UNKNOWN;
        boolean valued = order.totalAt() != FactValues.UNKNOWN;
        out.octet((placed ? PLACED : 0)
                | (valued ? VALUED : 0)
                | (order.refunded() > 0 ? REFUNDED : 0)
                | (order.returned() ? RETURNED : 0)
                | (order.cancelled() ? CANCELLED : 0));
        out.fixed(order.id());
        out.millis(order.firstAt());
        if (placed) {
            out.millis(order.completedAt());
        }
        if (valued) {
            out.millis(order.totalAt());
            out.signed(order.total());
        }
        if (order.refunded() > 0) {
            out.whole(order.refunded());
        }
    }

    private static OrderCell.Order order(BlobReader in) {
        int known = in.octet();
        boolean valued = (known & VALUED) != 0;
        long id = in.fixed();
        long firstAt = in.millis();
        long completedAt = (known & PLACED) != 0 ? in.millis() : FactValues.UNKNOWN;
        long totalAt = valued ? in.millis() : FactValues.UNKNOWN;
        long total = valued ? in.signed() : 0;
        long refunded = (known & REFUNDED) != 0 ? in.whole() : 0;
        return new OrderCell.Order(
                id, firstAt, completedAt, totalAt, total, refunded, (known & RETURNED) != 0, (known & CANCELLED) != 0);
    }

    private static void pattern(BlobWriter out, PatternCell pattern) {
        steps(out, pattern.first());
        steps(out, pattern.then());
        var found = pattern.found();
        out.octet(found == null ? 0 : 1);
        if (found != null) {
            out.millis(found.at());
            out.millis(found.firstAt());
            out.text(found.shop());
        }
    }

    private static PatternCell pattern(BlobReader in) {
        var first = steps(in);
        var then = steps(in);
        var found = in.octet() == 0 ? null : new PatternCell.Found(in.millis(), in.millis(), in.text());
        return new PatternCell(first, then, found);
    }

    private static void steps(BlobWriter out, List<PatternCell.Step> steps) {
        out.whole(steps.size());
        for (var step : steps) {
            out.millis(step.at());
            out.signed(step.thing());
            out.signed(step.category());
            out.text(step.shop());
        }
    }

    private static List<PatternCell.Step> steps(BlobReader in) {
        var steps = new ArrayList<PatternCell.Step>();
        for (int step = in.count(); step > 0; step--) {
            steps.add(new PatternCell.Step(in.millis(), (int) in.signed(), (int) in.signed(), in.text()));
        }
        return steps;
    }
}

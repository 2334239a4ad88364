package io.tappa.api.store.redis;

import io.tappa.engine.fact.Cell;
import java.util.ArrayList;

/** What accumulators gathered, as bytes; the first byte of each cell tells its kind. */
final class CellCodec {
    private static final int TIMELINE = 0x40;
    private static final int NUMBERS = 0x10;
    private static final int WORDS = 0x20;

    private CellCodec() {}

    static void cell(BlobWriter out, Cell cell) {
        if (cell instanceof Cell.Tally tally) {
            out.octet(0);
            out.signed(tally.total());
        } else if (cell instanceof Cell.Moment moment) {
            out.octet(1);
            out.millis(moment.at());
            out.text(moment.text());
        } else if (cell instanceof Cell.Timeline timeline) {
            timeline(out, timeline);
        } else if (cell instanceof Cell.Basket basket) {
            out.octet(3);
            out.octet(basket.clearedAt() == Long.MIN_VALUE ? 0 : 1);
            if (basket.clearedAt() != Long.MIN_VALUE) {
                out.millis(basket.clearedAt());
            }
            out.whole(basket.changes().size());
            for (var change : basket.changes()) {
                out.millis(change.at());
                out.text(change.product());
                out.signed(change.quantity());
                out.signed(change.price());
            }
        } else {
            LargerCellCodec.write(out, cell);
        }
    }

    /** Marks take only what they hold: times, numbers, words; the first byte says which. */
    private static void timeline(BlobWriter out, Cell.Timeline timeline) {
        boolean numbers = timeline.marks().stream().anyMatch(mark -> mark.number() != 0);
        boolean words = timeline.marks().stream().anyMatch(mark -> !mark.text().isEmpty());
        out.octet(TIMELINE | (numbers ? NUMBERS : 0) | (words ? WORDS : 0));
        out.whole(timeline.marks().size());
        for (var mark : timeline.marks()) {
            out.millis(mark.at());
            if (numbers) {
                out.signed(mark.number());
            }
            if (words) {
                out.text(mark.text());
            }
        }
    }

    static Cell cell(BlobReader in) {
        int kind = in.octet();
        if ((kind & TIMELINE) != 0) {
            return timeline(in, kind);
        }
        return switch (kind) {
            case 0 -> new Cell.Tally(in.signed());
            case 1 -> new Cell.Moment(in.millis(), in.text());
            case 3 -> basket(in);
            default -> LargerCellCodec.read(in, kind);
        };
    }

    private static Cell timeline(BlobReader in, int holds) {
        var marks = new ArrayList<Cell.Mark>();
        for (int mark = in.count(); mark > 0; mark--) {
            long at = in.millis();
            long number = (holds & NUMBERS) != 0 ? in.signed() : 0;
            marks.add(new Cell.Mark(at, number, (holds & WORDS) != 0 ? in.text() : ""));
        }
        return new Cell.Timeline(marks);
    }

    private static Cell basket(BlobReader in) {
        long clearedAt = in.octet() == 0 ? Long.MIN_VALUE : in.millis();
        var changes = new ArrayList<Cell.BasketChange>();
        for (int change = in.count(); change > 0; change--) {
            changes.add(new Cell.BasketChange(in.millis(), in.text(), in.signed(), in.signed()));
        }
        return new Cell.Basket(clearedAt, changes);
    }
}

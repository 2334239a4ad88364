package io.tappa.api.imports;

import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In which form rows come; the content type says it. */
enum Format {
    CSV,
    NDJSON,
    FEED;

    Rows read(InputStream in) {
        return switch (this) {
            case CSV -> new CsvRows(new Lines(in));
            case NDJSON -> new JsonRows(new Lines(in));
            case FEED -> new FeedRows(in);
        };
    }

    static Format of(@Nullable String contentType, ImportKind kind) {
        var media =
                contentType == null ? "" : contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        return switch (media) {
            case "text/csv", "application/csv", "text/tab-separated-values" -> CSV;
            case "application/x-ndjson", "application/ndjson", "application/jsonl" -> NDJSON;
            case "application/xml", "text/xml", "application/rss+xml" -> {
                if (kind != ImportKind.PRODUCTS) {
                    throw unsupported("XML is understood for products only.");
                }
                yield FEED;
            }
            default -> throw unsupported("The content type says nothing about the form of the rows.");
        };
    }

    private static HttpProblem unsupported(String what) {
        return new HttpProblem(
                ProblemCode.UNSUPPORTED_MEDIA,
                "Content-Type",
                what,
                "Send text/csv with a header row, application/x-ndjson, or for products application/xml.");
    }
}

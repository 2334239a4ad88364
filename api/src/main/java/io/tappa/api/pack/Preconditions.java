package io.tappa.api.pack;

import io.tappa.api.body.Field;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What a request wants to be so before it changes anything (RFC 9110, chapter 13). */
final class Preconditions {
    /** What unpacks answers on their way marks etags as weak. */
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"([0-9a-f]{16})\"");

    private static final String ANY = "*";

    private Preconditions() {}

    /** The etag of the header If-Match, or null without one. */
    static @Nullable String ifMatch(ServerRequest request) {
        var header = request.headers().firstHeader(HttpHeaders.IF_MATCH);
        if (header == null) {
            return null;
        }
        var etag = ETAG.matcher(header.strip());
        if (!etag.matches()) {
            throw Field.wrong(
                    HttpHeaders.IF_MATCH,
                    "%s is no etag of a draft or of one of its files.".formatted(header),
                    "Send the header ETag of the answer that you began with, in its quotes.");
        }
        return etag.group(1);
    }

    /** The etag that a file must have: empty where there must be none; refused where nothing is said. */
    static String ofFile(ServerRequest request) {
        var etag = ifMatch(request);
        if (etag != null) {
            return etag;
        }
        if (ANY.equals(request.headers().firstHeader(HttpHeaders.IF_NONE_MATCH))) {
            return "";
        }
        throw new HttpProblem(
                ProblemCode.IF_MATCH_REQUIRED,
                HttpHeaders.IF_MATCH,
                "It is not said which text this one takes the place of.",
                "Send If-Match with the ETag of the file, or If-None-Match: * for a new file.");
    }

    /** The etag that a file to be deleted must have. */
    static String ofFileToDelete(ServerRequest request) {
        var etag = ifMatch(request);
        if (etag == null) {
            throw new HttpProblem(
                    ProblemCode.IF_MATCH_REQUIRED,
                    HttpHeaders.IF_MATCH,
                    "It is not said which text is to be deleted.",
                    "Send If-Match with the ETag of the file.");
        }
        return etag;
    }
}

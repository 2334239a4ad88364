package io.tappa.api.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Every code an HTTP error may have, with its status. */
public enum ProblemCode {
    BAD_JSON(HttpStatus.BAD_REQUEST),
    INVALID_FIELD(HttpStatus.BAD_REQUEST),

    UNKNOWN_KEY(HttpStatus.UNAUTHORIZED),
    WRONG_KEY_KIND(HttpStatus.FORBIDDEN),
    NOT_FOUND(HttpStatus.NOT_FOUND),
    UNKNOWN_TOUCHPOINT(HttpStatus.NOT_FOUND),
    UNKNOWN_PLACEMENT(HttpStatus.NOT_FOUND),
    UNKNOWN_PACK(HttpStatus.NOT_FOUND),
    UNKNOWN_JOURNEY(HttpStatus.NOT_FOUND),
    NO_SUCH_VISITOR(HttpStatus.NOT_FOUND),
    NO_SUCH_DECISION(HttpStatus.NOT_FOUND),
    UNKNOWN_STAGE(HttpStatus.NOT_FOUND),
    UNKNOWN_SURVEY(HttpStatus.NOT_FOUND),
    UNKNOWN_MERGE(HttpStatus.NOT_FOUND),
    UNKNOWN_PAUSE(HttpStatus.NOT_FOUND),
    UNKNOWN_VERSION(HttpStatus.NOT_FOUND),
    UNKNOWN_DRAFT(HttpStatus.NOT_FOUND),
    BEFORE_HISTORY(HttpStatus.NOT_FOUND),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
    STALE(HttpStatus.PRECONDITION_FAILED),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    CONFLICT(HttpStatus.CONFLICT),
    ARCHIVE_ELSEWHERE(HttpStatus.CONFLICT),
    UNSUPPORTED_MEDIA(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    PACK_HAS_ERRORS(HttpStatus.UNPROCESSABLE_CONTENT),
    IF_MATCH_REQUIRED(HttpStatus.PRECONDITION_REQUIRED),
    OVERLOADED(HttpStatus.TOO_MANY_REQUESTS),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR),
    STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    ProblemCode(HttpStatus status) {
        this.status = status;
    }

    /** The stable name in answers. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The HTTP status that goes with it. */
    public HttpStatus status() {
        return status;
    }
}

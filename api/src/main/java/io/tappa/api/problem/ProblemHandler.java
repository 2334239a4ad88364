package io.tappa.api.problem;

import io.netty.handler.codec.compression.DecompressionException;
import io.tappa.api.store.StoreUnavailable;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/** Turns whatever goes wrong into problem+json; what nobody foresaw is logged and answered as {@code internal}. */
@Component
@Order(-2)
final class ProblemHandler implements WebExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    private final ServerResponse.Context context;
    private final OtherMethods otherMethods;

    ProblemHandler(ServerCodecConfigurer codecs, OtherMethods otherMethods) {
        this.otherMethods = otherMethods;
        var writers = List.copyOf(codecs.getWriters());
        this.context = new ServerResponse.Context() {
            @Override
            public List<HttpMessageWriter<?>> messageWriters() {
                return writers;
            }

            @Override
            public List<ViewResolver> viewResolvers() {
                return List.of();
            }
        };
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        if (failure instanceof AbortedException) {
            // Whoever asked has gone; there is nobody to answer and nothing to mend.
            return exchange.getResponse().setComplete();
        }
        return refusal(exchange, failure)
                .flatMap(ProblemJson::answer)
                .flatMap(answer -> answer.writeTo(exchange, context));
    }

    /** Spring says "not found" for a wrong method too. */
    private Mono<HttpProblem> refusal(ServerWebExchange exchange, Throwable failure) {
        var problem = problem(exchange, failure);
        if (problem.code() != ProblemCode.NOT_FOUND || failure instanceof HttpProblem) {
            return Mono.just(problem);
        }
        return otherMethods.of(exchange).map(methods -> {
            if (methods.isEmpty()) {
                return problem;
            }
            exchange.getResponse().getHeaders().setAllow(Set.copyOf(methods));
            return wrongMethod(exchange);
        });
    }

    private static HttpProblem problem(ServerWebExchange exchange, Throwable failure) {
        if (failure instanceof HttpProblem known) {
            return known;
        }
        if (failure instanceof StoreUnavailable) {
            return new HttpProblem(
                    ProblemCode.STORE_UNAVAILABLE,
                    "",
                    "The store does not answer at the moment; nothing was changed.",
                    "Send the same request again in a second; nothing is counted twice.");
        }
        if (failure instanceof DataBufferLimitException || isDecompression(failure)) {
            return new HttpProblem(
                    ProblemCode.TOO_LARGE, "", "The request body is too large.", "Send fewer events in one request.");
        }
        if (failure instanceof ResponseStatusException refused) {
            return refused(exchange, refused);
        }
        LOG.error(
                "{} {} failed",
                exchange.getRequest().getMethod(),
                exchange.getRequest().getPath(),
                failure);
        return new HttpProblem(
                ProblemCode.INTERNAL,
                "",
                "Something went wrong that nobody foresaw.",
                "Tell the operator the time and the path; the log says more.");
    }

    private static HttpProblem wrongMethod(ServerWebExchange exchange) {
        var path = exchange.getRequest().getPath().value();
        return new HttpProblem(
                ProblemCode.METHOD_NOT_ALLOWED,
                path,
                "%s does not take %s.".formatted(path, exchange.getRequest().getMethod()),
                "The header Allow says which methods it takes.");
    }

    private static boolean isDecompression(Throwable failure) {
        return failure instanceof DecompressionException || failure.getCause() instanceof DecompressionException;
    }

    private static HttpProblem refused(ServerWebExchange exchange, ResponseStatusException refused) {
        var path = exchange.getRequest().getPath().value();
        if (refused.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
            return new HttpProblem(
                    ProblemCode.NOT_FOUND,
                    path,
                    "There is nothing at %s.".formatted(path),
                    "The paths are listed in docs/api.md.");
        }
        if (refused.getStatusCode().isSameCodeAs(HttpStatus.METHOD_NOT_ALLOWED)) {
            return wrongMethod(exchange);
        }
        if (refused.getStatusCode().isSameCodeAs(HttpStatus.UNSUPPORTED_MEDIA_TYPE)) {
            return new HttpProblem(
                    ProblemCode.UNSUPPORTED_MEDIA, path, "The body has an unknown type.", "Send application/json.");
        }
        return new HttpProblem(ProblemCode.INVALID_FIELD, path, "The request cannot be read.", "Look at docs/api.md.");
    }
}

package io.tappa.loadtests;

import java.util.List;
import java.util.Map;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.http.server.HttpServer;

/** The measure of HTTP: the same server and JSON library, a body of 300 bytes in and of 600 bytes out, nothing between. */
public final class BareService {
    private BareService() {}

    /**
     * A question as small as that for a decision.
     *
     * @param visitor ids by name
     * @param touchpoint where
     * @param context values by name
     */
    public record Question(Map<String, String> visitor, String touchpoint, Map<String, String> context) {}

    /**
     * An answer as large as that of a decision.
     *
     * @param decisionId the touchpoint asked
     * @param decisions what to show
     */
    public record Answer(String decisionId, List<Placed> decisions) {}

    /**
     * What to show at one placement.
     *
     * @param placement where
     * @param offer what
     * @param content texts by field
     * @param reason why
     */
    public record Placed(String placement, String offer, Map<String, String> content, String reason) {}

    private static final Placed PLACED = new Placed(
            "drawer",
            "small-finds",
            Map.of("title", "Only 18.00 EUR to free shipping: small finds", "link", "/en/small-finds"),
            "Everybody else within 30 EUR of free shipping sees small finds (priority 50), and so does this visitor");

    /** Serves on the port in {@code arguments} until the process is ended. */
    public static void main(String[] arguments) {
        var handler = new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes()));
        HttpServer.create()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .handle(handler)
                .bindNow()
                .onDispose()
                .block();
    }

    private static RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST(
                        "/bare",
                        request -> request.bodyToMono(Question.class)
                                .flatMap(question -> ServerResponse.ok().bodyValue(answer(question))))
                .GET(
                        "/actuator/health/readiness",
                        request -> ServerResponse.ok().build())
                .build();
    }

    private static Answer answer(Question question) {
        return new Answer(question.touchpoint(), List.of(PLACED, PLACED));
    }
}

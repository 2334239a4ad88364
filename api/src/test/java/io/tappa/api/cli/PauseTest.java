package io.tappa.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Service;
import io.tappa.api.body.Body;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tappa pause} against the real service. */
@Timeout(60)
class PauseTest {
    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void pausesListsAndEnds() {
        assertThat(asked("--list").out()).isEqualTo("Nothing is paused.%n".formatted());

        var paused = asked("offer:voucher-10", "--reason", "the price is wrong");
        var closed = asked("channel:site", "--reason", "the site moves", "--until", "2099-12-31");

        assertThat(paused.exitCode()).as(paused.err()).isZero();
        assertThat(paused.out())
                .isEqualTo("offer:voucher-10 is paused until it is ended.%n  holds 1 rule and 1 offer at 1 placement%n"
                        .formatted());
        assertThat(closed.out()).contains("channel:site is paused until 2099-12-31T23:00:00Z.", " rules and ");
        assertThat(asked("--list").out())
                .contains("offer:voucher-10 is paused until it is ended.", " by sk_demo: the price is wrong")
                .contains("channel:site is paused until 2099", " by sk_demo: the site moves");

        var ended = asked("offer:voucher-10", "--end");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo("offer:voucher-10 is no longer paused.%n".formatted());
        asked("channel:site", "--end");
        assertThat(asked("--list").out()).isEqualTo("Nothing is paused.%n".formatted());
    }

    @Test
    void printsTheAnswersAsJson() throws IOException {
        var paused = Body.json(
                asked("rule:cart-small-finds", "--reason", "b", "--json").out());
        var listed = Body.json(asked("--list", "--json").out());
        var ended = Body.json(asked("rule:cart-small-finds", "--end", "--json").out());

        assertThat(paused.path("what").asText()).isEqualTo("rule:cart-small-finds");
        assertThat(listed.at("/pauses/0/what").asText()).isEqualTo("rule:cart-small-finds");
        assertThat(ended.path("ended").asText()).isEqualTo("rule:cart-small-finds");
    }

    @Test
    void saysInOneLineWhatIsWrongAndWhatWasMeant() {
        failed("Did you mean \"voucher-10\"?", "offer:vocher-10", "--reason", "b");
        failed("is not paused", "offer:voucher-10", "--end");
        failed("names nothing that can be paused", "a b/c", "--reason", "b");
        failed("\"a b/c\" is not paused", "a b/c", "--end");
        failed("needs a secret key", "everything", "--reason", "b", "--key", "pk_demo");
        failed("serves the pack \"shop\"", "everything", "--reason", "b", "--pack", "shoes & more");
        failed("is no moment", "everything", "--reason", "b", "--until", "soon");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "everything",
                "everything --reason",
                "--reason b",
                "--end",
                "everything --end --reason b",
                "everything --end --until 2099-12-31",
                "everything --list",
                "--list --end",
                "--list --reason b",
                "everything site --reason b",
                "everything --raeson b"
            })
    void endsWithTwoWhenTheArgumentsAreWrong(String arguments) {
        var ended = asked(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("Usage: tappa pause").doesNotContain("\tat ");
        assertThat(ended.out()).isEmpty();
    }

    private static void failed(String reason, String... arguments) {
        asked(arguments).mustHaveFailed(reason);
    }

    private static Ended asked(String... arguments) {
        return Ended.at(
                service, Stream.concat(Stream.of("pause"), Stream.of(arguments)).toArray(String[]::new));
    }
}

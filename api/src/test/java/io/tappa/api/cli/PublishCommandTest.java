package io.tappa.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Service;
import io.tappa.api.body.Body;
import io.tappa.api.pack.ShopCopy;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code tappa diff}, {@code publish}, {@code rollback} and {@code versions} against the real service. */
@Timeout(60)
class PublishCommandTest {
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
    void publishesTakesBackAndListsBoth() throws IOException {
        var first = service.pack().version();
        int number = newest();
        try (var shop = new ShopCopy()) {
            shop.replace("touchpoints.yaml", "fallback: easy-returns", "fallback: secure-payment");

            assertThat(asked("diff", shop.folder().toString()).out())
                    .isEqualTo("file touchpoints.yaml is changed%n".formatted());
            var published = asked("publish", shop.folder().toString(), "--message", "another banner");

            assertThat(published.exitCode()).as(published.err()).isZero();
            assertThat(published.out())
                    .endsWith("%s is live, as release %d.%n"
                            .formatted(service.pack().version(), number + 1));
            assertThat(service.pack().version()).isNotEqualTo(first);
            failed(
                    "Another version went live meanwhile",
                    "publish",
                    shop.folder().toString(),
                    "--from",
                    "" + number);
        }

        var back = asked("rollback", "--message", "it was wrong");

        assertThat(back.exitCode()).as(back.err()).isZero();
        assertThat(service.pack().version()).isEqualTo(first);
        assertThat(asked("versions").out().lines().limit(2).toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("*%4d  %s".formatted(number + 2, first))
                                .endsWith("rolled-back, by sk_demo, it was wrong"),
                        line -> assertThat(line)
                                .startsWith(" %4d  shop@".formatted(number + 1))
                                .endsWith("published, by sk_demo, another banner"));
    }

    @Test
    void aFolderWithErrorsIsNotSent() throws IOException {
        int number = newest();
        try (var shop = new ShopCopy()) {
            shop.replace("touchpoints.yaml", "fallback: easy-returns", "fallback: easy-retruns");

            var ended = asked("publish", shop.folder().toString());

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.err()).contains("Did you mean \"easy-returns\"?");
        }
        assertThat(newest()).isEqualTo(number);
    }

    @Test
    void saysInOneLineWhatIsWrong() {
        failed("There is no version 999", "rollback", "999");
        failed("neither a number nor a hash", "rollback", "yesterday");
        failed("needs a secret key", "versions", "--key", "pk_demo");
        failed("There is no folder", "publish", "no-such-folder");
        failed("There is no version 999", "diff", "../rules/shop", "--with", "999");
    }

    private static int newest() throws IOException {
        var listed = Body.json(asked("versions", "--limit", "1", "--json").out());
        return listed.at("/versions/0/number").asInt();
    }

    private static void failed(String reason, String... arguments) {
        asked(arguments).mustHaveFailed(reason);
    }

    private static Ended asked(String... arguments) {
        return Ended.at(service, arguments);
    }
}

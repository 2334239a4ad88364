package io.tappa.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One person's story through the three models that run side by side, event by event and silence by silence. */
class ModelsPackTest {
    private PackSnapshot pack;
    private VisitorState visitor = VisitorState.UNSEEN;
    private Instant now = Instant.parse("2026-03-02T10:00:00Z");
    private int count;

    @BeforeEach
    void read() throws IOException {
        var result = PackReader.read(PackFiles.inFolder(Path.of("models")));
        assertThat(result.problems().stream().map(Problem::inWords)).isEmpty();
        pack = Objects.requireNonNull(result.snapshot());
    }

    @Test
    void followsACustomerFromTheFirstPageToTheNextNeed() {
        happens("Page Viewed");
        stands("awareness", "awareness", "awareness");
        happens("Page Viewed");
        happens("Page Viewed");
        stands("familiarity", "awareness", "awareness");
        happens("Product Viewed");
        happens("Product Viewed");
        stands("familiarity", "consideration", "consideration");
        happens("Product Viewed");
        stands("consideration", "consideration", "consideration");
        happens("Product Added", "product_id=p1", "price=20");
        stands("consideration", "intention", "consideration");
        happens("Product Removed", "product_id=p1");
        stands("consideration", "consideration", "consideration");
        happens("Order Completed", "order_id=o1", "total=20");
        stands("purchase", "decision", "acquisition");
        happens("Order Completed", "order_id=o1", "total=20");
        stands("purchase", "decision", "acquisition");
        happens("Order Completed", "order_id=o2", "total=30");
        stands("loyalty", "loyalty", "retention");
        happens("Survey Answered", "kind=nps", "score=10");
        stands("loyalty", "loyalty", "advocacy");
        happens("Need Stated");
        stands("awareness", "awareness", "awareness");
        assertThat(Objects.requireNonNull(visitor.now().in("classic-five")).reached())
                .containsExactly("awareness");
    }

    @Test
    void silenceLeadsBack() {
        happens("Product Viewed");
        happens("Product Viewed");
        happens("Product Viewed");
        happens("Product Added", "product_id=p1", "price=20");
        stands("consideration", "intention", "consideration");
        silence(Duration.ofDays(13));
        stands("consideration", "intention", "consideration");
        silence(Duration.ofDays(2));
        stands("consideration", "consideration", "consideration");
        silence(Duration.ofDays(16));
        stands("familiarity", "consideration", "consideration");
        silence(Duration.ofDays(40));
        stands("familiarity", "awareness", "consideration");
        silence(Duration.ofDays(120));
        stands("awareness", "awareness", "consideration");
    }

    @Test
    void aJourneyCanBeLeftAndBeginsAnewWithTheNextNeed() {
        happens("Order Completed", "order_id=o1", "total=20");
        happens("Account Closed");
        assertThat(visitor.now().stage("advocacy-model")).isNull();
        happens("Product Viewed");
        assertThat(visitor.now().stage("advocacy-model")).isNull();
        happens("Need Stated");
        stands("awareness", "awareness", "awareness");
    }

    private void happens(String event, String... values) {
        now = now.plusSeconds(60);
        var all = new TreeMap<String, String>();
        all.put("context.consent.personalization_storage", "granted");
        for (var value : values) {
            var parts = value.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        var happened = new VisitorEvent("m" + count++, Identities.of("browser", null), event, now, all);
        visitor = Transitions.applyAndWake(pack, visitor, List.of(happened), now.toEpochMilli(), Set.of())
                .state();
    }

    private void silence(Duration length) {
        now = now.plus(length);
        visitor = Transitions.applyAndWake(pack, visitor, List.of(), now.toEpochMilli(), Set.of())
                .state();
    }

    private void stands(String classicFive, String intention, String advocacy) {
        assertThat(List.of("classic-five", "intention-model", "advocacy-model"))
                .extracting(visitor.now()::stage)
                .containsExactly(classicFive, intention, advocacy);
    }
}

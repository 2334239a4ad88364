package io.tappa.api.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Pieces of any size become the same lines. */
@Timeout(60)
class LineFlowTest {
    private static final int LONGEST = 20;

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void cutsTheSameLinesHoweverTheyArrive(int seed) {
        var random = new Random(seed);
        var text = random.ints(random.nextInt(200), 0, 6)
                .mapToObj(kind ->
                        List.of("\n", "\r\n", "ü", "{}", "abcdefgh", "\uFFFD").get(kind))
                .collect(Collectors.joining());

        var lines = lines(pieces(text.getBytes(StandardCharsets.UTF_8), random));

        var expected = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        if (expected.get(expected.size() - 1).isEmpty()) {
            expected.remove(expected.size() - 1);
        }
        assertThat(lines).hasSameSizeAs(expected);
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var whole = expected.get(i);
            assertThat(line.number()).isEqualTo(i + 1);
            assertThat(line.tooLong()).isEqualTo(whole.getBytes(StandardCharsets.UTF_8).length > LONGEST);
            if (!line.tooLong()) {
                assertThat(line.text()).isEqualTo(whole.replaceFirst("\r$", ""));
                assertThat(line.isUtf8()).isTrue();
            }
        }
    }

    @Test
    void tellsWhatIsNotUtf8FromTheCharacterThatStandsForIt() {
        var bytes = "a\uFFFD\nb?\n\uFEFFc".getBytes(StandardCharsets.UTF_8);
        bytes[6] = (byte) 0xe4;

        var lines = lines(List.of(bytes));

        assertThat(lines)
                .containsExactly(
                        new Line(1, "a\uFFFD", false, true),
                        new Line(2, "b\uFFFD", false, false),
                        new Line(3, "\uFEFFc", false, true));
    }

    @Test
    void passesOverAMarkAtTheVeryBeginning() {
        assertThat(lines(List.of("\uFEFFa\n".getBytes(StandardCharsets.UTF_8))))
                .containsExactly(new Line(1, "a", false, true));
        assertThat(lines(List.of())).isEmpty();
    }

    @Test
    void holdsTheSenderUpBeyondWhatIsReadAhead() {
        var sent = new AtomicInteger();
        var piece = "0123456789\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        int pieces = 2_000;
        var taken = new AtomicInteger();
        var slow = new BaseSubscriber<Line>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(Line line) {
                taken.incrementAndGet();
            }
        };

        LineFlow.of(Flux.range(0, pieces).doOnNext(i -> sent.incrementAndGet()).map(i -> piece), LONGEST)
                .subscribe(slow);

        assertThat(taken).hasValue(1);
        int ahead = LineFlow.READ_AHEAD / piece.length;
        assertThat(sent.get()).isBetween(ahead - 10, ahead + 3);
        slow.request(Long.MAX_VALUE);
        assertThat(taken).hasValue(pieces * 1_000);
        assertThat(sent).hasValue(pieces);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void losesNothingBetweenTwoThreads(int seed) {
        var random = new Random(seed);
        int lines = 1 + random.nextInt(400);
        var piece = ("x".repeat(999) + "\n").repeat(lines).getBytes(StandardCharsets.UTF_8);

        var count = LineFlow.of(Flux.range(0, 50).map(i -> piece).publishOn(Schedulers.parallel(), 1), LONGEST)
                .publishOn(Schedulers.boundedElastic(), 1 + random.nextInt(64))
                .count()
                .block();

        assertThat(count).isEqualTo(50L * lines);
    }

    @Test
    void letsGoOfTheSenderWhenNobodyListens() {
        var gone = new AtomicInteger();

        var first = LineFlow.of(
                        Flux.just("a\n".getBytes(StandardCharsets.UTF_8))
                                .concatWith(Flux.never())
                                .doOnCancel(gone::incrementAndGet),
                        LONGEST)
                .blockFirst();

        assertThat(first).isEqualTo(new Line(1, "a", false, true));
        assertThat(gone).hasValue(1);
    }

    private static List<byte[]> pieces(byte[] bytes, Random random) {
        var pieces = new ArrayList<byte[]>();
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + random.nextInt(8));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }

    private static List<Line> lines(List<byte[]> pieces) {
        return LineFlow.of(Flux.fromIterable(pieces), LONGEST)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }
}

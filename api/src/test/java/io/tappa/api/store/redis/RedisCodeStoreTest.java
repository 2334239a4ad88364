package io.tappa.api.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.store.CodeStore;
import io.tappa.api.store.CodeStore.Given;
import io.tappa.api.store.CodeStore.Level;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** Each code is given once, each person gets one, and always the same. */
@Timeout(60)
class RedisCodeStoreTest extends OnRedis {
    private static final String POOL = "bf-20";

    private CodeStore codes;

    @BeforeEach
    void make() {
        codes = new RedisCodeStore(redis, new Keys("codes"));
    }

    private static VisitorKey person(int number) {
        return VisitorKey.of(new Identity(IdKind.ANONYMOUS, "d-" + number));
    }

    private Given give(int... numbers) {
        return codes.give(
                        POOL,
                        IntStream.of(numbers)
                                .mapToObj(RedisCodeStoreTest::person)
                                .toList())
                .block();
    }

    @Test
    void givesEachPersonOneInTheOrderOfTheFile() {
        codes.load(POOL, List.of("A", "B", "C")).block();

        assertThat(give(1)).isEqualTo(new Given("A", 2));
        assertThat(give(2)).isEqualTo(new Given("B", 1));
        assertThat(give(1)).isEqualTo(new Given("A", 1));
        assertThat(give(3)).isEqualTo(new Given("C", 0));
        assertThat(give(4)).isNull();
        assertThat(codes.level(POOL).block()).isEqualTo(new Level(3, 0));
    }

    @Test
    void whoWasJoinedKeepsTheOwnCodeElseTheOthers() {
        codes.load(POOL, List.of("A", "B", "C")).block();
        give(1);
        give(2);

        assertThat(give(2, 1).code()).isEqualTo("B");
        assertThat(give(3, 1).code()).isEqualTo("A");
        assertThat(codes.level(POOL).block()).isEqualTo(new Level(3, 1));
    }

    @Test
    void aNewFileAddsAndTakesOutButNeverGivesAgain() {
        codes.load(POOL, List.of("A", "B", "C")).block();
        give(1);

        codes.load(POOL, List.of("A", "C", "D")).block();
        codes.load(POOL, List.of("A", "C", "D")).block();

        assertThat(give(2).code()).isEqualTo("C");
        assertThat(give(3).code()).isEqualTo("D");
        assertThat(give(4)).isNull();
        assertThat(give(1).code()).isEqualTo("A");
    }

    @Test
    void whoIsForgottenHasNoneAndNobodyGetsTheirs() {
        codes.load(POOL, List.of("A", "B")).block();
        codes.load("other", List.of("X")).block();
        give(1);
        codes.give("other", List.of(person(1))).block();

        codes.forget(List.of(person(1), person(7))).block();

        assertThat(give(2).code()).isEqualTo("B");
        assertThat(give(1)).isNull();
        assertThat(codes.give("other", List.of(person(1))).block()).isNull();
    }

    @Test
    void sixtyFourAtOnceGetDifferentOnes() {
        var all = IntStream.range(0, 3_000).mapToObj(number -> "C-" + number).toList();
        codes.load(POOL, all).block();

        var given = Flux.range(0, 6_400)
                .flatMap(number -> codes.give(POOL, List.of(person(number % 3_200))), 64)
                .map(Given::code)
                .collectList()
                .block();

        assertThat(given).hasSizeGreaterThanOrEqualTo(6_000);
        assertThat(given.stream().distinct()).hasSize(3_000);
    }
}

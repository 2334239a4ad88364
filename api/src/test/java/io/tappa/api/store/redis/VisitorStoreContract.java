package io.tappa.api.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.store.Home;
import io.tappa.api.store.Located;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.SaveResult;
import io.tappa.api.store.VisitorWrite;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.transition.StageCounts;
import io.tappa.engine.transition.Transition;
import io.tappa.engine.visitor.VisitorState;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What the store promises, on whatever Redis it runs. */
abstract class VisitorStoreContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RandomVisitor random = new RandomVisitor(new Random(3));
    private final Identities device = Identities.of(UUID.randomUUID().toString(), null);
    private final VisitorKey key = VisitorKey.of(device.lane());
    private RedisLink redis;
    private RedisVisitorStore store;

    abstract RedisSettings settings();

    @BeforeEach
    void connect() {
        redis = RedisLink.to(settings(), 0);
        store = new RedisVisitorStore(redis, new Keys("contract"));
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void findsWhatWasSaved() {
        var write = write(VisitorState.UNSEEN, 20);

        assertThat(get(store.save(write))).isInstanceOf(SaveResult.Saved.class);

        assertThat(home(device).state()).isEqualTo(write.state());
        assertThat(home(device).key()).isEqualTo(key);
    }

    @Test
    void findsNobodyWhereNothingWasSaved() {
        var home = home(device);

        assertThat(home.state()).isEqualTo(VisitorState.UNSEEN);
        assertThat(home.key()).isEqualTo(key);
        assertThat(home.unlinked()).isEmpty();
    }

    @Test
    void losesToAFasterWriterAndSaysWhatItWrote() {
        var first = write(VisitorState.UNSEEN, 3);
        var second = write(VisitorState.UNSEEN, 5);
        get(store.save(first));

        assertThat(get(store.save(second))).isEqualTo(new SaveResult.Lost(first.state()));
        assertThat(home(device).state()).isEqualTo(first.state());
    }

    @Test
    void losesWhenTheVisitorThatWasReadIsGone() {
        var seen = write(VisitorState.UNSEEN, 3).state();

        assertThat(get(store.save(write(seen, 2)))).isEqualTo(new SaveResult.Lost(VisitorState.UNSEEN));
        assertThat(home(device).state()).isEqualTo(VisitorState.UNSEEN);
    }

    @Test
    void saysThatAVisitorMovedWhenItsPlaceNowLeadsElsewhere() {
        var user = Identities.of(null, UUID.randomUUID().toString());

        assertThat(get(store.link(device.all(), VisitorKey.of(user.lane())))).isTrue();

        assertThat(get(store.save(write(VisitorState.UNSEEN, 1)))).isInstanceOf(SaveResult.Moved.class);
    }

    @Test
    void changesNothingWhenTheSameWriteRunsTwice() {
        var before = counted();
        var write = write(VisitorState.UNSEEN, 30);
        get(store.save(write));
        var once = counted();
        var log = logged();

        assertThat(get(store.save(write))).isEqualTo(new SaveResult.Lost(write.state()));

        assertThat(counted()).isEqualTo(once).isNotEqualTo(before);
        assertThat(logged()).isEqualTo(log);
        assertThat(home(device).state()).isEqualTo(write.state());
    }

    @Test
    void leadsFromASecondIdToTheVisitor() {
        var user = Identities.of(null, UUID.randomUUID().toString());
        var both = new Identities(device.anonymousId(), user.userId());
        assertThat(home(both).unlinked()).containsExactly(user.lane());

        assertThat(get(store.link(user.all(), key))).isTrue();
        assertThat(get(store.link(user.all(), key))).isTrue();

        assertThat(home(user).key()).isEqualTo(key);
        assertThat(home(both).unlinked()).isEmpty();
        assertThat(get(store.link(user.all(), VisitorKey.of(user.lane())))).isFalse();
    }

    @Test
    void doesNotLeadFromWhereSomebodyLives() {
        get(store.save(write(VisitorState.UNSEEN, 1)));

        assertThat(get(store.link(device.all(), VisitorKey.of(new Identity(IdKind.USER, "x")))))
                .isFalse();
    }

    @Test
    void forgetsALinkThatLeadsToALink() {
        var late = Identities.of(null, UUID.randomUUID().toString());
        var owner = Identities.of(null, UUID.randomUUID().toString());
        get(store.link(late.all(), key));
        get(store.link(device.all(), VisitorKey.of(owner.lane())));

        var home = home(late);

        assertThat(home.key()).isEqualTo(VisitorKey.of(late.lane()));
        assertThat(home.state()).isEqualTo(VisitorState.UNSEEN);
        assertThat(get(store.save(writeAt(home.key(), late)))).isInstanceOf(SaveResult.Saved.class);
        assertThat(home(device).key()).isEqualTo(VisitorKey.of(owner.lane()));
    }

    @Test
    void forgetsALinkToAVisitorWhoTurnedOutToBeSomebodyElse() {
        var late = Identities.of(null, UUID.randomUUID().toString());
        var owner = new Identities(device.anonymousId(), new Identity(IdKind.USER, "owner"));
        get(store.link(late.all(), key));
        get(store.save(writeAt(key, owner)));

        assertThat(home(late).key()).isEqualTo(VisitorKey.of(late.lane()));
        assertThat(get(store.locate(new Identities(device.anonymousId(), late.userId()))))
                .isInstanceOf(Located.Conflict.class);
    }

    @Test
    void remembersEventIdsThatNoLongerFitTheVisitor() {
        var transition = random.transition(VisitorState.UNSEEN, random.shopping(600));
        get(store.save(write(VisitorState.UNSEEN, transition)));

        var hashes = LongStream.concat(
                        transition.spilled().stream().mapToLong(seen -> seen.hash()), LongStream.of(1, 2, 3))
                .boxed()
                .toList();

        assertThat(transition.spilled()).hasSizeGreaterThan(300);
        assertThat(get(store.spilled(key, hashes)))
                .hasSize(transition.spilled().size())
                .doesNotContain(1L, 2L, 3L);
        assertThat(get(store.spilled(VisitorKey.of(new Identity(IdKind.USER, "y")), List.of(1L))))
                .isEqualTo(Set.of());
    }

    private VisitorWrite write(VisitorState from, int events) {
        return write(from, random.transition(from, random.shopping(events)));
    }

    private VisitorWrite write(VisitorState from, Transition transition) {
        return new VisitorWrite(
                key,
                from.version(),
                transition.state(),
                transition.counts(),
                transition.spilled(),
                List.of(new LogLine(LogLine.Kind.EVENT, "{}"), new LogLine(LogLine.Kind.DECISION, "{}")));
    }

    private VisitorWrite writeAt(VisitorKey place, Identities ids) {
        var event = random.shopping(1).get(0);
        var theirs = new VisitorEvent(event.messageId(), ids, event.name(), event.time(), event.values());
        var transition = random.transition(VisitorState.UNSEEN, List.of(theirs));
        return new VisitorWrite(place, 0, transition.state(), transition.counts(), List.of(), List.of());
    }

    private Home home(Identities ids) {
        return ((Located.At) get(store.locate(ids))).home();
    }

    private long counted() {
        return get(store.counters("shop")).getOrDefault(StageCounts.VISITORS, 0L);
    }

    private long logged() {
        return get(redis.run(commands -> commands.xlen(new Keys("contract").log(key))));
    }

    private static <T> T get(Mono<T> mono) {
        return mono.blockOptional(PATIENCE).orElseThrow();
    }
}

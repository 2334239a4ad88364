package io.tappa.api.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.store.Lead;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.Moving;
import io.tappa.api.store.RetentionSettings;
import io.tappa.api.store.SaveResult;
import io.tappa.api.store.VisitorWrite;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.fact.ConsentCell;
import io.tappa.engine.fact.ConsentCell.Statement;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.transition.StageCounts;
import io.tappa.engine.transition.Transition;
import io.tappa.engine.visitor.Lane.HandOver;
import io.tappa.engine.visitor.VisitorState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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
        store = storeAt(Instant.parse("2026-03-02T10:00:00Z"));
    }

    private RedisVisitorStore storeAt(Instant moment) {
        return new RedisVisitorStore(
                redis, new Keys("contract"), InstantSource.fixed(moment), RetentionSettings.DEFAULT, () -> 0);
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
        assertThat(home.known()).isFalse();
    }

    @Test
    void keepsWhatIsLeftOfAVisitorInTheVeryWriteThatEndsIt() {
        var person = Identities.of(null, UUID.randomUUID().toString());
        var state = write(VisitorState.UNSEEN, 3).state();
        get(store.save(write(
                VisitorState.UNSEEN,
                new Transition(state, List.of(), new StageCounts(new TreeMap<>()), List.of(), List.of(), false))));
        get(store.link(person.all(), key));
        var denied = new TreeMap<>(Map.of("email", new Statement(5, Status.DENIED, "", "")));
        var left = VisitorState.forgotten(0, 17).remembering(device.lane(), ConsentCell.of(denied), 0);

        get(store.save(VisitorWrite.end(key, state, left, new StageCounts(new TreeMap<>()))));

        assertThat(List.of(home(device), home(person))).allSatisfy(lead -> {
            assertThat(lead.key()).isEqualTo(key);
            assertThat(lead.state().isLight()).isTrue();
            assertThat(lead.state().forgottenMillis()).isEqualTo(17);
            assertThat(Objects.requireNonNull(lead.state().consents()).latest()).isEqualTo(denied);
        });
        store.clear(VisitorKey.of(person.lane()), left).block(PATIENCE);
        assertThat(home(person).key()).isEqualTo(VisitorKey.of(person.lane()));
        assertThat(Objects.requireNonNull(home(person).state().consents()).latest())
                .isEqualTo(denied);
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
        assertThat(home(user).known()).isFalse();

        assertThat(get(store.link(user.all(), key))).isTrue();
        assertThat(get(store.link(user.all(), key))).isTrue();

        assertThat(home(user).key()).isEqualTo(key);
        assertThat(home(user).known()).isTrue();
        assertThat(get(store.link(user.all(), VisitorKey.of(user.lane())))).isFalse();
    }

    @Test
    void doesNotLeadFromWhereSomebodyLives() {
        get(store.save(write(VisitorState.UNSEEN, 1)));

        assertThat(get(store.link(device.all(), VisitorKey.of(new Identity(IdKind.USER, "x")))))
                .isFalse();
    }

    @Test
    void followsALinkThatLeadsToALink() {
        var first = Identities.of(null, UUID.randomUUID().toString());
        var owner = Identities.of(UUID.randomUUID().toString(), null);
        get(store.link(first.all(), key));
        get(store.link(device.all(), VisitorKey.of(owner.lane())));

        assertThat(home(first).key()).isEqualTo(VisitorKey.of(owner.lane()));
    }

    @Test
    void forgetsALinkToAVisitorWhoTurnedOutToBeSomebodyElse() {
        var late = Identities.of(null, UUID.randomUUID().toString());
        var owner = Identities.of(device.lane(), new Identity(IdKind.USER, "owner"));
        get(store.link(late.all(), key));
        get(store.save(writeAt(key, owner)));

        assertThat(home(late).key()).isEqualTo(VisitorKey.of(late.lane()));
        assertThat(home(late).known()).isFalse();
    }

    @Test
    void freezesAVisitorAndLetsItLeave() {
        var write = write(VisitorState.UNSEEN, 20);
        get(store.save(write));
        var into = VisitorKey.of(new Identity(IdKind.USER, UUID.randomUUID().toString()));
        var moving = new Moving(into, 5, "because");

        assertThat(get(store.freeze(key, write.state(), moving))).isTrue();
        assertThat(get(store.freeze(key, write.state(), moving))).isTrue();
        assertThat(get(store.save(write(write.state(), 1)))).isInstanceOf(SaveResult.Moved.class);
        assertThat(home(device).moving()).isEqualTo(moving);
        assertThat(home(device).state()).isEqualTo(write.state());

        store.leave(key, write.state(), into).block(PATIENCE);

        assertThat(home(device).key()).isEqualTo(into);
        var line = new LogLine(LogLine.Kind.EVENT, "abcdefgh", "{}");
        store.settle(key, write.state(), List.of(line), List.of("{}")).block(PATIENCE);
        store.settle(key, VisitorState.UNSEEN, List.of(line), List.of("{}")).block(PATIENCE);
        assertThat(home(device).state()).isEqualTo(write.state());
        assertThat(get(store.log(key))).hasSize(3).contains(line);
        assertThat(get(store.ledger(key))).containsExactly("{}");

        store.drop(key, List.of(line), List.of("{}")).block(PATIENCE);
        store.drop(key, List.of(line), List.of("{}")).block(PATIENCE);

        assertThat(get(store.log(key))).hasSize(2).doesNotContain(line);
        assertThat(get(store.ledger(key))).isEmpty();
        store.clear(key, VisitorState.UNSEEN).block(PATIENCE);
        assertThat(home(device).state()).isEqualTo(write.state());
        assertThat(get(store.log(key))).hasSize(2);
    }

    @Test
    void doesNotFreezeWhatSomebodyChanged() {
        var first = write(VisitorState.UNSEEN, 3);
        get(store.save(first));
        get(store.save(write(first.state(), 2)));

        assertThat(get(store.freeze(key, first.state(), new Moving(key, 5, ""))))
                .isFalse();
    }

    @Test
    void leadsWhereAnIdWasHandedOver() {
        var write = writeAt(key, device);
        var id = device.lane();
        var other = VisitorKey.of(new Identity(IdKind.USER, UUID.randomUUID().toString()));
        var lane = Objects.requireNonNull(write.state().lanes().get(id));
        var handed = write.state().with(id, lane.handOver(new HandOver(other, 7)));
        get(store.save(new VisitorWrite(
                key, VisitorState.UNSEEN, handed, write.counts(), List.of(), List.of(), List.of(), false)));

        assertThat(home(device).key()).isEqualTo(other);
        assertThat(home(device).holder()).isEqualTo(key);
        assertThat(get(store.at(key)).state()).isEqualTo(handed);
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
        assertThat(get(store.spilled(List.of(key), hashes)))
                .hasSize(transition.spilled().size())
                .doesNotContain(1L, 2L, 3L);
        assertThat(get(store.spilled(List.of(VisitorKey.of(new Identity(IdKind.USER, "y"))), List.of(1L))))
                .isEqualTo(Set.of());
    }

    private VisitorWrite write(VisitorState from, int events) {
        return write(from, random.transition(from, random.shopping(events)));
    }

    @Test
    void appendsNothingToTheLogOfWhoeverWasForgottenMeanwhile() {
        var line = List.of(new LogLine(LogLine.Kind.DECISION, "{}"));
        var seen = write(VisitorState.UNSEEN, 3).state();
        get(store.save(write(
                VisitorState.UNSEEN,
                new Transition(seen, List.of(), new StageCounts(new TreeMap<>()), List.of(), List.of(), false))));
        assertThat(get(store.append(key, seen, line))).isInstanceOf(SaveResult.Saved.class);
        var later = write(seen, 2);
        get(store.save(later));
        assertThat(get(store.append(key, seen, line))).isEqualTo(new SaveResult.Lost(later.state()));

        get(store.save(
                VisitorWrite.end(key, later.state(), VisitorState.forgotten(0, 17), new StageCounts(new TreeMap<>()))));

        assertThat(get(store.append(key, later.state(), line))).isEqualTo(new SaveResult.Lost(VisitorState.UNSEEN));
        assertThat(get(store.log(key))).isEmpty();
        assertThat(get(store.append(key, VisitorState.UNSEEN, line))).isInstanceOf(SaveResult.Saved.class);
        get(store.save(write(VisitorState.UNSEEN, 1)));
        assertThat(get(store.append(key, later.state(), line))).isInstanceOf(SaveResult.Lost.class);
        assertThat(get(store.append(key, VisitorState.UNSEEN, line))).isInstanceOf(SaveResult.Lost.class);
    }

    @Test
    void whoeverComesBackIsAnotherOneThoughTheyDidTheSame() {
        var lives = new AtomicInteger();
        store = new RedisVisitorStore(
                redis,
                new Keys("contract"),
                InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z")),
                RetentionSettings.DEFAULT,
                lives::incrementAndGet);
        var write = write(VisitorState.UNSEEN, 3);
        var before = ((SaveResult.Saved) get(store.save(write))).state();
        get(store.save(VisitorWrite.end(key, before, VisitorState.forgotten(0, 17), new StageCounts(new TreeMap<>()))));

        var after = ((SaveResult.Saved) get(store.save(write))).state();

        assertThat(after.writes()).isEqualTo(before.writes());
        var line = List.of(new LogLine(LogLine.Kind.DECISION, "{}"));
        assertThat(get(store.append(key, before, line))).isEqualTo(new SaveResult.Lost(after));
        assertThat(get(store.append(key, after, line))).isEqualTo(new SaveResult.Saved(after));
    }

    @Test
    void readsTheLogInOrderWhateverPartItIsIn() {
        var begin = Instant.parse("2026-03-02T10:00:00Z");
        for (int day = 0; day < 5; day++) {
            var line = new LogLine(LogLine.Kind.EVENT, "{\"day\":%d}".formatted(day));
            get(storeAt(begin.plus(Duration.ofDays(day))).append(key, VisitorState.UNSEEN, List.of(line)));
        }

        var last = storeAt(begin.plus(Duration.ofDays(4)));

        assertThat(get(last.log(key)))
                .extracting(LogLine::text)
                .containsExactly("{\"day\":0}", "{\"day\":1}", "{\"day\":2}", "{\"day\":3}", "{\"day\":4}");
        var keys = new Keys("contract");
        for (var part : keys.logs(key)) {
            long seconds = get(redis.run(commands -> commands.ttl(part)));
            assertThat(seconds).isBetween(95 * 3_600L, 96 * 3_600L);
        }
        last.clear(key, VisitorState.UNSEEN).block(PATIENCE);
        assertThat(get(last.log(key))).isEmpty();
    }

    private VisitorWrite write(VisitorState from, Transition transition) {
        return new VisitorWrite(
                key,
                from,
                transition.state(),
                transition.counts(),
                transition.spilled(),
                List.of(new LogLine(LogLine.Kind.EVENT, "{}"), new LogLine(LogLine.Kind.DECISION, "{}")),
                List.of(),
                false);
    }

    private VisitorWrite writeAt(VisitorKey place, Identities ids) {
        var event = random.shopping(1).get(0);
        var theirs = new VisitorEvent(event.messageId(), ids, event.name(), event.time(), event.values());
        var transition = random.transition(VisitorState.UNSEEN, List.of(theirs));
        return new VisitorWrite(
                place,
                VisitorState.UNSEEN,
                transition.state(),
                transition.counts(),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    private Lead home(Identities ids) {
        return get(store.leads(ids)).get(0);
    }

    private long counted() {
        return get(store.counters("shop")).getOrDefault(StageCounts.VISITORS, 0L);
    }

    private long logged() {
        return get(store.log(key)).size();
    }

    private static <T> T get(Mono<T> mono) {
        return mono.blockOptional(PATIENCE).orElseThrow();
    }
}

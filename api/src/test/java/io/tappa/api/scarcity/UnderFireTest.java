package io.tappa.api.scarcity;

import static io.tappa.api.Decided.at;
import static io.tappa.api.Decided.offer;
import static io.tappa.api.Decided.title;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.api.record.Records;
import io.tappa.api.store.Escrow;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/**
 * 200 clients with impatient connections ask 50 times each for the same capped visitors and for many others, on three nodes,
 * one of which dies in the middle: no cap, no budget is ever exceeded, no code given twice, and nothing is lost for good.
 */
@Timeout(300)
class UnderFireTest {
    private static final int CLIENTS = 200;
    private static final int REQUESTS = 50;
    private static final int CAPPED = 40;
    private static final int OTHERS = 3_000;
    private static final int CAP = 3;
    private static final int BUDGET = 1_000;
    private static final int CODES = 300;
    private static final int RETRIES = 6;
    private static final Duration LIFE = Duration.ofSeconds(4);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<URI> nodes = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger impatient = new AtomicInteger();
    private final Map<String, AtomicInteger> vouchers = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> codesOf = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> ownersOf = new ConcurrentHashMap<>();
    private final Set<String> rushed = ConcurrentHashMap.newKeySet();
    private final AtomicLong most = new AtomicLong();

    @Test
    void noCapAndNoBudgetIsExceededAndNoCodeIsGivenTwice() throws Exception {
        try (var redis = new ExternalRedis().start();
                var shop = ScarceShop.pack(Integer.toString(BUDGET), CODES)) {
            String[] settings = {shop.setting(), "--tappa.reserve.life=" + LIFE.toMillis() + "ms"};
            try (var one = redis.service(settings);
                    var other = redis.service(settings);
                    var third = new ServiceProcess(redis.settings(settings))) {
                for (var node : List.of(one.client().service(), other.client().service(), third.address())) {
                    nodes.add(node);
                }
                Patience.until("the third node answers", Duration.ofMinutes(2), () -> isReady(third.address()));
                fire(one.bean(Escrow.class), third);
                check(one);
            }
        }
    }

    private boolean isReady(URI node) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(node.resolve("/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void fire(Escrow escrow, ServiceProcess third) throws Exception {
        var watch = Executors.newScheduledThreadPool(1);
        var looking = watch.scheduleWithFixedDelay(
                () -> {
                    var level = Objects.requireNonNull(
                            escrow.level("rush", System.currentTimeMillis()).block());
                    most.accumulateAndGet(level.used() + level.held(), Math::max);
                    if (asked.get() > CLIENTS * REQUESTS / 3 && third.isAlive()) {
                        third.kill();
                    }
                },
                0,
                50,
                TimeUnit.MILLISECONDS);
        var clients = Executors.newFixedThreadPool(CLIENTS);
        var all = new ArrayList<Callable<Boolean>>();
        for (int client = 0; client < CLIENTS; client++) {
            int seed = client;
            all.add(() -> {
                var random = new Random(seed);
                for (int request = 0; request < REQUESTS; request++) {
                    visit(random);
                }
                return true;
            });
        }
        for (var client : clients.invokeAll(all)) {
            assertThat(client.get()).isTrue();
        }
        clients.shutdown();
        assertThat(looking.isDone()).isFalse();
        looking.cancel(false);
        watch.shutdown();
        assertThat(watch.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(third.isAlive()).isFalse();
    }

    private void visit(Random random) throws InterruptedException {
        var id = random.nextBoolean() ? "capped-" + random.nextInt(CAPPED) : "other-" + random.nextInt(OTHERS);
        asked.incrementAndGet();
        var answer = patiently(
                random, "/v1/decisions", Events.question(id, null, "home").toString());
        if (answer == null) {
            return;
        }
        answered.incrementAndGet();
        if (!answer.path("degraded").isEmpty()) {
            assertThat(at(answer, "hero").path("offer").isNull()).isTrue();
            return;
        }
        if (offer(answer, "hero").equals("voucher")) {
            vouchers.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet();
        }
        if (offer(answer, "foot").equals("coded")) {
            var code = title(answer, "foot");
            assertThat(code).startsWith("Yours: F-");
            codesOf.computeIfAbsent(id, key -> ConcurrentHashMap.newKeySet()).add(code);
            ownersOf.computeIfAbsent(code, key -> ConcurrentHashMap.newKeySet()).add(id);
        }
        if (offer(answer, "side").equals("rush")) {
            assertThat(at(answer, "side").path("fallback").asBoolean()).isFalse();
            if (random.nextInt(10) < 3) {
                var decision = answer.path("decisionId").asText();
                var viewed = ScarceShop.viewed("seen-" + decision, id, "rush", "home.side", answer);
                if (patiently(random, "/v1/track", viewed.toString()) != null) {
                    rushed.add(id);
                }
            }
        }
    }

    /** Asks one node after the other, each less patiently than it deserves, and sometimes once more for nothing. */
    private @Nullable JsonNode patiently(Random random, String path, String body) throws InterruptedException {
        JsonNode answer = null;
        for (int attempt = 0; attempt < RETRIES && answer == null; attempt++) {
            var patience = attempt < RETRIES / 2 && random.nextInt(4) == 0
                    ? Duration.ofMillis(5 + random.nextInt(45))
                    : Duration.ofSeconds(30);
            var node = nodes.get(random.nextInt(nodes.size()));
            var request = HttpRequest.newBuilder(node.resolve(path))
                    .timeout(patience)
                    .header("Authorization", "Bearer " + ExternalRedis.SECRET)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            try {
                var response = http.send(request, BodyHandlers.ofString());
                assertThat(response.statusCode()).as(response.body()).isIn(200, 503);
                answer = response.statusCode() == 200 ? JSON.readTree(response.body()) : null;
            } catch (IOException cut) {
                impatient.incrementAndGet();
            }
        }
        return answer;
    }

    private void check(Service node) throws Exception {
        assertThat(answered.get()).isGreaterThan(CLIENTS * REQUESTS * 95 / 100);
        assertThat(impatient.get()).isPositive();
        assertThat(most.get()).isLessThanOrEqualTo(BUDGET).isGreaterThan(BUDGET * 9 / 10);
        vouchers.forEach((id, count) -> assertThat(count.get()).as(id).isLessThanOrEqualTo(CAP));
        for (int visitor = 0; visitor < CAPPED; visitor++) {
            assertThat(recordedVouchers(node, "capped-" + visitor)).isEqualTo(CAP);
        }
        ownersOf.forEach((code, owners) -> assertThat(owners).as(code).hasSize(1));
        codesOf.forEach((id, codes) -> assertThat(codes).as(id).hasSize(1));
        assertThat(ownersOf).hasSizeLessThanOrEqualTo(CODES).hasSizeGreaterThan(CODES * 9 / 10);
        var escrow = node.bean(Escrow.class);
        Patience.until(
                "all that was not seen is free again",
                LIFE.multipliedBy(5),
                () -> level(escrow).held() == 0);
        var level = level(escrow);
        assertThat(level.used()).isLessThanOrEqualTo(BUDGET).isGreaterThanOrEqualTo(rushed.size() - level.over());
        assertThat(reservable(escrow)).isEqualTo(BUDGET - level.used());
    }

    private static Escrow.Level level(Escrow escrow) {
        return Objects.requireNonNull(
                escrow.level("rush", System.currentTimeMillis()).block());
    }

    private static long recordedVouchers(Service node, String id) {
        var records = node.bean(Records.class);
        var place = VisitorKey.of(new Identity(IdKind.ANONYMOUS, id));
        return Objects.requireNonNull(records.at(place)
                .concatMap(records::remake)
                .filter(remade ->
                        "voucher".equals(remade.decision().placements().get(0).offer()))
                .count()
                .block());
    }

    /** How much of the budget can be reserved now. */
    private static long reservable(Escrow escrow) {
        return Objects.requireNonNull(Flux.range(0, BUDGET + 20)
                .concatMap(slot -> escrow.reserve(
                        new Escrow.Part("rush", "new-" + slot, "new-" + slot, 1, BUDGET),
                        System.currentTimeMillis(),
                        Duration.ofHours(1)))
                .filter(Escrow.Reserved::granted)
                .count()
                .block());
    }
}

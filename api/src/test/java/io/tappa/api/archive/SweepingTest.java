package io.tappa.api.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Client.Answer;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.Service;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is forgotten is neither told of nor left in any file, and no file outlives its time. */
@Timeout(180)
class SweepingTest {
    private ArchivedShop shop;

    @BeforeEach
    void start() throws Exception {
        shop = new ArchivedShop();
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private String idOf(String device) {
        return shop.here
                .get("/v1/visitors?anonymousId=" + device)
                .json()
                .path("id")
                .asText();
    }

    private void roll() {
        shop.endTurn();
        shop.round(shop.one);
        shop.deleteLogs();
    }

    private Answer told(String decision) {
        return shop.here.get("/v1/decisions/" + decision);
    }

    private long sweep(String count) {
        var answer = shop.here.post("/v1/archive:sweep", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("complete").asBoolean()).isTrue();
        return answer.json().path(count).asLong();
    }

    private long noted() {
        return Service.redis(
                shop.redis.port(),
                connection -> Service.keys(connection, "*:struck").stream()
                        .mapToLong(key -> connection.sync().zcard(key))
                        .sum());
    }

    @Test
    void somebodyErasedIsNotToldOfAtOnceAndGoneFromAllFilesAfterTheSweep() throws Exception {
        var gone = shop.visitor();
        var stays = shop.visitor();
        var first = shop.decide(gone, "cart", "gone-language");
        var others = shop.decide(stays, "cart", "it");
        shop.clock.pass(Duration.ofHours(5));
        var second = shop.decide(gone, "home", "gone-language");
        roll();
        assertThat(shop.everything()).contains(ArchivedShop.place(gone).text(), "gone-language");
        var id = idOf(gone);

        assertThat(shop.there().delete("/v1/visitors/" + id).status()).isEqualTo(204);

        for (var decision : List.of(first, second)) {
            assertThat(told(decision).json().path("erased").asBoolean()).isTrue();
            assertThat(told(decision).json().has("facts")).isFalse();
            assertThat(told(decision + "/verify").json().path("erased").asBoolean())
                    .isTrue();
        }
        assertThat(told(others).json().path("from").asText()).isEqualTo("archive");
        assertThat(shop.one
                        .bean(Archive.class)
                        .between(0, shop.clock.millis())
                        .collectList()
                        .block())
                .singleElement()
                .satisfies(left -> assertThat(left.place()).isEqualTo(ArchivedShop.place(stays)));
        assertThat(sweep("lines")).isEqualTo(2);
        var all = shop.everything();
        assertThat(all).doesNotContain(ArchivedShop.place(gone).text(), "gone-language", first, second, gone);
        assertThat(all).contains(ArchivedShop.place(stays).text());
        assertThat(noted()).isZero();
        assertThat(told(first).json().path("erased").asBoolean()).isTrue();
        assertThat(told(others + "/verify").json().path("verified").asBoolean()).isTrue();
        assertThat(sweep("files")).isZero();
    }

    @Test
    void theBrowsersOfAPersonGoWithThePerson() {
        var laptop = shop.visitor();
        var phone = shop.visitor();
        var user = "u-" + UUID.randomUUID();
        shop.decide(laptop, "home", "it");
        shop.decide(phone, "home", "it");
        shop.track(laptop, user, "Product Viewed");
        shop.track(phone, user, "Product Viewed");
        shop.decide(phone, "cart", "it");
        roll();
        assertThat(shop.allLines()).hasSize(3);

        shop.here.delete("/v1/visitors/" + idOf(phone));

        sweep("lines");
        assertThat(shop.allLines()).isEmpty();
        assertThat(shop.everything())
                .doesNotContain(
                        ArchivedShop.place(laptop).text(),
                        ArchivedShop.place(phone).text(),
                        VisitorKey.of(new Identity(IdKind.USER, user)).text());
        assertThat(noted()).isZero();
    }

    @Test
    void whoTakesTheirConsentBackIsForgottenHereToo() {
        var device = shop.visitor();
        var decision = shop.decide(device, "cart", "it");
        roll();
        var no = Events.at(shop.clock.now(), Events.track("m-" + UUID.randomUUID(), device, null, "Page Viewed"));
        no.withObject("/context/consent").put("personalization_storage", "denied");

        assertThat(shop.here.post("/v1/track", no).status()).isEqualTo(200);

        assertThat(told(decision).code()).isEqualTo("no-such-decision");
        assertThat(sweep("lines")).isEqualTo(1);
        assertThat(shop.allLines()).isEmpty();
    }

    @Test
    void whoComesBackAfterAnErasureKeepsWhatIsDecidedFromThenOn() {
        var device = shop.visitor();
        shop.decide(device, "cart", "it");
        roll();
        shop.here.delete("/v1/visitors/" + idOf(device));
        shop.clock.pass(Duration.ofMinutes(1));
        shop.track(device, null, "Product Viewed");
        var later = shop.decide(device, "cart", "it");
        roll();

        assertThat(told(later).json().path("from").asText()).isEqualTo("archive");
        assertThat(shop.allLines()).hasSize(1);
        assertThat(noted()).isZero();
    }

    @Test
    void whoLeftSomebodyElseGoesFromTheirLinesToo() {
        var first = shop.visitor();
        var second = shop.visitor();
        var user = "u-" + UUID.randomUUID();
        shop.track(first, user, "Product Viewed");
        shop.track(second, user, "Product Viewed");
        var mine = shop.decide(first, "cart", "it");
        var theirs = shop.decide(second, "cart", "it");
        roll();
        var home = idOf(first);
        var merges = shop.here.get("/v1/visitors/" + home + "/merges").json();
        var merge = merges.at("/merges/0/merge").asText();
        var parted = shop.here.post("/v1/visitors/" + home + ":unmerge", Events.body("merge", merge));
        assertThat(parted.status()).as(merges + parted.body()).isEqualTo(200);
        var left = idOf(first).equals(home) ? second : first;
        assertThat(idOf(left)).isNotEqualTo(home);

        shop.here.delete("/v1/visitors/" + idOf(left));

        assertThat(sweep("lines")).isEqualTo(1);
        var stays = left.equals(first) ? theirs : mine;
        assertThat(shop.allLines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains(stays));
    }

    @Test
    void nobodyIsNotedWhileNothingIsArchived() {
        var device = shop.visitor();
        shop.decide(device, "cart", "it");

        shop.here.delete("/v1/visitors/" + idOf(device));

        assertThat(noted()).isZero();
    }

    @Test
    void aSweepComesByItselfOnceADay() throws Exception {
        var device = shop.visitor();
        shop.decide(device, "cart", "it");
        roll();
        shop.here.delete("/v1/visitors/" + idOf(device));

        shop.clock.pass(Duration.ofHours(23));
        shop.round(shop.other());
        assertThat(shop.allLines()).hasSize(1);
        shop.clock.pass(Duration.ofHours(1));
        shop.round(shop.other());

        assertThat(shop.allLines()).isEmpty();
    }

    @Test
    void filesAreDeletedOnceTheyHaveHadTheirTime() {
        var device = shop.visitor();
        var early = shop.decide(device, "cart", "it");
        shop.clock.pass(Duration.ofHours(3));
        var late = shop.decide(device, "cart", "it");
        roll();
        assertThat(shop.lines()).hasSize(2);

        shop.clock.set(ArchivedShop.TURN.plus(Duration.ofDays(395)).plus(Duration.ofHours(10)));
        shop.round(shop.one);

        assertThat(shop.lines()).hasSize(1);
        assertThat(shop.everything()).doesNotContain(early).contains(late);
        shop.clock.pass(Duration.ofHours(3));
        shop.round(shop.one);
        assertThat(shop.lines()).isEmpty();
        assertThat(shop.folder.resolve("shop/" + ArchivedShop.TURN.toString().substring(0, 10)))
                .doesNotExist();
    }

    @Test
    void whoIsInADamagedFileStaysNoted() throws Exception {
        var device = shop.visitor();
        shop.decide(device, "cart", "it");
        roll();
        var name = shop.lines().keySet().iterator().next();
        var whole = Files.readAllBytes(shop.folder.resolve(name));
        Files.write(shop.folder.resolve(name), new byte[] {1, 2, 3});
        shop.here.delete("/v1/visitors/" + idOf(device));

        var answer = shop.here.post("/v1/archive:sweep", "").json();

        assertThat(answer.path("unreadable").asInt()).isEqualTo(1);
        assertThat(answer.path("complete").asBoolean()).isFalse();
        Files.write(shop.folder.resolve(name), whole);
        assertThat(sweep("lines")).isEqualTo(1);
    }

    @Test
    void onlyASecretKeyMaySweep() {
        assertThat(shop.here
                        .with(ExternalRedis.PUBLISHABLE)
                        .post("/v1/archive:sweep", "")
                        .code())
                .isEqualTo("wrong-key-kind");
    }
}

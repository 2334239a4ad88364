package io.tappa.api.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.MovedClock;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A node or two on one Redis and one folder, with a clock that tests move, and people who consent to be remembered. */
final class ArchivedShop implements AutoCloseable {
    /** A turn of the log begins here. */
    static final Instant TURN = Instant.ofEpochSecond(172_800L * 10_270);

    static final Duration TURNS = Duration.ofDays(2);
    private static final Duration SOON = Duration.ofSeconds(30);

    final MovedClock clock = new MovedClock(TURN.plus(Duration.ofHours(9)));
    final ExternalRedis redis = new ExternalRedis().start();
    final Path folder = Service.temporaryFolder();
    final Service one;
    final Client here;
    private @Nullable Service second;

    ArchivedShop() throws Exception {
        one = node();
        here = one.client().with(ExternalRedis.SECRET);
    }

    /** The second node; it starts when it is asked for first. */
    Service other() throws Exception {
        var started = second;
        if (started == null) {
            started = node();
            second = started;
        }
        return started;
    }

    /** Asks the second node. */
    Client there() throws Exception {
        return other().client().with(ExternalRedis.SECRET);
    }

    /** Another node; it looks after the archive once, when it starts, and then only when asked to. */
    Service node(String... settings) throws Exception {
        var all = new ArrayList<>(List.of("--tappa.archive.folder=" + folder, "--tappa.archive.pause=1h"));
        all.addAll(List.of(settings));
        var node = redis.serviceAt(clock, all.toArray(String[]::new));
        Patience.until("looked after the archive", SOON, () -> count(node, "tappa.archive.rounds") > 0);
        return node;
    }

    static double count(Service node, String counter) {
        return node.bean(MeterRegistry.class).counter(counter).count();
    }

    /** A device that is remembered. */
    String visitor() {
        var device = "d-" + UUID.randomUUID();
        track(device, null, "Product Added");
        return device;
    }

    /** Something happens now. */
    void track(String device, String user, String event) {
        var track = Events.track("m-" + UUID.randomUUID(), device, user, event);
        track.withObject("/context/consent").put("personalization_storage", "granted");
        var complete = Events.at(clock.now(), Events.with("price", 40, Events.with("product_id", "p-1", track)));
        assertThat(here.post("/v1/track", complete).status()).isEqualTo(200);
    }

    /** Decides now, and answers the id. */
    String decide(String device, String touchpoint, String language) {
        var question = Events.question(device, null, touchpoint);
        question.putObject("context").put("language", language);
        var answer = here.post("/v1/decisions", question).json();
        assertThat(answer.path("degraded")).isEmpty();
        return answer.path("decisionId").asText();
    }

    static VisitorKey place(String device) {
        return VisitorKey.of(new Identity(IdKind.ANONYMOUS, device));
    }

    /** The turn ends. */
    void endTurn() {
        clock.pass(TURNS);
    }

    void round(Service node) {
        node.bean(ArchiveService.class).round().block();
    }

    /** What the logs still have goes. */
    void deleteLogs() {
        Service.redis(redis.port(), connection -> {
            var keys = Service.keys(connection, "*:log[0-9]:*");
            assertThat(keys).isNotEmpty();
            return connection.sync().del(keys.toArray(String[]::new));
        });
    }

    /** All is forgotten that is known of how far the archive is, as if a node died before it could say so. */
    void forgetProgress() {
        Service.redis(redis.port(), connection -> {
            for (int group = 0; group < 8; group++) {
                connection.sync().hdel("tappa:shop:archive", "rolled" + group);
            }
            return true;
        });
    }

    /** The files of the archive by their names. */
    SortedMap<String, byte[]> files() {
        var files = new TreeMap<String, byte[]>();
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
            return files;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** All lines of all files, each file's in their order. */
    Map<String, List<String>> lines() {
        var lines = new HashMap<String, List<String>>();
        files().forEach((name, bytes) -> {
            if (name.endsWith(".ndjson.gz")) {
                lines.put(name, text(bytes).lines().toList());
            }
        });
        return lines;
    }

    List<String> allLines() {
        return lines().values().stream().flatMap(List::stream).toList();
    }

    /** Every byte there is in the folder, decompressed where it is compressed. */
    String everything() {
        var all = new StringBuilder();
        files().forEach((name, bytes) -> all.append(name)
                .append('\n')
                .append(name.endsWith(".gz") ? text(bytes) : new String(bytes, StandardCharsets.ISO_8859_1)));
        return all.toString();
    }

    private static String text(byte[] compressed) {
        try (var file = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    @Override
    public void close() {
        one.close();
        if (second != null) {
            second.close();
        }
        redis.close();
        Service.delete(folder);
    }
}

package io.tappa.api.event;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.pack.LivePack;
import io.tappa.api.security.Keys;
import io.tappa.api.store.EventLedger;
import io.tappa.api.store.EventLedger.NameSeen;
import io.tappa.api.store.EventLedger.RefusedEvents;
import io.tappa.engine.journey.Move;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Suggestion;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/events/refused} and {@code GET /v1/events/names}: for people who connect a sender. */
@Configuration(proxyBeanMethods = false)
class EventNotesRoutes {
    private final EventNotes notes;
    private final LivePack live;
    private final Keys keys;

    EventNotesRoutes(EventNotes notes, LivePack live, Keys keys) {
        this.notes = notes;
        this.live = live;
        this.keys = keys;
    }

    @Bean
    RouterFunction<ServerResponse> eventNotesLookUp() {
        return route().GET("/v1/events/refused", this::refused)
                .GET("/v1/events/names", this::names)
                .build();
    }

    private Mono<ServerResponse> refused(ServerRequest request) {
        keys.secret(request);
        return notes.refused().flatMap(groups -> Body.answer(refused(groups)));
    }

    private static ObjectNode refused(List<RefusedEvents> groups) {
        var body = Body.create();
        var list = body.putArray("refused");
        for (var group : groups) {
            var json = list.addObject();
            json.put("key", group.keyId());
            json.put("code", group.code());
            json.put("count", group.count());
            json.put("last", moment(group.lastMillis()));
            var example = json.putObject("example");
            example.put("pointer", group.example().pointer());
            example.put("detail", group.example().what());
            example.put("cure", group.example().cure());
        }
        return body;
    }

    private Mono<ServerResponse> names(ServerRequest request) {
        keys.secret(request);
        return notes.names().flatMap(seen -> Body.answer(names(live.now(), seen)));
    }

    private static ObjectNode names(PackSnapshot pack, SortedMap<String, NameSeen> seen) {
        var used = used(pack);
        var body = Body.create();
        body.put("pack", pack.version());
        var names = body.putArray("names");
        seen.forEach((name, times) -> {
            if (!name.equals(EventLedger.OTHER_NAMES)) {
                put(names, name, times, used);
            }
        });
        var neverSeen = body.putArray("neverSeen");
        used.stream().filter(name -> !seen.containsKey(name)).forEach(neverSeen::add);
        var others = seen.get(EventLedger.OTHER_NAMES);
        body.put("others", others == null ? 0 : others.count());
        return body;
    }

    private static void put(ArrayNode names, String name, NameSeen times, SortedSet<String> used) {
        var json = names.addObject();
        json.put("name", name);
        json.put("count", times.count());
        json.put("last", moment(times.lastMillis()));
        json.put("used", used.contains(name));
        var nearest = used.contains(name) ? null : Suggestion.nearest(name, used);
        if (nearest != null) {
            json.put("didYouMean", nearest);
        }
    }

    /** Names of events that a fact or a move of {@code pack} reads. */
    private static SortedSet<String> used(PackSnapshot pack) {
        var used = new TreeSet<>(pack.facts().eventsRead());
        pack.journeys()
                .forEach(journey -> journey.moves().stream()
                        .map(Move::on)
                        .filter(Objects::nonNull)
                        .forEach(used::add));
        return used;
    }

    private static String moment(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}

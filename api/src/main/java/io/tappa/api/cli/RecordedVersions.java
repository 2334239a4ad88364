package io.tappa.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.record.RecordReader;
import io.tappa.api.record.Recorded;
import io.tappa.api.record.SurroundingsJson;
import io.tappa.api.record.ToldSurroundings;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.Surroundings;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.simulation.Replay;
import io.tappa.engine.simulation.ReplayReport;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The versions of a service's pack that made decisions, each fetched by its hash when a record first names it; the last few are kept. */
final class RecordedVersions {
    private static final int KEPT = 8;

    private final ServiceClient client;
    private final String pack;
    private final PackSnapshot live;
    private final Replay replay;
    private final SortedMap<String, Long> replayed = new TreeMap<>();
    private final SortedMap<LeftOut, Long> leftOut = new TreeMap<>();
    private final Set<String> unknown = new HashSet<>();
    private final ToldSurroundings<Surroundings> told = new ToldSurroundings<>();
    private final Map<String, Version> versions = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Version> eldest) {
            return size() > KEPT;
        }
    };

    /** Reads what one version wrote, and compares it with the draft. */
    private record Version(PackSnapshot pack, RecordReader reader, Replay replay) {
        Version(PackSnapshot pack, Replay replay) {
            this(pack, new RecordReader(pack), replay);
        }
    }

    /** How many decisions were not decided again, by what is wrong with them. */
    enum LeftOut {
        /** The version that made them is not known or cannot be read any more. */
        UNKNOWN_VERSION,
        /** What surrounded them is not kept any more. */
        UNKNOWN_SURROUNDINGS,
        /** Their own version decides otherwise here, so that nothing can be said of another one. */
        NOT_AS_RECORDED
    }

    /** Asks the service of {@code client} for the live version; all are compared with {@code draft}. */
    RecordedVersions(ServiceClient client, PackSnapshot draft) throws IOException, InterruptedException {
        this.client = client;
        this.pack = draft.settings().name();
        var files = client.get(path("live"));
        var read = PackReader.compiled(Packs.files(files));
        if (read == null) {
            throw new CommandFailed(
                    "The live version %s of the service cannot be read here. Use the tappa.jar that the service runs on."
                            .formatted(files.path("hash").asText()));
        }
        this.live = read;
        this.replay = new Replay(live, draft);
        versions.put(live.hash(), new Version(live, replay));
    }

    private String path(String hash) {
        return "/v1/packs/%s/versions/%s".formatted(pack, hash);
    }

    /** Takes down what surrounds the decisions that name {@code hash}. */
    void addSurroundings(String hash, ObjectNode surroundings) {
        told.add(hash, SurroundingsJson.read(surroundings));
    }

    /** Decides {@code record} again, which the version {@code hash} made under the name {@code id}. */
    void add(String hash, ObjectNode record, String id) throws IOException, InterruptedException {
        var version = unknown.contains(hash) ? null : version(hash);
        var around = around(record);
        if (version == null) {
            unknown.add(hash);
            leftOut.merge(LeftOut.UNKNOWN_VERSION, 1L, Long::sum);
        } else if (around == null) {
            leftOut.merge(LeftOut.UNKNOWN_SURROUNDINGS, 1L, Long::sum);
        } else {
            add(version, record, version.reader().inputs(record, around), id);
        }
    }

    private @Nullable Surroundings around(ObjectNode record) {
        var hash = Recorded.aroundOf(record);
        return hash.isEmpty() ? Surroundings.NONE : told.find(hash);
    }

    private void add(Version version, ObjectNode record, Inputs inputs, String id) {
        var was = Decider.decide(version.pack(), inputs);
        if (was.digest().equals(Recorded.digestOf(record))) {
            version.replay().add(inputs, was, id);
            replayed.merge(version.pack().version(), 1L, Long::sum);
        } else {
            leftOut.merge(LeftOut.NOT_AS_RECORDED, 1L, Long::sum);
        }
    }

    private @Nullable Version version(String hash) throws IOException, InterruptedException {
        var known = versions.get(hash);
        if (known != null) {
            return known;
        }
        var files = client.find(path(hash));
        var snapshot = files == null ? null : PackReader.compiled(Packs.files(files));
        if (snapshot == null) {
            return null;
        }
        var version = new Version(snapshot, replay.of(snapshot));
        versions.put(hash, version);
        return version;
    }

    /** The name of the live version. */
    String live() {
        return live.version();
    }

    /** How many decisions of each version were decided again. */
    SortedMap<String, Long> replayed() {
        return replayed;
    }

    /** How many were not, by what is wrong with them; what is wrong with none is not in it. */
    SortedMap<LeftOut, Long> leftOut() {
        return leftOut;
    }

    /** What came out. */
    ReplayReport report() {
        return replay.report();
    }
}

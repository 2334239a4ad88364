package io.tappa.api.pack;

import io.tappa.api.store.CodeStore;
import io.tappa.api.store.PackStore;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.api.store.TappaSettings;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackResult;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the live pack up to date.
 *
 * <p>In local mode the folder is the author: what is saved there and has no errors goes live. Elsewhere the store is, and
 * the folder only seeds an empty one. Either way every version that went live stays in the store under its hash, all nodes
 * follow it, and a pack with errors never replaces a good one.
 */
public final class PackPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PackPublisher.class);
    private static final long LOOK_MILLIS = 500;

    private final String name;
    private final PackSource source;
    private final StoredPacks store;
    private final boolean folderIsAuthor;
    private final LivePack live;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "pack-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> look;
    /** Hash of the folder when it was last dealt with: published, or found to have errors. */
    private @Nullable String lastRead;

    private @Nullable String lastRefused;

    PackPublisher(
            TappaSettings settings,
            PackStore store,
            CodeStore codes,
            Duration keep,
            boolean local,
            InstantSource clock) {
        this.source = new PackSource(settings);
        this.store = new StoredPacks(store, codes, clock);
        this.folderIsAuthor = local && source.folder() != null;
        this.name = settings.pack();
        this.live = new LivePack(first(), keep);
        this.look = looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The live version. */
    public LivePack live() {
        return live;
    }

    private PackSnapshot first() {
        var read = readSource();
        var result = read.result();
        var fromSource = result.snapshot();
        try {
            var stored = store.live();
            if (fromSource != null && (folderIsAuthor || stored == null)) {
                lastRead = fromSource.hash();
                return store.release(fromSource, read.files(), Wish.OF_FOLDER).snapshot();
            }
            if (stored != null) {
                if (fromSource == null) {
                    LOG.warn(
                            "{} has errors, so the last good version {} stays live:\n{}",
                            source,
                            stored.version(),
                            inWords(result.problems()));
                }
                return stored;
            }
        } catch (StoreUnavailable away) {
            LOG.warn("The store is away; {} is used until it answers", source);
        }
        if (fromSource != null) {
            return fromSource;
        }
        throw new PackHasErrors(source.toString(), result.problems());
    }

    /** Files, and what reading them gave. */
    private record Read(PackFiles files, PackResult result) {}

    private Read readSource() {
        try {
            var files = source.read();
            return new Read(files, read(files));
        } catch (IOException unreadable) {
            return new Read(
                    new PackFiles(new TreeMap<>()),
                    new PackResult(
                            null,
                            List.of(Problem.error(
                                    "unreadable",
                                    Place.file(source.toString()),
                                    "The folder cannot be read: %s.".formatted(unreadable.getMessage()),
                                    "Check that it exists and may be read."))));
        }
    }

    /** What the files say; those of a pack with another name are as wrong as others with errors. */
    PackResult read(PackFiles files) {
        var result = PackReader.read(files);
        var snapshot = result.snapshot();
        if (snapshot == null || snapshot.settings().name().equals(name)) {
            return result;
        }
        var other = snapshot.settings().name();
        return new PackResult(
                null,
                List.of(Problem.error(
                        "wrong-pack",
                        Place.file("pack.yaml"),
                        "The pack is called \"%s\", but this service serves \"%s\".".formatted(other, name),
                        "Start the service with --tappa.pack=%s, or rename the pack.".formatted(other))));
    }

    private void look() {
        try {
            if (folderIsAuthor) {
                lookAtFolder();
            } else {
                followStore();
            }
            followGathering();
        } catch (StoreUnavailable away) {
            LOG.debug("The store is away: {}", away.toString());
        } catch (IOException unreadable) {
            LOG.warn("{} cannot be read: {}", source, unreadable.getMessage());
        } catch (RuntimeException unforeseen) {
            // Thrown on, it would end the watch for good, and nobody would hear of it.
            if (!looking.isShutdown()) {
                LOG.error("Looking for a new version of the pack failed", unforeseen);
            }
        }
    }

    private void lookAtFolder() throws IOException {
        var hash = source.read().hash();
        if (!hash.equals(lastRead)) {
            reload();
        }
    }

    /** Facts that were gathered from further back meanwhile are known earlier. */
    private synchronized void followGathering() {
        var stored = store.gathering();
        if (!stored.equals(live.now().facts().gathering())) {
            live.swap(live.now().gathered(stored));
        }
    }

    private void followStore() throws IOException {
        var hash = store.liveHash();
        if (hash == null) {
            seed();
            return;
        }
        if (hash.equals(live.now().hash()) || hash.equals(lastRefused)) {
            return;
        }
        var snapshot = store.version(hash);
        if (snapshot == null) {
            lastRefused = hash;
            LOG.error(
                    "This node cannot build version {}; {} stays live",
                    hash,
                    live.now().version());
            return;
        }
        live.swap(snapshot);
        LOG.info("{} is live", snapshot.version());
    }

    /** Publishes what is served already to a store that was away, or empty, when this service started. */
    private void seed() throws IOException {
        var files = source.read();
        if (files.hash().equals(live.now().hash())) {
            live.swap(store.release(live.now(), files, Wish.OF_FOLDER).snapshot());
        }
    }

    /** Reads the folder again and publishes it when it has no errors; blocks while it compiles. */
    public PackResult reload() throws IOException {
        return reload(Wish.OF_FOLDER);
    }

    /** The same, as {@code wish}ed for. */
    public synchronized PackResult reload(Wish wish) throws IOException {
        var files = source.read();
        var result = read(files);
        var snapshot = result.snapshot();
        if (snapshot == null) {
            lastRead = files.hash();
            LOG.warn(
                    "{} stays live, since {} has errors:\n{}",
                    live.now().version(),
                    source,
                    inWords(result.problems()));
            return result;
        }
        if (!snapshot.hash().equals(live.now().hash())) {
            swap(store.release(snapshot, files, wish));
        }
        lastRead = snapshot.hash();
        return result;
    }

    private void swap(StoredPacks.Released released) {
        live.swap(released.snapshot());
        LOG.info("{} is live", released.snapshot().version());
    }

    /**
     * Makes {@code files} the live version if they have no errors; blocks while it compiles.
     *
     * @throws AnotherIsLive when the live version is not the one that {@code wish} expects
     */
    synchronized Published publish(PackFiles files, Wish wish) throws IOException {
        var result = read(files);
        var snapshot = result.snapshot();
        if (snapshot == null) {
            return new Published(result, null, null);
        }
        if (wish.expected() != null && !wish.expected().equals(store.liveHash())) {
            throw new AnotherIsLive();
        }
        var replaced = folderIsAuthor ? written(files) : null;
        var released = store.release(snapshot, files, wish);
        lastRead = files.hash();
        swap(released);
        return new Published(result, released.release(), replaced);
    }

    /** Where the folder is the author it gets the files too; what stood there and was not live is kept, and told by its hash. */
    private @Nullable String written(PackFiles files) throws IOException {
        var present = source.read();
        boolean isLive = present.hash().equals(live.now().hash());
        if (!isLive) {
            store.keep(present);
        }
        source.write(files);
        return isLive ? null : present.hash();
    }

    static String inWords(List<Problem> problems) {
        return problems.stream().map(Problem::inWords).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        look.cancel(false);
        looking.shutdownNow();
    }
}

package io.tappa.api.store.redis;

import io.tappa.api.store.Draft;
import io.tappa.api.store.Draft.Base;
import io.tappa.api.store.Draft.Note;
import io.tappa.api.store.DraftStore;
import io.tappa.engine.pack.PackFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Drafts in Redis: one hash each, a set of their names, and one counter; all in one slot, so that one script changes them. */
final class RedisDraftStore implements DraftStore {
    private final RedisLink redis;
    private final Keys keys;

    RedisDraftStore(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<SortedSet<String>> names() {
        return redis.run(commands -> commands.smembers(keys.drafts())).map(stored -> {
            var names = new TreeSet<String>();
            stored.forEach(name -> names.add(DraftCodec.text(name)));
            return names;
        });
    }

    @Override
    public Mono<List<Draft>> all() {
        return names().flatMap(names ->
                Flux.fromIterable(names).flatMapSequential(this::about).collectList());
    }

    private Mono<Draft> about(String name) {
        return DraftScripts.ABOUT
                .run(redis, new byte[][] {keys.draft(name)}, new byte[0][])
                .map(json -> DraftCodec.about(name, json));
    }

    @Override
    public Mono<Opened> find(String name) {
        return redis.run(commands -> commands.hgetall(keys.draft(name)))
                .filter(fields -> !fields.isEmpty())
                .map(fields -> DraftCodec.opened(name, fields));
    }

    @Override
    public Mono<Outcome> make(String name, Base base, Note made, String message, PackFiles files) {
        var etags = Draft.etags(files.contents());
        var notes = new TreeMap<String, Note>();
        etags.forEach((path, etag) -> notes.put(path, new Note(etag, made.by(), made.atMillis())));
        var fields = DraftCodec.fields(new Draft(name, base, made, message, notes, etags, 0), files);
        return DraftScripts.MAKE
                .run(
                        redis,
                        new byte[][] {keys.drafts(), keys.draft(name), keys.draftRevisions()},
                        arguments(Stream.of(name, Integer.toString(MOST)), fields))
                .map(RedisDraftStore::outcome);
    }

    @Override
    public Mono<Edited> edit(String name, Edit edit) {
        var text = edit.text();
        var answer = text == null ? delete(name, edit) : put(name, edit, text);
        return answer.map(RedisDraftStore::edited);
    }

    private Mono<byte[]> put(String name, Edit edit, String text) {
        var etag = Draft.etag(text);
        var note = new Note(etag, edit.by(), edit.atMillis());
        return DraftScripts.PUT.run(
                redis,
                changing(name),
                arguments(
                        Stream.of(
                                edit.path(),
                                edit.expected(),
                                etag,
                                DraftCodec.json(note),
                                text,
                                Integer.toString(PackFiles.MOST_FILES),
                                Integer.toString(LARGEST)),
                        List.of()));
    }

    private Mono<byte[]> delete(String name, Edit edit) {
        var note = new Note("", edit.by(), edit.atMillis());
        return DraftScripts.DELETE.run(
                redis,
                changing(name),
                arguments(Stream.of(edit.path(), edit.expected(), DraftCodec.json(note)), List.of()));
    }

    @Override
    public Mono<Outcome> replace(Opened opened, Base base, SortedMap<String, String> baseEtags, Change change) {
        var before = opened.draft();
        var notes = new TreeMap<>(before.notes());
        before.etags().keySet().stream()
                .filter(path -> !change.files().contents().containsKey(path))
                .forEach(path -> notes.put(path, new Note("", change.by(), change.atMillis())));
        Draft.etags(change.files().contents()).forEach((path, etag) -> {
            var note = notes.get(path);
            if (note == null || !note.etag().equals(etag)) {
                notes.put(path, new Note(etag, change.by(), change.atMillis()));
            }
        });
        var after = new Draft(before.name(), base, before.made(), before.message(), notes, baseEtags, 0);
        return DraftScripts.REPLACE
                .run(
                        redis,
                        changing(before.name()),
                        arguments(
                                Stream.of(Long.toString(before.revision())), DraftCodec.fields(after, change.files())))
                .map(RedisDraftStore::outcome);
    }

    @Override
    public Mono<Outcome> rebase(Draft draft, Base base, SortedMap<String, String> baseEtags) {
        return DraftScripts.REBASE
                .run(
                        redis,
                        changing(draft.name()),
                        arguments(Stream.of(draft.base().hash()), DraftCodec.base(base, baseEtags)))
                .map(RedisDraftStore::outcome);
    }

    @Override
    public Mono<Outcome> remove(String name, @Nullable Long revision) {
        return DraftScripts.REMOVE
                .run(
                        redis,
                        new byte[][] {keys.drafts(), keys.draft(name)},
                        arguments(Stream.of(name, revision == null ? "" : revision.toString()), List.of()))
                .map(RedisDraftStore::outcome);
    }

    private byte[][] changing(String name) {
        return new byte[][] {keys.draft(name), keys.draftRevisions()};
    }

    private static byte[][] arguments(Stream<String> first, Collection<byte[]> more) {
        var all = new ArrayList<byte[]>();
        first.map(Keys::bytes).forEach(all::add);
        all.addAll(more);
        return all.toArray(byte[][]::new);
    }

    private static Outcome outcome(byte[] answer) {
        return Outcome.valueOf(DraftCodec.text(answer).toUpperCase(Locale.ROOT));
    }

    /** After {@code stale} stands the note of what is there. */
    private static Edited edited(byte[] answer) {
        var text = DraftCodec.text(answer);
        var stale = "stale";
        if (!text.startsWith(stale)) {
            return new Edited(outcome(answer), null);
        }
        var note = text.substring(stale.length());
        return new Edited(Outcome.STALE, note.isEmpty() ? null : DraftCodec.note(note));
    }
}

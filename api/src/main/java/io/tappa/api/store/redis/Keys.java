package io.tappa.api.store.redis;

import io.tappa.engine.identity.VisitorKey;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The names of all keys. What belongs to a visitor carries the visitor's shard as hash tag, so that one script writes all
 * of it, on one server or on a cluster.
 *
 * @param pack name of the pack, the prefix of all keys
 */
record Keys(String pack) {
    /** The visitor's state, or a pointer to another visitor. */
    byte[] visitor(VisitorKey key) {
        return bytes(inShard(key.shard()) + "v:" + key.text());
    }

    /** One of the parts of the visitor's log. */
    byte[] log(VisitorKey key, int part) {
        return bytes(inShard(key.shard()) + "log" + part + ":" + key.text());
    }

    /** All parts of the visitor's log. */
    List<byte[]> logs(VisitorKey key) {
        return IntStream.range(0, LogLines.PARTS)
                .mapToObj(part -> log(key, part))
                .toList();
    }

    /** Event ids that no longer fit the visitor's state. */
    byte[] spill(VisitorKey key) {
        return bytes(inShard(key.shard()) + "ids:" + key.text());
    }

    /** Ids that the visitor's state no longer tells apart. */
    byte[] fused(VisitorKey key) {
        return bytes(inShard(key.shard()) + "fused:" + key.text());
    }

    /** What is left of somebody known by an id who was forgotten: the moment of an erasure, and denials. */
    byte[] left(VisitorKey key) {
        return bytes(inShard(key.shard()) + "gone:" + key.text());
    }

    /** Every move of the visitor that became final. */
    byte[] ledger(VisitorKey key) {
        return bytes(inShard(key.shard()) + "moves:" + key.text());
    }

    /** Who of a shard is to be woken when: all who live there, since all are forgotten some day. */
    byte[] timers(int shard) {
        return bytes(inShard(shard) + "timers");
    }

    /** The counters of a journey, one hash for each shard. */
    byte[] counters(int shard, String journey) {
        return bytes(inShard(shard) + "n:" + journey);
    }

    /** How many answers of each sort came in one month, one hash for each shard. */
    byte[] answers(int shard, YearMonth month) {
        return bytes(inShard(shard) + "a:" + month);
    }

    /** How many shards there are, written once and for ever. */
    byte[] shards() {
        return bytes("tappa:" + pack + ":shards");
    }

    /** Which versions of the pack went live, oldest first; the last one is live. */
    byte[] releases() {
        return bytes("tappa:" + pack + ":releases");
    }

    /** Since when each slot is gathered. */
    byte[] gathered() {
        return bytes("tappa:" + pack + ":gathered");
    }

    /** How far the visitors of earlier versions of the pack have caught up with the live one. */
    byte[] catchUp() {
        return bytes("tappa:" + pack + ":catchup");
    }

    /** Which node works on it. */
    byte[] catchUpLease() {
        return bytes("tappa:" + pack + ":catchup:lease");
    }

    /** The files of one version of the pack. */
    byte[] version(String hash) {
        return bytes("tappa:" + pack + ":pack:" + hash);
    }

    /** Hashes of all versions that went live, by their first digits. */
    byte[] versions() {
        return bytes("tappa:" + pack + ":versions");
    }

    /** The names of all drafts; each draft carries the same hash tag, so that one script writes both. */
    byte[] drafts() {
        return bytes("tappa:" + pack + ":{drafts}");
    }

    /** One draft. */
    byte[] draft(String name) {
        return bytes("tappa:" + pack + ":{drafts}:" + name);
    }

    /** How often drafts were changed. */
    byte[] draftRevisions() {
        return bytes("tappa:" + pack + ":{drafts}::revisions");
    }

    /** What only the nodes of the pack know. */
    byte[] secret() {
        return bytes("tappa:" + pack + ":secret");
    }

    /** The places of one shard whose logs have lines in one part. */
    byte[] logged(int shard, int part) {
        return bytes(inShard(shard) + "logged" + part);
    }

    /** Counters of what became of what was shown, in one shard. */
    byte[] tally(int shard, String table) {
        return bytes(inShard(shard) + "tally:" + table);
    }

    /** What surrounded decisions, by the hash of its content. */
    byte[] surroundings(String hash) {
        return bytes("tappa:" + pack + ":around:" + hash);
    }

    /** There as long as the archive may hold lines of the shard. */
    byte[] archived(int shard) {
        return bytes(inShard(shard) + "archived");
    }

    /** Who of the shard was forgotten and is yet to be struck from the archive, with the moment. */
    byte[] struck(int shard) {
        return bytes(inShard(shard) + "struck");
    }

    /** Where the archive is, and how far each group of shards is. */
    byte[] archive() {
        return bytes("tappa:" + pack + ":archive");
    }

    /** Which node works on the archive of one group of shards. */
    byte[] archiveLease(int group) {
        return bytes("tappa:" + pack + ":archive:lease:" + group);
    }

    /** How events are called. */
    byte[] eventNames() {
        return bytes("tappa:" + pack + ":names");
    }

    /** The events refused in one hour since 1970. */
    byte[] refusals(long hour) {
        return bytes("tappa:" + pack + ":refused:" + hour);
    }

    /** How far one import is. */
    byte[] job(String job) {
        return bytes("tappa:" + pack + ":job:" + job);
    }

    /** The lines that one import refused. */
    byte[] refusedLines(String job) {
        return bytes("tappa:" + pack + ":job:" + job + ":refused");
    }

    /** The product catalogue; its changes carry the same hash tag, so that one script writes both. */
    byte[] products() {
        return bytes("tappa:" + pack + ":{products}");
    }

    /** What got cheaper or came back. */
    byte[] productChanges() {
        return bytes("tappa:" + pack + ":{products}:changes");
    }

    /** Addresses that must not be written to, as hashes. */
    byte[] suppressed() {
        return bytes("tappa:" + pack + ":suppressed");
    }

    /** What is paused. */
    byte[] pauses() {
        return bytes("tappa:" + pack + ":pauses");
    }

    /** What was decided, seen and answered in one hour since 1970. */
    byte[] displays(long hour) {
        return bytes("tappa:" + pack + ":displays:" + hour);
    }

    /** How much was sold of each product on a day since 1970. */
    byte[] sold(long day) {
        return bytes("tappa:" + pack + ":{sales}:" + day);
    }

    /** In how many orders other products were together with this one. */
    byte[] together(String product) {
        return bytes("tappa:" + pack + ":{sales}:with:" + product);
    }

    /** What the owner was told, and when. */
    byte[] told() {
        return bytes("tappa:" + pack + ":guard");
    }

    /** Which node looks after campaigns, codes and placements. */
    byte[] guardLease() {
        return bytes("tappa:" + pack + ":guard:lease");
    }

    /** Sums, slots, ends of slots, answers, ends of answers and confirmed answers of a budget. */
    byte[][] budget(String budget) {
        var tag = "tappa:" + pack + ":{b:" + budget + "}:";
        return Stream.of("sums", "slots", "ends", "answers", "answerends", "confirmed")
                .map(part -> bytes(tag + part))
                .toArray(byte[][]::new);
    }

    /** The names of all pools of codes there ever were. */
    byte[] codePools() {
        return bytes("tappa:" + pack + ":codes");
    }

    /** All codes of a pool. */
    byte[] codes(String pool) {
        return bytes(ofPool(pool) + "all");
    }

    /** The codes of a pool that nobody has. */
    byte[] freeCodes(String pool) {
        return bytes(ofPool(pool) + "free");
    }

    /** Who has which code of a pool. */
    byte[] givenCodes(String pool) {
        return bytes(ofPool(pool) + "given");
    }

    private String ofPool(String pool) {
        return "tappa:" + pack + ":{c:" + pool + "}:";
    }

    private String inShard(int shard) {
        return "tappa:" + pack + ":{s" + shard + "}:";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

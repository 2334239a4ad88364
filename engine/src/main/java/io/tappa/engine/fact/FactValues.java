package io.tappa.engine.fact;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one visitor at one moment, by catalogue index: the only thing rules look at.
 *
 * <p>Filled by {@link FactCatalog#read}, then only read.
 */
public final class FactValues {
    /** A number nobody knows; no condition but {@code unknown} holds for it. */
    public static final long UNKNOWN = Long.MIN_VALUE;
    /** The lowest number a fact can have. */
    public static final long LOWEST = -Long.MAX_VALUE;

    private final long nowMillis;
    private final ProductNews news;
    private final ZoneId zone;
    private final long[] numbers;
    private final @Nullable String[] words;
    private final @Nullable SortedSet<String>[] sets;

    @SuppressWarnings({"unchecked", "rawtypes"})
    FactValues(int facts, long nowMillis, ProductNews news, ZoneId zone) {
        this.nowMillis = nowMillis;
        this.news = news;
        this.zone = zone;
        this.numbers = new long[facts];
        this.words = new String[facts];
        this.sets = new SortedSet[facts];
        Arrays.fill(numbers, UNKNOWN);
    }

    /** The moment the facts were read for, in milliseconds since 1970. */
    public long nowMillis() {
        return nowMillis;
    }

    /** The zone the visitor is in, the pack's where that is not known. */
    public ZoneId zone() {
        return zone;
    }

    /** What is known of products at that moment. */
    ProductNews news() {
        return news;
    }

    /** Number of the fact at {@code index} in stored units, or {@link #UNKNOWN}. */
    public long number(int index) {
        return numbers[index];
    }

    /** Word of the fact at {@code index}, or null when unknown. */
    public @Nullable String word(int index) {
        return words[index];
    }

    /** Words of the fact at {@code index}, or null when unknown. */
    public @Nullable SortedSet<String> words(int index) {
        return sets[index];
    }

    /** Whether anything is known of {@code fact}. */
    public boolean knows(Fact fact) {
        int index = fact.index();
        return switch (fact.type()) {
            case WHOLE, NUMBER, MONEY, DATE -> numbers[index] != UNKNOWN;
            case YESNO, WORD, TEXT -> words[index] != null;
            case WORDS -> sets[index] != null;
        };
    }

    /** Sets a number while the values are being filled. */
    public void put(int index, long number) {
        numbers[index] = number;
    }

    /** Sets a word while the values are being filled. */
    public void put(int index, @Nullable String word) {
        words[index] = word;
    }

    /** Sets several words while the values are being filled. */
    public void put(int index, SortedSet<String> several) {
        sets[index] = several;
    }

    /** Makes a fact unknown again while the values are being filled. */
    public void forget(int index) {
        numbers[index] = UNKNOWN;
        words[index] = null;
        sets[index] = null;
    }
}

package io.tappa.engine.offer;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Codes that are given once, one to a person.
 *
 * @param byName the codes of each pool in the order in which they are given, none twice
 */
public record CodePools(SortedMap<String, List<String>> byName) {
    /** No codes at all. */
    public static final CodePools NONE = new CodePools(new TreeMap<>());

    public CodePools {
        var copy = new TreeMap<String, List<String>>();
        byName.forEach((name, codes) -> copy.put(name, List.copyOf(codes)));
        byName = Collections.unmodifiableSortedMap(copy);
    }

    /** How many codes there are in a pool, given ones among them; 0 for none. */
    public long size(String pool) {
        return byName.getOrDefault(pool, List.of()).size();
    }
}

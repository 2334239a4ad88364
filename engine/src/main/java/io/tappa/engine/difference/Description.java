package io.tappa.engine.difference;

import io.tappa.engine.difference.Difference.Detail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What is said about a thing: texts by what they are about, in the order authors write them. */
final class Description {
    private final Map<String, String> texts = new LinkedHashMap<>();

    /** Says {@code text} of {@code about}; an empty one says nothing. */
    void put(String about, String text) {
        if (!text.isEmpty()) {
            texts.put(about, text);
        }
    }

    /** Says it besides what is said of {@code about} already. */
    void add(String about, String text) {
        texts.merge(about, text, (said, more) -> said + " and " + more);
    }

    /** What is different in {@code newer}. */
    List<Detail> to(Description newer) {
        var about = new LinkedHashSet<>(texts.keySet());
        about.addAll(newer.texts.keySet());
        var details = new ArrayList<Detail>();
        for (var of : about) {
            var was = texts.get(of);
            var is = newer.texts.get(of);
            if (was == null || !was.equals(is)) {
                details.add(new Detail(of, was, is));
            }
        }
        return details;
    }
}

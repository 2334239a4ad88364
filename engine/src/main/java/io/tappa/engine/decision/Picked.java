package io.tappa.engine.decision;

import io.tappa.engine.offer.ProductLists;
import io.tappa.engine.offer.Template;
import io.tappa.engine.touchpoint.ContentField;
import io.tappa.engine.touchpoint.Placement;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The products of an offer's lists at a placement: of each list the first ones that stand nowhere else on the page.
 *
 * @param byField ids of products by field
 * @param lacking the first list that has too few of them, or null
 */
record Picked(
        SortedMap<String, List<String>> byField, @Nullable Lack lacking) {
    private static final Picked NOTHING = new Picked(Collections.emptySortedMap(), null);

    /**
     * A list that has too few products.
     *
     * @param list the author's word for it
     * @param found how many there are that stand nowhere else on the page
     * @param fewest how many it must have
     */
    record Lack(String list, int found, int fewest) {}

    /** Picks for an offer that says {@code templates}; products {@code onPage} are not shown again. */
    static Picked of(
            Placement placement, SortedMap<String, Template> templates, ProductLists lists, Set<String> onPage) {
        Picked picked = NOTHING;
        var taken = onPage;
        for (var field : placement.fields()) {
            var template = templates.get(field.name());
            if (field.type() == ContentField.Type.PRODUCTS && template != null) {
                var products = first(field, template, lists, taken);
                picked = picked.with(field, template, products);
                taken = new HashSet<>(taken);
                taken.addAll(products);
            }
        }
        return picked;
    }

    private static List<String> first(ContentField field, Template template, ProductLists lists, Set<String> taken) {
        var word = template.plain();
        var kind = word == null ? null : ProductLists.Kind.of(word);
        return kind == null
                ? List.of()
                : lists.of(kind).stream()
                        .filter(product -> !taken.contains(product))
                        .distinct()
                        .limit(field.most())
                        .toList();
    }

    private Picked with(ContentField field, Template template, List<String> products) {
        var fields = new TreeMap<>(byField);
        fields.put(field.name(), products);
        boolean tooFew = lacking == null && products.size() < field.fewest();
        var word = template.plain();
        return new Picked(
                fields, tooFew ? new Lack(word == null ? "" : word, products.size(), field.fewest()) : lacking);
    }

    /** Whether {@code name} is a list of products at the placement. */
    static boolean isList(Placement placement, String name) {
        for (var field : placement.fields()) {
            if (field.type() == ContentField.Type.PRODUCTS && field.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the placement has room for lists at all; most have none. */
    static boolean hasLists(Placement placement) {
        for (var field : placement.fields()) {
            if (field.type() == ContentField.Type.PRODUCTS) {
                return true;
            }
        }
        return false;
    }
}

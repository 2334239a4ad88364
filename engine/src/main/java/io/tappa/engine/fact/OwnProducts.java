package io.tappa.engine.fact;

import io.tappa.engine.fact.Cell.Basket;
import io.tappa.engine.fact.Cell.Mark;
import io.tappa.engine.fact.Cell.Timeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The products that a visitor has to do with, as far as the pack gathers them. */
public final class OwnProducts {
    private OwnProducts() {}

    /** Ids of products that were looked at up to {@code nowMillis}, the newest first. */
    public static List<String> viewed(Map<Integer, Cell> cells, long nowMillis) {
        if (!(cells.get(ViewedAccumulator.ONLY.slot()) instanceof Timeline viewed)) {
            return List.of();
        }
        var products = new ArrayList<>(viewed.marks().stream()
                .filter(mark -> mark.at() <= nowMillis)
                .map(Mark::text)
                .toList());
        Collections.reverse(products);
        return products;
    }

    /** Ids of products that lie in the basket, what was put in last first; prices were gathered in {@code unitsPerOne}. */
    public static List<String> inBasket(Map<Integer, Cell> cells, long unitsPerOne) {
        if (!(cells.get(BasketAccumulator.any(unitsPerOne).slot()) instanceof Basket basket)) {
            return List.of();
        }
        var products = new ArrayList<>(basket.lines().stream()
                .map(line -> line.product)
                .filter(product -> !product.equals(BasketAccumulator.NO_PRODUCT))
                .toList());
        Collections.reverse(products);
        return products;
    }
}

package io.tappa.engine.fact;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** A habit of people who use screens and shops together. */
public enum ChannelPattern {
    /** Research online, purchase offline: looks at a product on a screen, then buys it in a shop. */
    ROPO {
        @Override
        List<String> events() {
            return List.of(VIEWED, OrderLines.ORDERED);
        }

        @Override
        boolean begins(String event, SortedMap<String, String> values, boolean offline) {
            return event.equals(VIEWED) && !offline;
        }

        @Override
        boolean ends(String event, SortedMap<String, String> values, boolean offline) {
            return event.equals(OrderLines.ORDERED) && offline;
        }
    },
    /** Buys online to fetch it in a shop, and fetches it. */
    CLICK_AND_COLLECT {
        @Override
        List<String> events() {
            return List.of(OrderLines.ORDERED, COLLECTED);
        }

        @Override
        boolean begins(String event, SortedMap<String, String> values, boolean offline) {
            return event.equals(OrderLines.ORDERED)
                    && !offline
                    && (PICKUP.equalsIgnoreCase(values.get("delivery"))
                            || PICKUP.equalsIgnoreCase(values.get("shipping")));
        }

        @Override
        boolean ends(String event, SortedMap<String, String> values, boolean offline) {
            return event.equals(COLLECTED);
        }
    },
    /** Tries something in a shop, or only comes by, then buys online. */
    TRY_AND_BUY {
        @Override
        List<String> events() {
            return List.of();
        }

        @Override
        boolean begins(String event, SortedMap<String, String> values, boolean offline) {
            boolean isVisit = offline && !event.startsWith(OF_ORDERS) && !event.equals(ANSWERED);
            return event.equals(TRIED) || isVisit;
        }

        @Override
        boolean ends(String event, SortedMap<String, String> values, boolean offline) {
            return event.equals(OrderLines.ORDERED) && !offline;
        }
    };

    private static final String VIEWED = "Product Viewed";
    private static final String TRIED = "Product Tried";
    private static final String COLLECTED = "Order Collected";
    private static final String ANSWERED = "Survey Answered";
    private static final String OF_ORDERS = "Order ";
    private static final String PICKUP = "pickup";

    /** The author's word for it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Under which name a digest of its events is kept. */
    String digestKey() {
        return "@" + key();
    }

    /** Whether its first step happens in a shop, not its second. */
    boolean beginsOffline() {
        return this == TRY_AND_BUY;
    }

    /** Names of the events it looks at; an empty list means all. */
    abstract List<String> events();

    /** Whether an event is its first step. */
    abstract boolean begins(String event, SortedMap<String, String> values, boolean offline);

    /** Whether an event is its second step. */
    abstract boolean ends(String event, SortedMap<String, String> values, boolean offline);
}

package io.tappa.api.store.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Words that nearly every visitor's blob holds, and that take one or two bytes there. */
final class KnownWords {
    /** The place of a word in this list is stored for ever, so new words come last. */
    private static final List<String> WORDS = List.of(
            "",
            "entry",
            "Product Viewed",
            "Product Added",
            "Page Viewed",
            "Order Completed",
            "product_id",
            "category",
            "awareness",
            "consideration",
            "intention",
            "purchase",
            "loyalty",
            "advocacy",
            "shop",
            "personalization_storage",
            "IT",
            "yes",
            "no",
            "price",
            "quantity",
            "order_id",
            "total",
            "value",
            "score",
            "kind",
            "nps",
            "csat",
            "ces",
            "Survey Answered",
            "Products Searched",
            "Product List Viewed",
            "Product Removed",
            "Product Clicked",
            "Product Added to Wishlist",
            "Cart Viewed",
            "Checkout Started",
            "Checkout Step Completed",
            "Payment Info Entered",
            "Order Refunded",
            "Order Cancelled",
            "Coupon Applied",
            "Coupon Denied",
            "Promotion Viewed",
            "Promotion Clicked",
            "Product Reviewed",
            "Identified",
            "Consent Updated",
            "Stage Set",
            "Time Passed",
            "traits.address.country",
            "traits.loyaltyCard",
            "traits.newsletter",
            "context.device",
            "context.language",
            "email",
            "push",
            "sms",
            "phone",
            "post",
            "ad_storage",
            "ad_user_data",
            "ad_personalization",
            "analytics_storage",
            "functionality_storage",
            "security_storage",
            "site",
            "app",
            "pos",
            "crm",
            "till",
            "DE",
            "FR",
            "AT",
            "CH",
            "ES",
            "GB",
            "US",
            "currency",
            "EUR",
            "joined",
            "restart",
            "by-hand",
            "familiarity",
            "decision",
            "acquisition",
            "retention",
            "dormant",
            "@basket",
            "@consent",
            "@touchpoint",
            "wants",
            "interested",
            "buys",
            "loyal",
            "recommends",
            "@zone",
            "Europe/Rome",
            "Europe/Berlin",
            "Europe/Paris",
            "Europe/Madrid",
            "Europe/Vienna",
            "Europe/Zurich",
            "Europe/London");

    private static final Map<String, Integer> PLACES = places();

    private KnownWords() {}

    private static Map<String, Integer> places() {
        var places = new HashMap<String, Integer>();
        for (int place = 0; place < WORDS.size(); place++) {
            places.put(WORDS.get(place), place);
        }
        return Map.copyOf(places);
    }

    /** What stands for {@code word} in a blob, or -1. */
    static int place(String word) {
        return PLACES.getOrDefault(word, -1);
    }

    /** The word for which {@code place} stands. */
    static String word(int place) {
        if (place >= WORDS.size()) {
            throw new IllegalArgumentException("""
                    word (%d) of the blob is unknown.
                    Maybe a newer version of Tappa wrote it.""".formatted(place));
        }
        return WORDS.get(place);
    }
}

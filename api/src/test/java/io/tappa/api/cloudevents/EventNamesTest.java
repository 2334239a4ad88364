package io.tappa.api.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventNamesTest {
    @ParameterizedTest
    @CsvSource({
        "Order Completed, Order Completed",
        "com.shop.order.completed, Order Completed",
        "com.shop.order.completed.v1, Order Completed",
        "com.shop.order.completed.2, Order Completed",
        "order.completed, Order Completed",
        "com.shop.orderCompleted, Order Completed",
        "com.shop.OrderCompleted, Order Completed",
        "com.shop.order_completed, Order Completed",
        "com.shop.order-completed, Order Completed",
        "order_completed, Order Completed",
        "com.shop.product_added_to_wishlist, Product Added to Wishlist",
        "Purchase, Purchase",
        "signup, signup",
        "..., ...",
        "v1, v1",
        "com.github.pull_request.opened, Pull Request Opened"
    })
    void areReadFromTheType(String type, String name) {
        assertThat(EventNames.of(type)).isEqualTo(name);
    }
}

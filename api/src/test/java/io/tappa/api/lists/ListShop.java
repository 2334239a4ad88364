package io.tappa.api.lists;

import io.tappa.api.Client;
import io.tappa.api.pack.ShopCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;

/** The sample pack with a page of lists of products. */
final class ListShop {
    private ListShop() {}

    static ShopCopy copy() {
        var shop = new ShopCopy();
        try {
            shop.replace("touchpoints.yaml", "touchpoints:\n", """
                    touchpoints:
                      shelf:
                        channel: site
                        placements:
                          viewed:   { content: { title: { type: text }, items: { type: products, most: 3 } } }
                          basket:   { content: { items: { type: products } } }
                          best:     { content: { items: { type: products, most: 3 } } }
                          together: { content: { items: { type: products } } }
                          strict:   { content: { items: { type: products, fewest: 3 } } }
                    """);
            shop.replace("offers.yaml", "offers:\n", """
                    offers:
                      l-viewed:   { content: { site: { it: { title: "Già visti", items: last viewed } } } }
                      l-basket:   { value: 1.00, content: { site: { it: { items: basket } } } }
                      l-best:     { content: { site: { it: { items: bestsellers } } } }
                      l-together: { content: { site: { it: { items: bought together } } } }
                      l-nothing:  { content: { site: { it: { title: Niente } } } }
                    """);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        shop.write("contact-policy.yaml", "{}");
        shop.write("decisions/shelf.yaml", """
                rules:
                  - { id: l-1, where: shelf.viewed, show: l-viewed }
                  - { id: l-2, where: [ shelf.basket, shelf.strict ], show: l-basket }
                  - { id: l-3, where: shelf.best, show: l-best }
                  - { id: l-4, where: shelf.together, show: l-together }
                  - { id: l-5, where: shelf, show: l-nothing, priority: low }
                """);
        return shop;
    }

    /** Imports a feed of these rows: id, title, price, availability and link. */
    static void feed(Client client, String... rows) {
        var csv = "id,title,price,availability,link\n" + String.join("\n", rows) + "\n";
        var answer = client.send(client.request("/v1/data/products")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(csv))
                .build());
        if (answer.json().path("refused").asInt(1) != 0) {
            throw new AssertionError(answer.body());
        }
    }
}

package io.tappa.api.lists;

import io.tappa.api.store.ProductStore;
import io.tappa.api.store.SalesCounts;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.fact.OwnProducts;
import io.tappa.engine.offer.ProductLists;
import io.tappa.engine.offer.ProductLists.Kind;
import io.tappa.engine.pack.ListsAsked;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.visitor.VisitorState;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import reactor.core.publisher.Mono;

/** Finds the products for the lists of a page, before it is decided whether and where they are shown. */
public final class ProductFinder {
    /** Looked at beyond what the page needs, since some may be sold out. */
    private static final int SPARE = 8;
    /** Products of the basket of which it is asked what was bought with them; those put in last. */
    private static final int MOST_BASKET = 20;
    /** Of how many products that were viewed last it is asked where the basket is empty. */
    private static final int MOST_VIEWED = 3;

    private static final Set<Kind> OF_VISITOR = EnumSet.of(Kind.LAST_VIEWED, Kind.BASKET, Kind.BOUGHT_TOGETHER);

    private final LiveLists lists;
    private final Bestsellers bestsellers;
    private final SalesCounts sales;
    private final ProductStore products;

    ProductFinder(LiveLists lists, Bestsellers bestsellers, SalesCounts sales, ProductStore products) {
        this.lists = lists;
        this.bestsellers = bestsellers;
        this.sales = sales;
        this.products = products;
    }

    /** What a visitor has to do with. */
    private record Own(List<String> viewed, List<String> basket) {}

    /** The same for decisions that leave no trace, where any offer may be looked at, also one that no rule shows there. */
    public Mono<FoundProducts> findForAnything(PackSnapshot pack, DecisionRequest request, VisitorState state) {
        return find(pack, request, state, lists.of(pack).onPageOfAnything(request.placements()));
    }

    /**
     * What can be shown to the visitor in {@code state}. One round trip, and one more where it is asked what is bought
     * together; none for pages without lists.
     */
    public Mono<FoundProducts> find(PackSnapshot pack, DecisionRequest request, VisitorState state) {
        return find(pack, request, state, lists.of(pack).onPage(request.placements()));
    }

    private Mono<FoundProducts> find(
            PackSnapshot pack, DecisionRequest request, VisitorState state, ListsAsked.OnPage page) {
        if (page.kinds().isEmpty()) {
            return Mono.just(FoundProducts.NONE);
        }
        var own = page.kinds().stream().anyMatch(OF_VISITOR::contains)
                ? own(pack, state, request.atMillis())
                : new Own(List.of(), List.of());
        int looked = Math.min(ProductLists.MOST, page.most() + SPARE);
        var candidates = new TreeMap<Kind, List<String>>();
        for (var kind : page.kinds()) {
            candidates.put(kind, kind == Kind.BOUGHT_TOGETHER ? List.of() : candidates(kind, own, looked));
        }
        if (!page.kinds().contains(Kind.BOUGHT_TOGETHER)) {
            return had(candidates, page.most());
        }
        return together(own, looked).flatMap(found -> {
            candidates.put(Kind.BOUGHT_TOGETHER, found);
            return had(candidates, page.most());
        });
    }

    private static Own own(PackSnapshot pack, VisitorState state, long atMillis) {
        var cells = state.gathered(pack.facts());
        return new Own(
                OwnProducts.viewed(cells, atMillis),
                OwnProducts.inBasket(cells, pack.settings().minorUnits()));
    }

    private List<String> candidates(Kind kind, Own own, int looked) {
        var all = switch (kind) {
            case LAST_VIEWED -> own.viewed();
            case BASKET -> own.basket();
            case BESTSELLERS -> bestsellers.now();
            case BOUGHT_TOGETHER -> List.<String>of();
        };
        return all.stream().limit(looked).toList();
    }

    private Mono<List<String>> together(Own own, int looked) {
        var with = own.basket().isEmpty()
                ? own.viewed().stream().limit(MOST_VIEWED).toList()
                : own.basket().stream().limit(MOST_BASKET).toList();
        if (with.isEmpty()) {
            return Mono.just(List.of());
        }
        return sales.together(with).map(counts -> {
            var others = new TreeMap<>(counts);
            others.keySet().removeAll(own.basket());
            return Bestsellers.best(others, looked);
        });
    }

    /** Those of the candidates that can be had, as many as are needed. */
    private Mono<FoundProducts> had(Map<Kind, List<String>> candidates, int most) {
        var all = new LinkedHashSet<String>();
        candidates.values().forEach(all::addAll);
        var known = all.isEmpty() ? Mono.just(Map.<String, String>of()) : products.find(all);
        return known.map(stored -> {
            var found = new TreeMap<Kind, List<String>>();
            candidates.forEach((kind, ids) -> found.put(
                    kind,
                    ids.stream()
                            .filter(product -> FoundProducts.canBeHad(stored.get(product)))
                            .limit(most)
                            .toList()));
            return new FoundProducts(new ProductLists(found), stored);
        });
    }
}

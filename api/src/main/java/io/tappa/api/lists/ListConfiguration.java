package io.tappa.api.lists;

import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.store.ProductStore;
import io.tappa.api.store.SalesCounts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What lists of products are made of. */
@Configuration(proxyBeanMethods = false)
class ListConfiguration {
    @Bean
    LiveLists liveLists() {
        return new LiveLists();
    }

    @Bean(destroyMethod = "close")
    SalesNotes salesNotes(SalesCounts store, LiveLists lists) {
        return new SalesNotes(store, lists);
    }

    @Bean
    Bestsellers bestsellers(
            SalesCounts sales, ProductStore products, LivePack live, LiveLists lists, ServiceClock clock) {
        return new Bestsellers(sales, products, live, lists, clock);
    }

    @Bean
    ProductFinder productFinder(LiveLists lists, Bestsellers bestsellers, SalesCounts sales, ProductStore products) {
        return new ProductFinder(lists, bestsellers, sales, products);
    }
}

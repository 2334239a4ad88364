package io.tappa.api.store.redis;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds while no Redis of the operator's is named. */
final class WithoutExternalRedis implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        var environment = context.getEnvironment();
        return !environment.containsProperty("spring.data.redis.host")
                && !environment.containsProperty("spring.data.redis.cluster.nodes")
                && !environment.containsProperty("spring.data.redis.cluster.nodes[0]");
    }
}

package io.tappa.api;

import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.tappa.api.embedded.EmbeddedRedis;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.engine.pack.PackSnapshot;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/** The whole service in this JVM, listening on a free port, on the Redis its settings name or on one of its own. */
public final class Service implements AutoCloseable {
    private static final List<String> PATIENT = List.of(
            "--tappa.decision.budget=30s", "--tappa.decision.batch-budget=30s", "--spring.data.redis.timeout=10s");

    private final ConfigurableApplicationContext context;
    private final Path data;
    private final boolean temporary;

    private Service(ConfigurableApplicationContext context, Path data, boolean temporary) {
        this.context = context;
        this.data = data;
        this.temporary = temporary;
    }

    /** Starts it with {@code settings} such as {@code --tappa.pack=shop}; unless they say otherwise it is very patient. */
    public static Service start(String... settings) {
        return start(temporaryFolder(), true, null, settings);
    }

    /** The same with another clock, which may be shared by several and moved. */
    public static Service startAt(ServiceClock clock, String... settings) {
        return start(temporaryFolder(), true, clock, settings);
    }

    /** The same on the data of an earlier one, which are kept. */
    public static Service startOn(Path data, String... settings) {
        return start(data, false, null, settings);
    }

    private static Service start(Path data, boolean temporary, @Nullable ServiceClock clock, String... settings) {
        var arguments = new ArrayList<>(List.of(settings));
        arguments.add("--server.port=0");
        arguments.add("--tappa.data=" + data);
        for (var patient : PATIENT) {
            if (arguments.stream().noneMatch(setting -> setting.startsWith(patient.replaceFirst("=.*", "=")))) {
                arguments.add(patient);
            }
        }
        var application = new SpringApplicationBuilder(TappaService.class).initializers(Service::useOwnThreads);
        if (clock != null) {
            application.initializers(context -> use(clock, (GenericApplicationContext) context));
        }
        return new Service(application.run(arguments.toArray(String[]::new)), data, temporary);
    }

    /** Shared ones would end with whichever service ends first. */
    private static void useOwnThreads(ConfigurableApplicationContext context) {
        var threads = new ReactorResourceFactory();
        threads.setUseGlobalResources(false);
        context.getBeanFactory().registerSingleton("reactorResourceFactory", threads);
        threads.afterPropertiesSet();
    }

    private static void use(ServiceClock clock, GenericApplicationContext context) {
        context.registerBean("otherClock", ServiceClock.class, () -> clock, bean -> bean.setPrimary(true));
    }

    /** Asks it with a secret key of local services. */
    public Client client() {
        return new Client(URI.create("http://127.0.0.1:" + port()), "sk_demo");
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public PackSnapshot pack() {
        return bean(LivePack.class).now();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Looks into the embedded Redis. */
    public <T> T redis(Function<StatefulRedisConnection<String, String>, T> question) {
        return redis(bean(EmbeddedRedis.class).port(), question);
    }

    /** Looks into the Redis on {@code port}. */
    public static <T> T redis(int port, Function<StatefulRedisConnection<String, String>, T> question) {
        try (var client = RedisClient.create("redis://127.0.0.1:" + port);
                var connection = client.connect()) {
            return question.apply(connection);
        }
    }

    /** All keys that look like {@code pattern}. */
    public static List<String> keys(StatefulRedisConnection<String, String> connection, String pattern) {
        var keys = new TreeSet<String>();
        ScanIterator.scan(connection.sync(), ScanArgs.Builder.matches(pattern).limit(1_000))
                .forEachRemaining(keys::add);
        return List.copyOf(keys);
    }

    @Override
    public void close() {
        context.close();
        if (temporary) {
            delete(data);
        }
    }

    /** A folder for data; the caller deletes it. */
    public static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("tappa-test").toRealPath();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Deletes a folder with all in it. */
    public static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

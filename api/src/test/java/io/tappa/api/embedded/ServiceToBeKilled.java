package io.tappa.api.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A service of its own JVM for the tests: says its port, or why not, and waits to be killed. */
final class ServiceToBeKilled {
    /** Tells its own words from those of the log. */
    private static final String SAYS = "says: ";

    private ServiceToBeKilled() {}

    public static void main(String[] arguments) throws IOException {
        try {
            var redis = EmbeddedRedis.start(new EmbeddedRedisSettings(Path.of(arguments[0]), 0, "everysec"));
            System.out.println(SAYS + redis.port());
        } catch (EmbeddedRedisException refused) {
            System.out.println(SAYS + refused.getMessage());
            System.exit(1);
        }
        System.in.read();
    }

    static Process start(Path data) throws IOException {
        var java = Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
        var classPath = System.getProperty("java.class.path", "");
        return new ProcessBuilder(java, "-cp", classPath, ServiceToBeKilled.class.getName(), data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static String firstLine(Process service) throws IOException {
        var lines = service.inputReader(StandardCharsets.UTF_8);
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(SAYS)) {
                return line.substring(SAYS.length());
            }
        }
        return "";
    }
}

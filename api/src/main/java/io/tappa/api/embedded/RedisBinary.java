package io.tappa.api.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * The redis-server program for one operating system and processor.
 *
 * @param name both the resource on the class path and the file in the data folder; it carries the version
 */
record RedisBinary(String name) {
    private static final Set<String> CARRIED = Set.of(
            "redis-server-7.0.15-linux-amd64",
            "redis-server-7.0.15-linux-arm64",
            "redis-server-7.0.15-linux-386",
            "redis-server-7.0.15-darwin-amd64",
            "redis-server-7.0.15-darwin-arm64");

    static RedisBinary forThisMachine() {
        return forMachine(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static RedisBinary forMachine(String system, String processor) {
        var name = "redis-server-7.0.15-%s-%s".formatted(systemOf(system), processorOf(processor));
        if (!CARRIED.contains(name)) {
            throw new EmbeddedRedisException("""
                    There is no embedded Redis for %s on %s, only for Linux and macOS.
                    Maybe run a Redis elsewhere (Docker, WSL, another machine) and point at it: \
                    --spring.data.redis.host=… --spring.data.redis.port=6379""".formatted(system, processor));
        }
        return new RedisBinary(name);
    }

    /** Copies the program unless the very same is there already; a half-written file never bears its name. */
    Path installIn(Path bin) throws IOException {
        var target = bin.resolve(name);
        var program = read();
        if (!Files.isExecutable(target) || !Arrays.equals(Files.readAllBytes(target), program)) {
            var unfinished = Files.createDirectories(bin).resolve(name + ".tmp");
            Files.write(unfinished, program);
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return target;
    }

    private byte[] read() throws IOException {
        try (var resource = RedisBinary.class.getResourceAsStream("/" + name)) {
            if (resource == null) {
                throw new EmbeddedRedisException("""
                        The program %s is not on the class path.
                        Maybe the dependency org.signal:embedded-redis is missing.""".formatted(name));
            }
            return resource.readAllBytes();
        }
    }

    private static String systemOf(String name) {
        if (name.startsWith("Mac")) {
            return "darwin";
        }
        return name.startsWith("Linux") ? "linux" : "unknown";
    }

    private static String processorOf(String name) {
        return switch (name) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            case "x86", "i386", "i486", "i586", "i686" -> "386";
            default -> "unknown";
        };
    }
}

package io.tappa.api.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisBinaryTest {
    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({
        "Linux, amd64, redis-server-7.0.15-linux-amd64",
        "Linux, aarch64, redis-server-7.0.15-linux-arm64",
        "Linux, i386, redis-server-7.0.15-linux-386",
        "Mac OS X, x86_64, redis-server-7.0.15-darwin-amd64",
        "Mac OS X, aarch64, redis-server-7.0.15-darwin-arm64"
    })
    void isCarriedForLinuxAndMacOs(String system, String processor, String name) {
        assertThat(RedisBinary.forMachine(system, processor).name()).isEqualTo(name);
        assertThat(RedisBinary.class.getResource("/" + name)).isNotNull();
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({"Windows 11, amd64", "Linux, riscv64", "Mac OS X, i386", "FreeBSD, amd64"})
    void saysHowToPointAtARedisElsewhere(String system, String processor) {
        assertThatThrownBy(() -> RedisBinary.forMachine(system, processor))
                .isInstanceOf(EmbeddedRedisException.class)
                .hasMessageContaining("no embedded Redis for %s on %s".formatted(system, processor))
                .hasMessageContaining("--spring.data.redis.host=");
    }

    @Test
    void settingsRefuseAPortAndAnFsyncThatDoNotExist() {
        assertThatThrownBy(() -> new EmbeddedRedisSettings(Path.of("data"), 65_536, "everysec"))
                .hasMessageContaining("port (65536)");
        assertThatThrownBy(() -> new EmbeddedRedisSettings(Path.of("data"), 0, "no"))
                .hasMessageContaining("appendFsync (no)");
    }
}

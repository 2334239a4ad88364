package io.tappa.api.body;

import io.netty.handler.codec.http.HttpContentDecompressor;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;

/** Unpacks bodies with {@code Content-Encoding: gzip} or {@code deflate}, as SDKs send them. */
@Configuration(proxyBeanMethods = false)
class CompressedBodies {
    /** Most bytes that one packed piece may unpack to, so that a small body cannot ask for all memory. */
    private static final int MOST_BYTES = 1 << 20;

    @Bean
    NettyServerCustomizer unpackBodies() {
        return server -> server.doOnChannelInit((observer, channel, remote) -> channel.pipeline()
                .addBefore(NettyPipeline.HttpTrafficHandler, "unpack", new HttpContentDecompressor(MOST_BYTES)));
    }
}

/** Tests of the embedded redis-server, all with the real program; {@link RedisServers} is for other tests too. */
@NullMarked
package io.tappa.api.embedded;

import org.jspecify.annotations.NullMarked;

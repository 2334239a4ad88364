package io.tappa.api.body;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import reactor.core.Exceptions;
import reactor.netty.channel.AbortedException;

/** Tells whether reading failed since the rest of a body never came. */
public final class BrokenBody {
    private BrokenBody() {}

    /** Whether {@code failure} says that a sender hung up or fell silent. */
    public static boolean explains(Throwable failure) {
        var cause = Exceptions.unwrap(failure);
        return cause instanceof IOException || cause instanceof TimeoutException || cause instanceof AbortedException;
    }
}

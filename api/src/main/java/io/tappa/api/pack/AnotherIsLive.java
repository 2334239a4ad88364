package io.tappa.api.pack;

/** Another version is live than the one that whoever publishes began with. */
final class AnotherIsLive extends RuntimeException {
    private static final long serialVersionUID = 1;

    AnotherIsLive() {
        super("Another version went live meanwhile.");
    }
}

package io.tappa.engine.identity;

/** For which ids whoever sends them may speak. */
public enum Proof {
    /** For none: anybody may have made them up. */
    NONE,
    /** For the userId alone: the site's server proved it. */
    USER,
    /** For all: a server sent them. */
    ALL
}

package io.tappa.engine.rule.box;

/**
 * One thing that may differ between visitors, independently of all others.
 *
 * @param key its name, which also puts variables in order
 * @param whole all values it can have
 */
record Variable(String key, Values whole) implements Comparable<Variable> {
    @Override
    public int compareTo(Variable other) {
        return key.compareTo(other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Variable variable && variable.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }
}

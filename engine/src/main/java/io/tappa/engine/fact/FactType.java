package io.tappa.engine.fact;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a fact's value is, and so which phrases may ask for it. */
public enum FactType {
    WHOLE,
    NUMBER,
    MONEY,
    YESNO,
    WORD,
    TEXT,
    DATE,
    /** Several words at once, such as the personas a visitor matches; not for authors. */
    WORDS;

    /** The type an author calls {@code name}, or null. */
    public static @Nullable FactType named(String name) {
        for (var type : values()) {
            if (type != WORDS && type.key().equals(name)) {
                return type;
            }
        }
        return null;
    }

    /** The author's word for the type. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether values are compared by size. */
    public boolean isNumeric() {
        return this == WHOLE || this == NUMBER || this == MONEY || this == DATE;
    }
}

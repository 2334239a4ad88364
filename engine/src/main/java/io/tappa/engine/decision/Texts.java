package io.tappa.engine.decision;

import io.tappa.engine.pack.FactWords;
import java.text.MessageFormat;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.stream.Stream;

/** The words of one language, English or Italian, and how they are put together. */
final class Texts implements FactWords.Terms {
    private static final String BUNDLE = "io.tappa.engine.decision.sentences";
    /** The texts of each language there is; English stands in for all others. */
    private static final Map<Locale, ResourceBundle> TEXTS =
            Map.of(Locale.ENGLISH, bundle(Locale.ROOT), Locale.ITALIAN, bundle(Locale.ITALIAN));

    private final ResourceBundle texts;

    private Texts(Locale language) {
        this.texts = texts(language);
    }

    private static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(BUNDLE, language, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    }

    private static ResourceBundle texts(Locale language) {
        return Objects.requireNonNull(TEXTS.get(language));
    }

    /** English. */
    static Texts english() {
        return new Texts(Locale.ENGLISH);
    }

    /** The first language of {@code wanted} that there is, else English. */
    static Texts best(List<Locale.LanguageRange> wanted) {
        var found = Locale.lookup(wanted, TEXTS.keySet());
        return new Texts(found == null ? Locale.ENGLISH : found);
    }

    /** The keys of all texts in {@code language}, so that none is forgotten. */
    static Collection<String> keys(Locale language) {
        return texts(language).keySet();
    }

    /** The text at {@code key} with {@code values} filled in. */
    String say(String key, Object... values) {
        var texts = Stream.of(values).map(Object::toString).toArray();
        return new MessageFormat(this.texts.getString(key), Locale.ROOT).format(texts);
    }

    /** So many of something: the text at {@code key}, or the one for exactly one. */
    String counted(String key, long number) {
        return number == 1 ? say(key + ".one") : say(key, number);
    }

    @Override
    public String unknown() {
        return say("unknown");
    }

    @Override
    public String none() {
        return say("words.none");
    }

    @Override
    public String both(String left, String right) {
        return say("words.both", left, right);
    }

    @Override
    public String measured(String number, String unit) {
        var key = "duration." + unit.substring(0, unit.length() - 1);
        return number.equals("1") ? say(key + ".one") : say(key, number);
    }

    /** Each of {@code sentences}. */
    String all(Stream<String> sentences) {
        return sentences.reduce((left, right) -> say("and", left, right)).orElse("");
    }

    /** One of {@code values} or another. */
    String any(Stream<String> values) {
        return values.reduce((left, right) -> say("or", left, right)).orElse("");
    }
}

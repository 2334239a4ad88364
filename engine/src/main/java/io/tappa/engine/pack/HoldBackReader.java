package io.tappa.engine.pack;

import io.tappa.engine.campaign.HoldBack;
import io.tappa.engine.campaign.HoldBack.Shows;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the value of {@code hold back}: {@code { share: 10 %, shows: next best }}. */
final class HoldBackReader {
    private static final List<String> SHOWS =
            Arrays.stream(Shows.values()).map(HoldBackReader::inWords).toList();

    private final Problems problems;

    HoldBackReader(Problems problems) {
        this.problems = problems;
    }

    /** From whom something is kept, or null after noting what is wrong. */
    @Nullable
    HoldBack read(YamlNode map) {
        var fields = new Fields(map, "a share and what it shows", problems);
        var text = fields.required("share");
        var value = fields.take("share");
        var share = text == null || value == null ? null : Shares.read(value, HoldBack.EVERYBODY - 1, problems);
        var shows = fields.oneOf("shows", SHOWS);
        if (!fields.has("shows")) {
            fields.required("shows");
        }
        fields.finish();
        return share == null || shows == null ? null : new HoldBack(share, ofWords(shows));
    }

    private static String inWords(Shows shows) {
        return shows.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Shows ofWords(String words) {
        return Shows.valueOf(words.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }
}

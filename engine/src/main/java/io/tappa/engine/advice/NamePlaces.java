package io.tappa.engine.advice;

import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.YamlFile;
import io.tappa.engine.rule.file.YamlNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where the files of a pack without errors name what has no place of its own. */
final class NamePlaces {
    private static final String CAMPAIGNS = "campaigns/";
    private static final String CAMPAIGN = "campaign";

    private final Map<String, Map<String, Place>> ofNames = new HashMap<>();

    NamePlaces(PackFiles files) {
        for (var file : files.contents().entrySet()) {
            var name = file.getKey();
            boolean isCampaign = name.startsWith(CAMPAIGNS);
            if (name.endsWith(".yaml") && (isCampaign || !name.contains("/"))) {
                var root = YamlFile.read(name, file.getValue(), new Problems());
                if (root != null && isCampaign) {
                    addCampaign(root);
                } else if (root != null) {
                    addNames(name, root);
                }
            }
        }
    }

    private void addCampaign(YamlNode root) {
        root.entries(new Problems(), CAMPAIGN).forEach((key, value) -> {
            if (key.text().equals(CAMPAIGN)) {
                placesOf(CAMPAIGNS).put(value.text(), value.place().inside(value.text()));
            }
        });
    }

    private void addNames(String file, YamlNode root) {
        for (var top : root.entries(new Problems(), "names").values()) {
            if (top.isMap()) {
                top.entries(new Problems(), "names")
                        .keySet()
                        .forEach(key ->
                                placesOf(file).put(key.text(), key.place().inside(key.text())));
            }
        }
    }

    private Map<String, Place> placesOf(String file) {
        return ofNames.computeIfAbsent(file, anew -> new HashMap<>());
    }

    /** Where {@code file} defines {@code name}; the file where it does not. */
    Place in(String file, String name) {
        return placesOf(file).getOrDefault(name, Place.file(file));
    }

    /** Where the campaign called {@code name} is. */
    Place ofCampaign(String name) {
        return in(CAMPAIGNS, name);
    }

    /** All that {@code file} defines, in the order in which it stands there. */
    List<String> names(String file) {
        return placesOf(file).entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> entry.getValue().line()))
                .map(Map.Entry::getKey)
                .map(Objects::requireNonNull)
                .toList();
    }
}

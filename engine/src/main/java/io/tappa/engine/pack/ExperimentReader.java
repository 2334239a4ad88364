package io.tappa.engine.pack;

import io.tappa.engine.experiment.Experiments;
import io.tappa.engine.experiment.Layers;
import io.tappa.engine.experiment.Period;
import io.tappa.engine.experiment.Split;
import io.tappa.engine.experiment.Treatment;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.RuleFields;
import io.tappa.engine.rule.file.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code experiments.yaml}. */
final class ExperimentReader {
    /** Most experiments in one pack, ended ones among them. */
    private static final int MOST_EXPERIMENTS = 200;

    private final PackSettings settings;
    private final VariantReader variants;
    private final GoalReader goals;
    private final Problems problems;
    private final List<Layers.Plan> plans = new ArrayList<>();
    private @Nullable KnownNames layers;

    ExperimentReader(ProgrammeGround ground, ContentCheck content, Problems problems) {
        this.settings = ground.settings();
        this.variants = new VariantReader(ground.words(), content, problems);
        this.goals = new GoalReader(ground.events(), problems);
        this.problems = problems;
    }

    /** The experiments; those with a mistake, which was noted, are left out. */
    Experiments read(YamlNode root) {
        var file = new Fields(root, "\"layers:\" and \"experiments:\"", problems);
        layers = layers(file);
        var map = file.take("experiments");
        if (map == null) {
            file.missing(
                    List.of("experiments"), "The file names no experiments.", "Add \"experiments:\" and their names.");
        }
        file.finish();
        if (map != null) {
            var entries = map.entries(problems, "experiments by name");
            if (entries.size() > MOST_EXPERIMENTS) {
                problems.error(
                        "too-many-names",
                        map.place(),
                        "There are %d experiments; %d are possible.".formatted(entries.size(), MOST_EXPERIMENTS),
                        "Remove those that have ended.");
                return Experiments.NONE;
            }
            entries.forEach(this::add);
        }
        return new Experiments(Layers.place(plans));
    }

    /** The layers, or null where they are missing, so that no experiment can be blamed for its layer. */
    private @Nullable KnownNames layers(Fields file) {
        var list = file.take("layers");
        if (list == null) {
            file.missing(List.of("layers"), "The file names no layers.", "Add a line such as \"layers: [ banner ]\".");
            return null;
        }
        var names = new LinkedHashSet<String>();
        for (var item : list.items()) {
            if (Fields.isKey(item.text(), item.place(), problems) && !names.add(item.text())) {
                problems.error(
                        "duplicate-name",
                        item.place(),
                        "The layer \"%s\" is named twice.".formatted(item.text()),
                        "Keep one of them.");
            }
        }
        return new KnownNames("layer", names);
    }

    private void add(YamlNode key, YamlNode value) {
        int before = problems.count();
        VariantReader.checkName(key, problems);
        var fields = new Fields(value, "an experiment", problems);
        var plan = plan(key.text(), fields);
        if (plan != null && !problems.hasErrorsSince(before)) {
            checkRoom(plan, fields.placeOf("share"));
            checkPlacements(plan, fields.placeOf("where"));
            if (!problems.hasErrorsSince(before)) {
                plans.add(plan);
            }
        }
        problems.nameSince(before, key.text());
    }

    private Layers.@Nullable Plan plan(String key, Fields fields) {
        int before = problems.count();
        var layer = layer(fields);
        var share = share(fields);
        var period = period(fields);
        var split = variants.split(fields);
        var where = variants.where(fields);
        var shows = variants.shows(fields, split, where);
        var goal = fields.take("goal");
        var wanted = goal == null ? null : goals.read(goal);
        fields.finish();
        if (layer == null || share == null || period == null || split == null || problems.hasErrorsSince(before)) {
            return null;
        }
        return new Layers.Plan(
                key, layer, share * Split.PER_HUNDREDTH, split, period, new Treatment(where, shows, wanted));
    }

    private @Nullable String layer(Fields fields) {
        var text = fields.required("layer");
        var value = fields.take("layer");
        boolean known = text != null && value != null && (layers == null || layers.hold(value, problems));
        return known ? text : null;
    }

    private @Nullable Integer share(Fields fields) {
        var text = fields.required("share");
        var value = fields.take("share");
        return text == null || value == null ? null : Shares.read(value, Shares.ALL, problems);
    }

    private @Nullable Period period(Fields fields) {
        var zone = settings.zone();
        long from = RuleFields.from(fields.text("from"), zone, fields.placeOf("from"), problems);
        long until = RuleFields.until(fields.text("until"), zone, fields.placeOf("until"), problems);
        if (from < until) {
            return new Period(from, until);
        }
        problems.error(
                "impossible",
                fields.placeOf("until"),
                "The experiment ends before it begins.",
                "Put the earlier date at from.");
        return null;
    }

    private void checkRoom(Layers.Plan plan, Place share) {
        var all = new ArrayList<>(plans);
        all.add(plan);
        var crowd = Layers.crowd(all);
        if (!crowd.isEmpty()) {
            var shares = crowd.stream()
                    .map(one -> one.key() + " " + Shares.inWords(one.partsPerMillion() / Split.PER_HUNDREDTH))
                    .collect(Collectors.joining(", "));
            problems.error(
                    "layer-full",
                    share,
                    "At one time the shares of the layer \"%s\" come to more than 100 %%: %s."
                            .formatted(plan.layer(), shares),
                    "Make a share smaller, let one end before the other begins, or use another layer.");
        } else if (!Layers.leaveRoom(plans, plan)) {
            problems.error(
                    "no-room",
                    share,
                    "The layer \"%s\" has no %s in one piece left for as long as this experiment runs."
                            .formatted(plan.layer(), Shares.inWords(plan.partsPerMillion() / Split.PER_HUNDREDTH)),
                    "Write the experiments that run longest first, or use another layer.");
        }
    }

    /** Whoever is in two experiments that replace the winner of one placement could see only one of the two offers. */
    private void checkPlacements(Layers.Plan plan, Place where) {
        for (var other : plans) {
            var both = new TreeSet<>(plan.treatment().where());
            both.retainAll(other.treatment().where());
            if (!both.isEmpty()
                    && !other.layer().equals(plan.layer())
                    && other.period().overlaps(plan.period())) {
                problems.error(
                        "placement-in-two-layers",
                        where,
                        "The experiment %s of the layer \"%s\" replaces what wins at %s at the same time."
                                .formatted(other.key(), other.layer(), both.first()),
                        "Put both into one layer, so that nobody takes part in both.");
            }
        }
    }
}

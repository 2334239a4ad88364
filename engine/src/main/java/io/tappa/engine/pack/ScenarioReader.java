package io.tappa.engine.pack;

import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.PhraseReader;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.ConditionReader;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.RuleFields;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.rule.file.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code scenarios/*.yaml}. */
final class ScenarioReader {
    private final Vocabulary words;
    private final Problems problems;
    private final ConditionReader conditions;
    private final ShownReader shown;
    private final AssumedReader assumed;
    private final StoryReader stories;

    ScenarioReader(ScenarioGround ground, Problems problems) {
        this.words = ground.words();
        this.problems = problems;
        this.conditions = new ConditionReader(words.facts(), problems);
        this.shown = new ShownReader(ground, problems);
        this.assumed = new AssumedReader(ground, problems);
        this.stories = new StoryReader(ground, shown, assumed, problems);
    }

    List<Scenario> read(YamlNode root) {
        var file = new Fields(root, "\"scenarios:\" and a list", problems);
        var list = file.take("scenarios");
        file.finish();
        var scenarios = new ArrayList<Scenario>();
        if (list != null) {
            for (var item : list.items()) {
                int before = problems.count();
                var scenario = scenario(item);
                problems.nameSince(before, nameOf(item));
                if (scenario != null) {
                    scenarios.add(scenario);
                }
            }
        }
        return scenarios;
    }

    private static @Nullable String nameOf(YamlNode item) {
        return item.isMap() ? new Fields(item, "a scenario", new Problems()).text("scenario") : null;
    }

    private @Nullable Scenario scenario(YamlNode item) {
        var fields = new Fields(item, "a scenario", problems);
        var name = fields.required("scenario");
        if (fields.hasLike("events")) {
            var story = stories.read(name, fields);
            fields.finish();
            return story;
        }
        return visit(name, fields);
    }

    private Scenario.@Nullable Visit visit(@Nullable String name, Fields fields) {
        int before = problems.count();
        var at = fields.required("at");
        long moment = RuleFields.from(at, words.facts().zone(), fields.placeOf("at"), problems);
        var visitor = fields.take("visitor");
        var placement = shown.placement(fields.required("where"), fields);
        var known = new TreeMap<String, String>();
        var beside = assumed.readWithShown(fields, moment);
        var expected = expected(fields);
        if (visitor != null) {
            visitor.entries(problems, "facts of the visitor")
                    .forEach((key, value) -> fact(key.text(), key.place(), value, known));
        }
        fields.finish();
        var stage = known.remove(Vocabulary.STAGE);
        var reached = known.remove(Vocabulary.REACHED);
        if (name == null || placement == null || expected == null || problems.count() > before) {
            return null;
        }
        return new Scenario.Visit(
                name,
                fields.place(),
                moment,
                stage,
                reached == null ? new TreeSet<>() : PhraseReader.names(reached),
                known,
                beside,
                placement,
                expected);
    }

    private void fact(String name, Place place, YamlNode value, Map<String, String> known) {
        var fact = conditions.fact(name, place);
        if (fact == null) {
            return;
        }
        var text =
                String.join(" or ", value.items().stream().map(YamlNode::text).toList());
        boolean isValue = fact.type() == FactType.DATE || text.equals("unknown") || isOne(text, fact.type());
        if (!isValue && !fact.isUnreadable()) {
            problems.error(
                    "wrong-type",
                    value.place(),
                    "\"%s\" is no single value of \"%s\".".formatted(text, fact.label()),
                    "Write one value, for example 62, yes, or IT.");
            return;
        }
        var condition = conditions.condition(fact, text, value.place());
        if (condition != null) {
            known.put(fact.id(), condition.isOneWord() ? oneWord(condition) : text);
        }
    }

    /** The word as it is declared, whatever capitals the author used. */
    private static String oneWord(Condition condition) {
        return ((ValueSet.Words) condition.values()).words().first();
    }

    private static boolean isOne(String text, FactType type) {
        return switch (type) {
            case WHOLE, NUMBER, MONEY, DATE -> text.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?");
            case YESNO, WORD, TEXT ->
                PhraseReader.names(text).size() == 1 && !text.startsWith("not ") && !text.equals("known");
            case WORDS -> !text.startsWith("not ") && !text.equals("known");
        };
    }

    private Scenario.@Nullable Answer expected(Fields fields) {
        var node = fields.take("expect");
        if (node == null) {
            fields.required("expect");
            return null;
        }
        if (node.isText()) {
            if (!node.text().equals(ShownReader.NOTHING)) {
                problems.error(
                        "wrong-phrase",
                        node.place(),
                        "\"%s\" cannot be expected.".formatted(node.text()),
                        "Write expect: nothing, expect: { show: offer, because: rule }, or expect: { not: offer, because: filter }.");
                return null;
            }
            return new Scenario.Shown(null, null, null);
        }
        var expected = new Fields(node, "what is expected", problems);
        var read = shown.read(expected);
        expected.finish();
        return read;
    }
}

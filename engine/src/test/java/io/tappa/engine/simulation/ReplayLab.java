package io.tappa.engine.simulation;

import io.tappa.engine.contact.Contact;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.Permissions;
import io.tappa.engine.decision.Surroundings;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.fact.Source;
import io.tappa.engine.pack.Lots;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.PlainRuleSet;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.visitor.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A small pack with a bit of everything, drafts that differ from it, and random visitors of it. */
final class ReplayLab {
    static final long NOW = Instant.parse("2026-03-02T09:00:00Z").toEpochMilli();

    private final SortedMap<String, String> files = new TreeMap<>();

    ReplayLab() {
        files.put("pack.yaml", "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [en], journey: shop }");
        files.put("facts.yaml", """
                facts:
                  views:   { type: whole, count: Product Viewed, within: 24 hours }
                  basket:  { type: money, from: cart.value }
                  gap:     { type: money, upTo: 80, of: basket }
                  country: { type: word, trait: country }
                  plan:    { type: word, from: context.plan }
                """);
        files.put(
                "personas.yaml",
                "personas: { fan: { if: { views: at least 6 } }, saver: { if: { basket: less than 20 } } }");
        files.put("segments.yaml", "segments: { italians: { if: { country: IT } } }");
        files.put("touchpoints.yaml", """
                touchpoints:
                  home:
                    channel: site
                    placements: { hero: { fallback: plain }, list: { count: 3 } }
                  cart:
                    channel: site
                    placements: { drawer: { keep: visit }, foot: { fallback: plain } }
                  letter:
                    channel: email
                    placements: { body: { fallback: plain } }
                """);
        files.put("offers.yaml", """
                offers:
                  plain:  { content: { site: { en: { title: Hello } }, email: { en: { title: Hello } } } }
                  ship:   { value: 5.00, content: { site: { en: { title: "{gap} to go" } } } }
                  gift:   { value: 4.00, group: g, content: { site: { en: { title: A gift } }, email: { en: { title: A gift } } } }
                  card:   { value: 3.00, group: g, for: italians, content: { site: { en: { title: A card } } } }
                  mail:   { value: 2.00, purpose: ad_personalization, content: { email: { en: { title: Mail } }, site: { en: { title: Mail } } } }
                  quiz:   { value: 1.00, content: { site: { en: { title: A quiz } } } }
                """);
        files.put("contact-policy.yaml", "not more often than: [ { offer: gift, times: 2, per: 3 days } ]");
        files.put("journeys/shop.yaml", "{ journey: shop, start: one, stages: { one: {}, two: {}, three: {} } }");
        files.put("decisions/rules.yaml", """
                rules:
                  - { id: r-ship, where: [ home, cart ], show: ship, priority: 60, if: { basket: at least 30 } }
                  - { id: r-gift, show: gift, priority: 55, stage: two or three }
                  - { id: r-card, where: [ home, cart ], show: card, priority: 50 }
                  - { id: r-mail, show: mail, priority: 45, if: { persona: fan } }
                  - { id: r-quiz, where: home, show: quiz, priority: 40, if: { views: less than 9 } }
                  - { id: r-quiet, where: cart, never show: gift, if: { country: DE } }
                """);
    }

    /** The same but for a file. */
    ReplayLab with(String file, String content) {
        files.put(file, content);
        return this;
    }

    /** The same after {@code old} was replaced in a file. */
    ReplayLab replace(String file, String old, String with) {
        var content = Objects.requireNonNull(files.get(file));
        if (!content.contains(old)) {
            throw new IllegalArgumentException("%s does not contain %s".formatted(file, old));
        }
        return with(file, content.replace(old, with));
    }

    PackSnapshot pack() {
        var result = PackReader.read(new PackFiles(files), PlainRuleSet::new);
        return Objects.requireNonNull(result.snapshot(), () -> result.problems().toString());
    }

    /** The pack after one rule got another priority, another rule left, or a text changed. */
    static PackSnapshot changed(Random random) {
        var lab = new ReplayLab();
        int priority = 40 + 5 * random.nextInt(5);
        switch (random.nextInt(5)) {
            case 0 -> lab.replace("decisions/rules.yaml", "priority: " + priority, "priority: " + random.nextInt(101));
            case 1 -> lab.replace("decisions/rules.yaml", "views: less than 9", "views: at least 4");
            case 2 -> lab.replace("decisions/rules.yaml", "show: card", "show: mail");
            case 3 -> lab.replace("offers.yaml", "{gap} to go", "only {gap} to go");
            default -> lab.replace("decisions/rules.yaml", "never show: gift", "never show: card");
        }
        return lab.pack();
    }

    /** Somebody at some touchpoint of {@code pack}, all of whom is known that the pack's facts may tell. */
    static Inputs visit(Random random, PackSnapshot pack) {
        var touchpoints = List.copyOf(pack.touchpoints().all());
        var touchpoint = touchpoints.get(random.nextInt(touchpoints.size()));
        var placements = new ArrayList<Placement>();
        for (var placement : touchpoint.placements()) {
            if (placements.isEmpty() || random.nextInt(4) > 0) {
                placements.add(placement);
            }
        }
        long at = NOW + random.nextInt(1_000);
        var context = new TreeMap<String, String>();
        if (random.nextBoolean()) {
            context.put("plan", List.of("free", "pro").get(random.nextInt(2)));
        }
        var stage = List.of("one", "two", "three").get(random.nextInt(3));
        var stages = new TreeMap<String, Circumstances.InStage>();
        stages.put("shop", new Circumstances.InStage(stage, at - 5_000, new TreeSet<>(List.of(stage))));
        var assumed = new TreeMap<String, String>();
        for (var fact : pack.facts().facts()) {
            if (random.nextInt(4) > 0 && fact.source() instanceof Source.Gathered) {
                switch (fact.type()) {
                    case WHOLE -> assumed.put(fact.id(), Integer.toString(random.nextInt(12)));
                    case MONEY -> assumed.put(fact.id(), Integer.toString(random.nextInt(90)));
                    default -> assumed.put(fact.id(), List.of("IT", "DE", "FR").get(random.nextInt(3)));
                }
            }
        }
        var around = new Circumstances(at, null, touchpoint.key(), context, stages, ProductNews.NONE);
        var facts = pack.personas().recognise(pack.facts().assume(assumed, around));
        var request = new DecisionRequest(touchpoint, placements, context, at);
        return new Inputs(request, facts, memory(random, pack, at), consents(random), Lots.NONE, Surroundings.NONE);
    }

    private static Memory memory(Random random, PackSnapshot pack, long at) {
        var memory = Memory.NONE;
        var gift = Objects.requireNonNull(pack.offers().find("gift"));
        for (int shown = random.nextInt(4); shown > 0; shown--) {
            var moment = Instant.ofEpochMilli(at - random.nextInt(4 * 86_400_000));
            memory = memory.with(pack.policy().count(new Contact(gift, "site", null), memory.contacts(), moment));
        }
        if (random.nextInt(4) == 0) {
            var offer = List.of("ship", "gift", "card").get(random.nextInt(3));
            memory = memory.keeping("cart.drawer", new Memory.Kept(List.of(offer), at + 60_000), at);
        }
        return memory;
    }

    private static Permissions consents(Random random) {
        var said = new TreeMap<String, Status>();
        for (var name : List.of("ad_personalization", "email", "ad_personalization for email")) {
            if (random.nextBoolean()) {
                said.put(name, random.nextBoolean() ? Status.GRANTED : Status.DENIED);
            }
        }
        return new Permissions(said);
    }

    /** As many visits as asked. */
    static List<Inputs> visits(Random random, PackSnapshot pack, int many) {
        var visits = new ArrayList<Inputs>();
        for (int i = 0; i < many; i++) {
            visits.add(visit(random, pack));
        }
        return visits;
    }

    static ReplayReport replay(PackSnapshot before, PackSnapshot draft, List<Inputs> recorded) {
        var replay = new Replay(before, draft);
        recorded.forEach(replay::add);
        return replay.report();
    }
}

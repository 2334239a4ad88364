package io.tappa.loadtests;

import io.tappa.engine.pack.PackSnapshot;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;

/** 200 reloads of a pack of 1,000 rules: what memory they cost, and whether any answer is wrong (bar 15). */
final class ReloadCheck {
    private static final int RULES = 1_000;
    private static final int RELOADS = 200;
    private static final int SETTLED_AFTER = 20;

    private PackSnapshot live = GeneratedPack.snapshot(RULES);

    private ReloadCheck() {}

    /** Runs the check and prints what it found. */
    static void run() {
        new ReloadCheck().reload(RELOADS);
    }

    private void reload(int reloads) {
        long wrong = 0;
        long heapBefore = 0;
        long metaspaceBefore = 0;
        var visits = Visits.generated(RULES).visits();
        for (int reload = 0; reload < reloads; reload++) {
            if (reload == SETTLED_AFTER) {
                heapBefore = heapAfterCollection();
                metaspaceBefore = metaspace();
            }
            live = GeneratedPack.compiled(new GeneratedPack(RULES, reload % 2 + 1L).files());
            var meaning = new LinearRules(live.decisions().rules());
            for (var visit : visits) {
                var facts = visit.facts(live);
                if (!live.decisions().matching(facts).equals(meaning.matching(facts))) {
                    wrong++;
                }
            }
        }
        System.out.printf(
                "%d reloads of %,d rules: heap %+.1f MB, metaspace %+.1f MB since reload %d; wrong answers %d of %,d%n",
                reloads,
                RULES,
                megabytes(heapAfterCollection() - heapBefore),
                megabytes(metaspace() - metaspaceBefore),
                SETTLED_AFTER,
                wrong,
                (long) reloads * visits.size());
    }

    private static long heapAfterCollection() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (int collection = 0; collection < 3; collection++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(java.lang.management.MemoryUsage::getUsed)
                .sum();
    }

    private static double megabytes(long bytes) {
        return bytes / 1e6;
    }
}

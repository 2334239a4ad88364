package io.tappa.engine;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the engine may use, and which of its packages may use which. */
class ArchitectureTest {
    private static final String ROOT = "io.tappa.engine";
    private static final JavaClasses ENGINE =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    /** A package may import only from those listed above it. */
    private static final List<String> PACKAGES = List.of(
            "identity",
            "touchpoint",
            "event",
            "problem",
            "calendar",
            "pause",
            "fact",
            "condition",
            "journey",
            "persona",
            "offer",
            "contact",
            "experiment",
            "campaign",
            "visitor",
            "rule",
            "rule.box",
            "rule.file",
            "rule.drools",
            "arbitration",
            "pack",
            "decision",
            "outcome",
            "transition",
            "retargeting",
            "difference",
            "advice",
            "merge",
            "simulation",
            "coverage",
            "journeymap");

    @Test
    void theEngineReadsNoClock() {
        noClasses()
                .should()
                .accessTargetWhere(reached("it is a clock", ArchitectureTest::isClock))
                .because("the caller passes the time, so that a decision can be replayed")
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    @Test
    void theEngineDrawsNoUnseededRandomNumber() {
        noClasses()
                .should()
                .accessTargetWhere(reached("it is unseeded randomness", ArchitectureTest::isUnseededRandomness))
                .because("the caller passes the seed, so that a decision can be replayed")
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    @Test
    void theEngineOpensNoConnection() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net..")
                .because("the engine is a function of its arguments; the api talks to the world")
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    @Test
    void theEngineKnowsNoFramework() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "reactor..",
                        "org.reactivestreams..",
                        "io.lettuce..",
                        "io.netty..",
                        "io.micrometer..")
                .because("the engine must run anywhere: in a test, a simulation, a batch job")
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    @Test
    void onlyOnePackageKnowsDrools() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".rule.drools")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.drools..", "org.kie..", "org.mvel2..")
                .because("the closed rule model is ours; Drools is one way to run it and can be replaced")
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("packages in a cycle can only be understood all at once")
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    @Test
    void aPackageImportsOnlyFromThoseListedAboveIt() {
        classes()
                .should(importOnlyFromPackagesListedAbove())
                .because("then the list is also the order in which to read the engine")
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    @Test
    void everyPackageIsNullMarked() {
        var unmarked = ENGINE.getPackage(ROOT).getSubpackagesInTree().stream()
                .filter(anyPackage -> !anyPackage.getClasses().isEmpty())
                .filter(anyPackage -> !anyPackage.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName);

        assertThat(unmarked)
                .as("packages whose package-info.java lacks @NullMarked, so that nobody checks them for null")
                .isEmpty();
    }

    private static DescribedPredicate<JavaAccess<?>> reached(String what, Predicate<JavaAccess<?>> access) {
        return DescribedPredicate.describe(what, access);
    }

    private static boolean isClock(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        var name = access.getTarget().getName();
        return (owner.getPackageName().startsWith("java.time") && name.equals("now"))
                || (owner.isEquivalentTo(Clock.class) && (name.startsWith("system") || name.startsWith("tick")))
                || (owner.isEquivalentTo(System.class) && (name.equals("currentTimeMillis") || name.equals("nanoTime")))
                || (owner.isEquivalentTo(Date.class) && isNoArgumentConstructor(access));
    }

    private static boolean isUnseededRandomness(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        var name = access.getTarget().getName();
        return (owner.isEquivalentTo(Math.class) && name.equals("random"))
                || (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"))
                || owner.isEquivalentTo(ThreadLocalRandom.class)
                || owner.getFullName().equals("java.security.SecureRandom")
                || (owner.isAssignableTo(RandomGenerator.class) && isNoArgumentConstructor(access));
    }

    private static boolean isNoArgumentConstructor(JavaAccess<?> access) {
        return access.getTarget().getFullName().endsWith(".<init>()");
    }

    private static ArchCondition<JavaClass> importOnlyFromPackagesListedAbove() {
        return new ArchCondition<>("import only from packages listed above their own in ArchitectureTest") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!PACKAGES.contains(feature(type))) {
                    events.add(violated(
                            type,
                            "%s is in the package %s, which is not listed in ArchitectureTest"
                                    .formatted(type.getName(), type.getPackageName())));
                }
                type.getDirectDependenciesFromSelf().stream()
                        .filter(ArchitectureTest::pointsDown)
                        .forEach(dependency -> events.add(violated(dependency, dependency.getDescription())));
            }
        };
    }

    private static boolean pointsDown(Dependency dependency) {
        var target = dependency.getTargetClass().getBaseComponentType();
        return target.getPackageName().startsWith(ROOT)
                && PACKAGES.indexOf(feature(target)) > PACKAGES.indexOf(feature(dependency.getOriginClass()));
    }

    private static String feature(JavaClass type) {
        return type.getPackageName().replaceFirst("^" + ROOT + "\\.?", "");
    }
}

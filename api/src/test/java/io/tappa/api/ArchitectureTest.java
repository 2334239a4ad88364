package io.tappa.api;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the service may use, and where. */
class ArchitectureTest {
    private static final JavaClasses API =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.tappa.api");
    private static final Set<Class<?>> CLOCKS = Set.of(
            Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class, Date.class);

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.tappa.api.(**)")
                .should()
                .beFreeOfCycles()
                .because("a package that can be understood alone can be changed alone")
                .check(API);
    }

    @Test
    void onlyTheRedisStoreKnowsRedis() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tappa.api.store.redis")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.lettuce..")
                .because("keys and scripts change together, so they stand in one place")
                .check(API);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tappa.api.store.redis")
                .should()
                .dependOnClassesThat(describe(
                        "stand in store.redis and are no settings",
                        type -> type.getPackageName().equals("io.tappa.api.store.redis")
                                && !type.getName().contains("Settings")))
                .because("everybody else talks to the interfaces in store")
                .check(API);
    }

    @Test
    void onlyTheEdgesReadTheClock() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.tappa.api.cli", "io.tappa.api.embedded")
                .and()
                .doNotHaveFullyQualifiedName("io.tappa.api.event.ServiceClock")
                .and(describe("are not part of the clock", type -> !isPartOfTheClock(type)))
                .should()
                .accessTargetWhere(describe("it is a clock", ArchitectureTest::isClock))
                .because("everybody else asks the one ServiceClock, so that time can be replayed")
                .check(API);
    }

    @Test
    void theServiceDoesNotKnowTheRuleEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.drools..", "org.kie..")
                .because("the engine module is the only one that does")
                .check(API);
    }

    private static boolean isPartOfTheClock(JavaClass type) {
        return type.getFullName().startsWith("io.tappa.api.event.ServiceClock$");
    }

    private static boolean isClock(JavaAccess<?> access) {
        var owner = access.getTarget().getOwner();
        var name = access.getTarget().getName();
        boolean now = name.equals("now") && CLOCKS.stream().anyMatch(owner::isEquivalentTo);
        boolean newDate = owner.isEquivalentTo(Date.class) && name.equals("<init>");
        boolean system = owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis");
        return now || newDate || system || owner.isAssignableTo(Clock.class);
    }
}

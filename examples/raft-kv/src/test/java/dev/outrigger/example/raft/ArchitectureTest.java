package dev.outrigger.example.raft;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who may know whom, within this node and beyond it. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.outrigger");

    private static final String HERE = "dev.outrigger.example.raft..";
    private static final String ENGINE = "dev.outrigger.example.raft.engine..";
    private static final String STORE = "dev.outrigger.example.raft.store..";

    @Test
    void onlyTheEngineKnowsRatis() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage(ENGINE)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.ratis..")
                .check(OURS);
        assertThat(OURS.stream().map(JavaClass::getPackageName)).contains("dev.outrigger.example.raft.engine");
    }

    @Test
    void theReplicatedStateKnowsNobodyOfThisNode() {
        noClasses()
                .that()
                .resideInAPackage(STORE)
                .should()
                .dependOnClassesThat(resideInAPackage(HERE).and(DescribedPredicate.not(resideInAPackage(STORE))))
                .check(OURS);
    }

    @Test
    void theEngineKnowsTheStateAndNobodyElseOfThisNode() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(HERE).and(DescribedPredicate.not(resideInAnyPackage(ENGINE, STORE))))
                .check(OURS);
    }

    @Test
    void nobodyElseKnowsThisNode() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage(HERE)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(HERE)
                .check(OURS);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.outrigger.example.raft.(*)..")
                .should()
                .beFreeOfCycles()
                .check(OURS);
    }

    @Test
    void nothingStaticChanges() {
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(HERE)
                .and()
                .areStatic()
                .should()
                .beFinal()
                .check(OURS);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(OURS.stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .allSatisfy(ours -> assertThat(ours.isAnnotatedWith(NullMarked.class))
                        .as(ours.getName())
                        .isTrue());
    }
}

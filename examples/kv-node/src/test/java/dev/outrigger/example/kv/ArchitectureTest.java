package dev.outrigger.example.kv;

import static com.tngtech.archunit.base.DescribedPredicate.not;
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
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who may know whom, held against the code of every module. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.outrigger");

    private static final String HTTP = "dev.outrigger.http..";
    private static final String JSON = "dev.outrigger.json..";
    private static final String FILE = "dev.outrigger.file..";
    private static final String SCHEMA = "dev.outrigger.schema..";
    private static final String OPENAPI = "dev.outrigger.openapi..";
    private static final String OPS = "dev.outrigger.ops..";
    private static final String NETTY = "dev.outrigger.netty..";
    private static final String BACKUP = "dev.outrigger.backup..";
    private static final String ARCHIVE = "dev.outrigger.backup.archive..";
    private static final String PEER = "dev.outrigger.backup.peer..";
    private static final String EXAMPLES = "dev.outrigger.example..";

    private static final String[] DOMAINS = {
        "dev.outrigger.health..",
        "dev.outrigger.shard..",
        "dev.outrigger.cluster..",
        "dev.outrigger.metrics..",
        "dev.outrigger.secrets..",
        "dev.outrigger.trace..",
        "dev.outrigger.task.."
    };

    @Test
    void everyModuleIsRead() {
        assertThat(OURS)
                .extracting(JavaClass::getPackageName)
                .contains(
                        "dev.outrigger.http",
                        "dev.outrigger.health",
                        "dev.outrigger.metrics",
                        "dev.outrigger.task",
                        "dev.outrigger.netty",
                        "dev.outrigger.backup",
                        "dev.outrigger.backup.archive",
                        "dev.outrigger.backup.peer",
                        "dev.outrigger.example.kv");
    }

    @Test
    void noModuleKnowsTheExamples() {
        holds(noClasses().that(arePublished()).should().dependOnClassesThat().resideInAPackage(EXAMPLES));
    }

    @Test
    void coreKnowsNeitherTheTransportNorBackup() {
        holds(noClasses()
                .that(arePublished())
                .and(not(resideInAnyPackage(NETTY, BACKUP)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(NETTY, BACKUP));
    }

    @Test
    void theTransportAndBackupDoNotKnowEachOther() {
        holds(noClasses()
                .that()
                .resideInAPackage(BACKUP)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(NETTY));
        holds(noClasses()
                .that()
                .resideInAPackage(NETTY)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BACKUP));
    }

    @Test
    void theAlgorithmsOfBackupKnowNeitherPeersNorHttpNorTasks() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.outrigger.backup.create..",
                        "dev.outrigger.backup.restore..",
                        "dev.outrigger.backup.keep..",
                        "dev.outrigger.backup.spi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PEER, HTTP, OPS, "dev.outrigger.task.."));
    }

    @Test
    void peersKnowOnlyWhatTheyAreAskedWith() {
        holds(noClasses()
                .that()
                .resideInAPackage(PEER)
                .should()
                .dependOnClassesThat(areOursOutside(PEER, JSON, "dev.outrigger.secrets..")));
        holds(noClasses()
                .that(arePublished())
                .and(not(resideInAPackage(PEER)))
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Http)?URLConnection|java\\.net\\.http\\..*"));
    }

    @Test
    void jsonKnowsNobodyOfUs() {
        holds(noClasses().that().resideInAPackage(JSON).should().dependOnClassesThat(areOursOutside(JSON)));
    }

    @Test
    void fileKnowsNobodyOfUs() {
        holds(noClasses().that().resideInAPackage(FILE).should().dependOnClassesThat(areOursOutside(FILE)));
    }

    @Test
    void schemaKnowsNobodyOfUs() {
        holds(noClasses().that().resideInAPackage(SCHEMA).should().dependOnClassesThat(areOursOutside(SCHEMA)));
    }

    @Test
    void openapiKnowsTheTableAndNoDomain() {
        holds(noClasses()
                .that()
                .resideInAPackage(OPENAPI)
                .should()
                .dependOnClassesThat(areOursOutside(OPENAPI, HTTP, SCHEMA)));
    }

    @Test
    void httpKnowsNoDomain() {
        holds(noClasses()
                .that()
                .resideInAPackage(HTTP)
                .should()
                .dependOnClassesThat(areOursOutside(HTTP, JSON, FILE, SCHEMA)));
    }

    @Test
    void domainsKnowNeitherHttpNorTheRoutes() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(DOMAINS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HTTP, OPENAPI, OPS));
    }

    @Test
    void packagesFormNoCycle() {
        holds(slices().matching("dev.outrigger.(*)..").should().beFreeOfCycles());
    }

    @Test
    void eachForeignLibraryHasOnePlace() {
        onlyIn(JSON, "com.fasterxml.jackson..");
        onlyIn("dev.outrigger.metrics..", "io.prometheus..");
        onlyIn(NETTY, "io.netty..");
        onlyIn(ARCHIVE, "com.github.luben..");
        onlyIn(ARCHIVE, "org.apache.commons..");
        onlyIn("dev.outrigger.backup.location..", "software.amazon..");
    }

    @Test
    void aLibraryLeavesTheProcessToItsHost() {
        holds(noClasses()
                .that(arePublished())
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "setProperty", String.class, String.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .callMethod(Runtime.class, "addShutdownHook", Thread.class)
                .orShould()
                .callMethod(Thread.class, "setDefaultUncaughtExceptionHandler", Thread.UncaughtExceptionHandler.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"));
    }

    @Test
    void nothingStaticChanges() {
        holds(fields().that().areStatic().should().beFinal());
    }

    @Test
    void namesSayWhatAThingIs() {
        holds(noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager"));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(OURS.stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .allSatisfy(ours -> assertThat(ours.isAnnotatedWith(NullMarked.class))
                        .as(ours.getName())
                        .isTrue());
    }

    private static void onlyIn(String place, String library) {
        holds(noClasses()
                .that(arePublished())
                .and(not(resideInAPackage(place)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library));
    }

    private static void holds(ArchRule rule) {
        rule.check(OURS);
    }

    private static DescribedPredicate<JavaClass> arePublished() {
        return not(resideInAPackage(EXAMPLES)).as("are published");
    }

    private static DescribedPredicate<JavaClass> areOursOutside(String... places) {
        return resideInAPackage("dev.outrigger..").and(not(resideInAnyPackage(places)));
    }
}

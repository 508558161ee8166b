package io.switchboard.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directions of {@code docs/architecture.md}: each package knows only what stands to its right. */
class ArchitectureTest {
    private static final String ROOT = "io.switchboard.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.switchboard");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "channel|",
                "message|",
                "access|channel,message",
                "credential|access",
                "origin|",
                "quota|origin",
                "session|access,message,quota",
                "engine|channel,message",
                "hub|session,engine,access,message,channel,quota",
                "json|session,message"
            })
    void theCoreIsPlainJavaAndKnowsWhatStandsToItsRight(String layer, String known) {
        String[] allowed = Stream.concat(
                        Stream.of("java..", ROOT + layer, "org.jspecify.."),
                        Stream.of((known == null ? "" : known).split(",")).map(name -> ROOT + name))
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage(ROOT + layer)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .because("the core must run, and be tested, without any container")
                .check(CLASSES);
    }

    @Test
    void onlyTokensKnowTheirLibrary() {
        classes()
                .that()
                .resideInAPackage(ROOT + "token")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "org.jose4j..",
                        ROOT + "token",
                        ROOT + "access",
                        ROOT + "channel",
                        ROOT + "json")
                .because("who may have signed a token is decided without any container")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "token")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jose4j..")
                .because("the library is replaced in one package")
                .check(CLASSES);
    }

    @Test
    void nobodyKnowsTheWiring() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "boot")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "boot")
                .because("wiring that is known becomes a service locator")
                .check(CLASSES);
    }

    @Test
    void doorsDoNotKnowEachOther() {
        List<String> doors = List.of("echo", "longpoll", "oneway", "pipe", "stream", "ticket", "websocket");
        for (String door : doors) {
            String[] others = doors.stream()
                    .filter(other -> !other.equals(door) && !other.equals("websocket"))
                    .map(other -> ROOT + other)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + door)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .because("deleting a door touches its package and one line of wiring")
                    .check(CLASSES);
        }
    }

    @Test
    void onlyDoorsKnowWebSocket() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "websocket", ROOT + "shortcut", ROOT + "echo", ROOT + "pipe")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.websocket..")
                .because("the core serves transports that are no WebSocket")
                .check(CLASSES);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.switchboard.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothingFromOutsideIsEverEvaluated() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.script..", "jakarta.el..", "java.beans..", "javax.tools..", "groovy..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .because("a selector, filter or template that runs is a way in (CVE-2018-1270)")
                .check(CLASSES);
    }

    @Test
    void nothingIsPrintedAndNothingGenericIsThrown() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
        GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.websocket..", "javax.inject..")
                .check(CLASSES);
    }

    @Test
    void theCoreHasNoStaticState() {
        com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields()
                .that()
                .areStatic()
                .should()
                .beFinal()
                .because("a redeployed module must leave nothing behind")
                .check(CLASSES);
    }
}

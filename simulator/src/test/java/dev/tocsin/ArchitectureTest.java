package dev.tocsin;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.tocsin.MachineCalls.use;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The borders that ARCHITECTURE.md draws, over all modules. */
@AnalyzeClasses(packages = "dev.tocsin", importOptions = ArchitectureTest.OnlyWhatShips.class)
class ArchitectureTest {

    /** No tests, neither this module's nor those of the SDK's test-jar. */
    static final class OnlyWhatShips implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("test-classes") && !location.contains("-tests.jar");
        }
    }

    private static final String SDK = "dev.tocsin.sdk.";

    /** The packages that touch the machine: the only ones that may ask it for time, randomness or a thread. */
    private static final String[] ADAPTERS = {
        SDK + "system..",
        SDK + "crypto..",
        SDK + "disk..",
        SDK + "coap..",
        "dev.tocsin.firmware.app..",
        "dev.tocsin.firmware.board..",
        "dev.tocsin.simulator.cli..",
        "dev.tocsin.simulator.run..",
        "dev.tocsin.simulator.crash..",
        "dev.tocsin.simulator.emulated..",
        "dev.tocsin.simulator.fuzz..",
        "dev.tocsin.simulator.lab..",
        "dev.tocsin.simulator.centre.sqlite..",
        "dev.tocsin.simulator.centre.coap..",
        "dev.tocsin.simulator.world.jvm.."
    };

    private static final String SIMULATOR = "dev.tocsin.simulator.";

    private static ArchRule uses(String name, String... allowed) {
        return packageUses(SDK + name, allowed);
    }

    private static ArchRule packageUses(String name, String... allowed) {
        String[] own = {name + "..", "java..", "org.jspecify..", "com.google.errorprone.annotations.."};
        return classes()
                .that()
                .resideInAPackage(name + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(own).or(resideInAnyPackage(allowed)))
                .as(name + " uses only what it may");
    }

    @ArchTest
    static final ArchRule model_uses_only_the_jdk = uses("model");

    @ArchTest
    static final ArchRule ports_use_only_the_model = uses("port", SDK + "model..");

    @ArchTest
    static final ArchRule the_codec_keeps_protobuf_and_cbor_to_itself =
            uses("codec", SDK + "model..", SDK + "port..", "com.google.protobuf..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule detectors_use_only_the_model = uses("detect", SDK + "model..");

    @ArchTest
    static final ArchRule the_journal_knows_no_alarms = uses("journal", SDK + "model..", SDK + "port..");

    @ArchTest
    static final ArchRule the_session_uses_ports_and_no_library =
            uses("session", SDK + "model..", SDK + "port..", SDK + "codec..", SDK + "journal..");

    @ArchTest
    static final ArchRule detectors_are_pure = uses("detect", SDK + "model..").allowEmptyShould(true);

    @ArchTest
    static final ArchRule updates_use_ports_and_no_library =
            uses("update", SDK + "model..", SDK + "port..", SDK + "codec..");

    @ArchTest
    static final ArchRule rollouts_use_no_database =
            packageUses(SIMULATOR + "centre.rollout", SDK + "model..", SDK + "port..", SDK + "codec..");

    @ArchTest
    static final ArchRule the_coap_adapter_uses_californium = uses(
            "coap", SDK + "model..", SDK + "port..", "org.eclipse.californium..", "org.slf4j..", "javax.security..");

    @ArchTest
    static final ArchRule the_crypto_adapter_uses_bouncy_castle =
            uses("crypto", SDK + "model..", SDK + "port..", "org.bouncycastle..");

    @ArchTest
    static final ArchRule enrolment_uses_ports_and_no_library =
            uses("enrol", SDK + "model..", SDK + "port..", SDK + "crypto..");

    @ArchTest
    static final ArchRule the_authority_decides_without_a_library = packageUses(
            SIMULATOR + "centre.authority", SDK + "model..", SDK + "port..", SDK + "crypto..", SIMULATOR + "centre..");

    @ArchTest
    static final ArchRule the_disk_adapter_uses_the_jdk = uses("disk", SDK + "model..", SDK + "port..", "org.slf4j..");

    @ArchTest
    static final ArchRule the_virtual_disk_uses_ports_and_no_library =
            packageUses(SIMULATOR + "storage", SDK + "model..", SDK + "port..");

    @ArchTest
    static final ArchRule the_virtual_board_uses_ports_and_the_firmware_s_board =
            packageUses(SIMULATOR + "board", SDK + "model..", SDK + "port..", "dev.tocsin.firmware.board..");

    @ArchTest
    static final ArchRule californium_stays_in_its_adapter =
            confined("org.eclipse.californium..", SDK + "coap..", "dev.tocsin.simulator.world.jvm..");

    @ArchTest
    static final ArchRule protobuf_stays_in_the_codec = confined("com.google.protobuf..", SDK + "codec..");

    @ArchTest
    static final ArchRule bouncy_castle_stays_in_crypto = confined(
            "org.bouncycastle..", SDK + "crypto..", "dev.tocsin.simulator.lab..", "dev.tocsin.simulator.centre.x509..");

    @ArchTest
    static final ArchRule pi4j_stays_in_its_adapters =
            confined("com.pi4j..", "dev.tocsin.firmware.board", "dev.tocsin.firmware.board.bus");

    @ArchTest
    static final ArchRule sensor_drivers_know_the_buses_ports_and_no_library =
            packageUses("dev.tocsin.firmware.board.sensor", SDK + "port..", "dev.tocsin.firmware.board.bus..");

    @ArchTest
    static final ArchRule sensor_drivers_never_ask_the_machine_for_time_or_a_thread = noClasses()
            .that()
            .resideInAPackage("dev.tocsin.firmware.board.sensor..")
            .should(use(MachineCalls.TIME_OR_CHANCE))
            .orShould(use(MachineCalls.WAIT))
            .orShould(use(MachineCalls.THREAD));

    /** A caller of the buses meets no type of Pi4J, whatever it does with them. */
    @ArchTest
    static final ArchRule no_bus_hands_out_pi4j = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.tocsin.firmware.board.bus..")
            .and()
            .arePublic()
            .should()
            .notHaveRawReturnType(resideInAnyPackage("com.pi4j.."));

    @ArchTest
    static final ArchRule jdbc_stays_in_the_ledger = confined("java.sql..", "dev.tocsin.simulator.centre.sqlite..");

    @ArchTest
    static final ArchRule tomlj_stays_in_the_configuration = confined("org.tomlj..", SDK + "config..");

    @ArchTest
    static final ArchRule yaml_libraries_stay_with_their_reader =
            confined("com.fasterxml.jackson.dataformat.yaml..", "dev.tocsin.simulator.yaml..");

    @ArchTest
    static final ArchRule snakeyaml_stays_with_the_yaml_reader =
            confined("org.yaml.snakeyaml..", "dev.tocsin.simulator.yaml..");

    @ArchTest
    static final ArchRule the_sdk_knows_neither_firmware_nor_simulator = noClasses()
            .that()
            .resideInAPackage("dev.tocsin.sdk..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.tocsin.firmware..", "dev.tocsin.simulator..", "com.pi4j.."));

    @ArchTest
    static final ArchRule the_firmware_does_not_know_the_simulator = noClasses()
            .that()
            .resideInAPackage("dev.tocsin.firmware..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.tocsin.simulator.."));

    /** Rule 1 of the house: time and randomness come in as arguments or ports. */
    @ArchTest
    static final ArchRule only_adapters_ask_the_machine_for_time_or_chance =
            noClasses().that().resideOutsideOfPackages(ADAPTERS).should(use(MachineCalls.TIME_OR_CHANCE));

    @ArchTest
    static final ArchRule nobody_sleeps = noClasses().should(use(MachineCalls.SLEEP));

    @ArchTest
    static final ArchRule only_adapters_wait =
            noClasses().that().resideOutsideOfPackages(ADAPTERS).should(use(MachineCalls.WAIT));

    /** Rule 2 of the house. */
    @ArchTest
    static final ArchRule only_adapters_start_threads =
            noClasses().that().resideOutsideOfPackages(ADAPTERS).should(use(MachineCalls.THREAD));

    /** Each use is called, or handed on as a reference, once in the sample: a rule that misses one is blind. */
    @ParameterizedTest
    @EnumSource
    void every_way_round_a_rule_is_seen(MachineCalls calls) {
        JavaClasses sample = new ClassFileImporter().importClasses(calls.sample());
        EvaluationResult found =
                noClasses().should(use(calls)).allowEmptyShould(false).evaluate(sample);

        List<String> seen = found.getFailureReport().getDetails();
        List<String> methods = Stream.of(calls.sample().getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .toList();
        assertThat(methods)
                .isNotEmpty()
                .allSatisfy(method -> assertThat(seen)
                        .as("found in %s", method)
                        .anyMatch(
                                detail -> detail.contains("." + method + "(") || detail.contains("$" + method + "$")));
    }

    @ArchTest
    static final ArchRule packages_of_the_sdk_have_no_cycles =
            slices().matching("dev.tocsin.sdk.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packages_of_the_firmware_have_no_cycles =
            slices().matching("dev.tocsin.firmware.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packages_of_the_simulator_have_no_cycles =
            slices().matching("dev.tocsin.simulator.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_virtual_world_knows_ports_and_no_programs = noClasses()
            .that()
            .resideInAnyPackage("dev.tocsin.simulator.world..", "dev.tocsin.simulator.network..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    SDK + "session..",
                    SDK + "coap..",
                    SDK + "system..",
                    SDK + "disk..",
                    "dev.tocsin.simulator.centre..",
                    "dev.tocsin.simulator.machine..",
                    "dev.tocsin.firmware.."));

    private static ArchRule confined(String library, String... homes) {
        DescribedPredicate<JavaClass> outside = alwaysTrue();
        for (String home : homes) {
            outside = outside.and(resideOutsideOfPackage(home));
        }
        return noClasses()
                .that(outside.and(resideInAnyPackage("dev.tocsin..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(library))
                .as(library + " stays in " + String.join(", ", homes));
    }
}

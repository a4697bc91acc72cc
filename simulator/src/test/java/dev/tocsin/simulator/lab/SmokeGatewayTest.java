package dev.tocsin.simulator.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick-start of the SDK's README, which is the example's main method (a test of the documents holds the two together). */
class SmokeGatewayTest {

    private static final Path SOURCE = Path.of("device-sdk/example/src/main/java/com/example/vendor/SmokeGateway.java");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_quick_start_compiles_without_a_warning_and_its_alarm_is_in_both_ledgers() throws Exception {
        Path classes = compile(checkout().resolve(SOURCE));
        Laboratory lab = Laboratory.create(
                folder.resolve("lab"),
                new Laboratory.Plan(Ports.free(List.of("police", "education")), List.of("gateway-1"), "60s"),
                new SystemClock());
        try (LabCentres centres = LabCentres.start(
                        lab.centres().stream().map(Laboratory.LabCentre::config).toList());
                URLClassLoader loader = new URLClassLoader(
                        new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Path config = Objects.requireNonNull(lab.devices().get("gateway-1")).resolve("device.toml");
            loader.loadClass("com.example.vendor.SmokeGateway")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {config.toString()});

            assertThat(centres.servers()).hasSize(2);
            assertThat(centres.servers().values())
                    .allSatisfy(centre -> assertThat(centre.ledger().entries(1, 100))
                            .filteredOn(entry -> entry.type() == EntryType.ALARM)
                            .extracting(Entry::fact)
                            .singleElement()
                            .satisfies(fact -> assertThat(fact.kind()).contains(AlarmKind.FIRE)));
        }
    }

    private Path compile(Path source) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        Path classes = Files.createDirectory(folder.resolve("classes"));
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = javac.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            List<String> options = List.of(
                    "--release",
                    "21",
                    "-Xlint:deprecation,removal,unchecked,rawtypes",
                    "-proc:none",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString());
            boolean done = javac.getTask(null, files, diagnostics, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(diagnostics.getDiagnostics()).isEmpty();
            assertThat(done).isTrue();
        }
        return classes;
    }

    private static Path checkout() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            at = Objects.requireNonNull(at.getParent(), "not run inside the checkout");
        }
        return at;
    }
}

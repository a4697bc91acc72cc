package dev.tocsin.firmware.app;

import dev.tocsin.firmware.app.doctor.Case;
import dev.tocsin.firmware.app.doctor.Doctor;
import dev.tocsin.firmware.app.doctor.Finding;
import dev.tocsin.firmware.app.doctor.Grade;
import dev.tocsin.firmware.app.doctor.LinuxMachine;
import dev.tocsin.firmware.app.doctor.Machine;
import dev.tocsin.firmware.app.doctor.Texts;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin-firmware doctor}: what is wrong here, and what to do. */
@Command(
        name = "doctor",
        description = {
            "Looks at everything that a device needs: configuration, keys, certificates, clock, disk, supply, pins, buses,"
                    + " network, centres, the running firmware. Each line says ok, warning or broken, and what to do.",
            "It changes nothing. Run it as the device's user: sudo -u tocsin tocsin-firmware doctor"
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:all is well", " 1:the worst is a warning", " 3:something is broken"})
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private ForPeople options = new ForPeople();

    @Option(names = "--json", description = "as JSON: a list of findings")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Texts texts = new Texts(options.locale());
        PrintWriter out = spec.commandLine().getOut();
        List<Finding> found = new ArrayList<>();
        Grade worst = Doctor.look(Case.of(options.config()), new LinuxMachine(DoctorCommand::running), finding -> {
            found.add(finding);
            if (!json) {
                print(finding, texts, out); // as it comes: a centre that is silent takes its time
            }
        });
        if (json) {
            out.println(found.stream().map(f -> json(f, texts)).collect(Collectors.joining(",\n ", "[", "]")));
            out.flush();
        }
        return worst.exitCode();
    }

    private static void print(Finding f, Texts texts, PrintWriter out) {
        out.println(texts.grade(f.grade()) + "  " + f.check() + ": " + texts.what(f));
        if (f.grade() != Grade.OK) {
            out.println("    -> " + texts.advice(f));
        }
        out.flush();
    }

    private static String json(Finding f, Texts texts) {
        return "{\"check\":" + Json.text(f.check()) + ",\"grade\":"
                + Json.text(f.grade().name().toLowerCase(Locale.ROOT)) + ",\"finding\":" + Json.text(f.key())
                + ",\"what\":" + Json.text(texts.what(f)) + ",\"advice\":" + Json.text(texts.advice(f)) + "}";
    }

    private static Optional<Machine.Running> running(FirmwareConfig config) {
        return StatusFile.find(config)
                .map(s -> new Machine.Running(
                        s.armed(),
                        Duration.between(s.written(), Instant.now()),
                        s.centres().stream()
                                .filter(c -> !c.refusal().isEmpty())
                                .map(c -> c.id() + ": " + c.refusal())
                                .toList()));
    }
}

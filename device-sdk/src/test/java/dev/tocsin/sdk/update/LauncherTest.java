package dev.tocsin.sdk.update;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.disk.DiskSlots;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.Slot;
import dev.tocsin.sdk.update.BootState.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The shell script that starts the firmware, on real files: it decides what {@link SlotChoice} decides. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "devices run Linux, and the launcher is a POSIX shell script")
class LauncherTest {

    private static final Path SCRIPT = Path.of("../pi-firmware/src/main/packaging/tocsin-launch");

    @TempDir
    Path folder;

    private Path packaged;

    /** Programs are shell scripts here: what they print is which of them ran. */
    @BeforeEach
    void lay() throws Exception {
        packaged = Files.writeString(folder.resolve("packaged"), "echo packaged");
        new DiskSlots(folder.resolve("slots"), Runnable::run, Runnable::run).close();
    }

    private Program program(Slot slot, long sequence) throws IOException {
        byte[] script = ("echo " + slot.label() + " $TOCSIN_SLOT\n# " + sequence).getBytes(UTF_8);
        Bytes sha256 = Bytes.copyOf(script).sha256();
        Files.write(file(slot, sha256), script);
        return new Program(slot, new ProgramVersion("1." + sequence), sequence, sha256);
    }

    private Path file(Slot slot, Bytes sha256) {
        return folder.resolve("slots").resolve(slot.label()).resolve(Staging.PROGRAM + sha256.hex());
    }

    private void record(BootState state, int copy) throws IOException {
        Files.write(boot("boot." + state.generation() + "." + copy), state.line());
    }

    private Path boot(String name) {
        return folder.resolve("slots/boot").resolve(name);
    }

    private String launched() throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        SCRIPT.toAbsolutePath().toString(),
                        folder.resolve("slots").toString(),
                        packaged.toString(),
                        "sh",
                        "-c",
                        "exec sh \"$TOCSIN_PROGRAM\"")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    @Test
    void a_device_never_updated_starts_what_the_package_brought() throws Exception {
        assertThat(launched()).isEqualTo("packaged");
        assertThat(SlotChoice.of(Optional.empty(), 0, true)).isEqualTo(Slot.PACKAGED);
    }

    @Test
    void what_is_tried_is_started_three_times_and_then_what_was_confirmed() throws Exception {
        BootState state = new BootState(
                12, Optional.of(program(Slot.A, 1)), Optional.of(program(Slot.B, 2)), 2, Optional.empty());
        record(state, 1);
        for (int tries = 0; tries < 5; tries++) {
            Slot chosen = SlotChoice.of(Optional.of(state), tries, true);
            assertThat(launched()).as("%d tries", tries).isEqualTo(chosen.label() + " " + chosen.label());
            assertThat(chosen).isEqualTo(tries < 3 ? Slot.B : Slot.A);
        }
        assertThat(boot("tries.12")).hasSize(3);
    }

    @Test
    void the_newest_record_that_is_whole_counts() throws Exception {
        Program a = program(Slot.A, 1);
        Program b = program(Slot.B, 2);
        record(new BootState(9, Optional.of(a), Optional.empty(), 1, Optional.empty()), 1);
        BootState newer = new BootState(10, Optional.of(b), Optional.empty(), 2, Optional.empty());
        for (int bytes = 0; bytes < newer.line().length; bytes += 7) {
            Files.write(boot("boot.10.1"), Arrays.copyOf(newer.line(), bytes));
            assertThat(launched()).as("%d bytes of it", bytes).isEqualTo("a a");
        }
        record(newer, 1);
        assertThat(launched()).isEqualTo("b b");
        byte[] rotten = newer.line();
        rotten[20] ^= 1;
        Files.write(boot("boot.10.1"), rotten);
        assertThat(launched()).isEqualTo("a a");
        record(newer, 2);
        assertThat(launched()).isEqualTo("b b");
    }

    @Test
    void a_trial_that_is_damaged_or_gone_is_not_started() throws Exception {
        Program b = program(Slot.B, 2);
        BootState state = new BootState(3, Optional.empty(), Optional.of(b), 2, Optional.empty());
        record(state, 1);
        Files.writeString(file(Slot.B, b.sha256()), "echo something else");
        assertThat(SlotChoice.of(Optional.of(state), 0, false)).isEqualTo(Slot.PACKAGED);
        assertThat(launched()).isEqualTo("packaged");
        Files.delete(file(Slot.B, b.sha256()));
        assertThat(launched()).isEqualTo("packaged");
        assertThat(boot("tries.3")).doesNotExist();
    }

    @Test
    void a_confirmed_program_that_is_gone_leaves_what_the_package_brought() throws Exception {
        Program a = program(Slot.A, 1);
        record(new BootState(3, Optional.of(a), Optional.empty(), 1, Optional.empty()), 2);
        Files.delete(file(Slot.A, a.sha256()));
        assertThat(launched()).isEqualTo("packaged");
    }

    /** The unit starts nothing again that ends with 2; what is being tried must not be able to end a device that way. */
    @Test
    void what_is_tried_cannot_say_that_nobody_shall_start_it_again() throws Exception {
        Program b = program(Slot.B, 2);
        record(new BootState(3, Optional.empty(), Optional.of(b), 2, Optional.empty()), 1);
        assertThat(launch("exit 2").exitValue()).isEqualTo(70);
        assertThat(launch("exit 75").exitValue()).isEqualTo(75);
        assertThat(launch("kill -9 $$").exitValue()).isEqualTo(137);
        assertThat(launch("exit 2").exitValue()).as("what the package brought").isEqualTo(2);
    }

    @Test
    void told_to_end_it_ends_with_what_it_tries() throws Exception {
        Program b = program(Slot.B, 2);
        record(new BootState(3, Optional.empty(), Optional.of(b), 2, Optional.empty()), 1);
        Process process = begin("trap 'echo ended; exit 0' TERM; echo runs; while :; do sleep 0.1; done");
        try (BufferedReader out = process.inputReader(UTF_8)) {
            assertThat(out.readLine()).isEqualTo("runs");
            process.toHandle().destroy(); // SIGTERM; the process itself would close its output as well
            assertThat(out.readLine()).isEqualTo("ended");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void what_is_tried_hears_what_is_typed() throws Exception {
        Program b = program(Slot.B, 2);
        record(new BootState(3, Optional.empty(), Optional.of(b), 2, Optional.empty()), 1);
        Process process = begin("read word; echo $TOCSIN_SLOT heard $word");
        try (Writer in = process.outputWriter(UTF_8)) {
            in.write("press\n");
        }
        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8).strip())
                .isEqualTo("b heard press");
    }

    @Test
    void it_says_where_the_slots_are() throws Exception {
        Process process = begin("echo $TOCSIN_SLOT $TOCSIN_SLOTS");
        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8).strip())
                .isEqualTo("packaged " + folder.resolve("slots"));
    }

    @Test
    void a_start_up_cache_that_cannot_be_made_is_tried_three_times_for_one_program_and_told() throws Exception {
        Program a = program(Slot.A, 1);
        record(new BootState(3, Optional.of(a), Optional.empty(), 1, Optional.empty()), 1);
        Path trained = folder.resolve("trained");
        Path launcher = launcherWith("echo $TOCSIN_CACHE >> " + trained);
        for (int start = 1; start <= 5; start++) {
            String said = said(launcher);
            assertThat(said.contains("no start-up cache: 3 trainings of this version failed, and none follows"))
                    .as("start %d: %s", start, said)
                    .isEqualTo(start > 3);
        }
        assertThat(trained).content().hasLineCount(3);
        Files.delete(folder.resolve("slots/a/firmware.aot.tries")); // as an update does, that clears the slot
        said(launcher);
        assertThat(trained).content().hasLineCount(4);
    }

    @Test
    void a_start_up_cache_is_made_once() throws Exception {
        Program a = program(Slot.A, 1);
        record(new BootState(3, Optional.of(a), Optional.empty(), 1, Optional.empty()), 1);
        Path trained = folder.resolve("trained");
        Path launcher = launcherWith("echo x >> " + trained + "; echo x > $TOCSIN_CACHE/firmware.aot");
        said(launcher);
        assertThat(said(launcher)).isEqualTo("a a");
        assertThat(trained).content().hasLineCount(1);
    }

    /** The launcher as it is installed, beside a script that trains, and the firmware's. */
    private Path launcherWith(String training) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path launcher = Files.copy(SCRIPT, bin.resolve("tocsin-launch"));
        for (String name : new String[] {"train", "tocsin-firmware"}) {
            Path script = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + training + "\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();
        }
        return launcher;
    }

    /** All that it and what it leaves behind say, until they are over. */
    private String said(Path launcher) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-c",
                // Java closes a pipe as soon as its process ends: cat ends when nobody is left who writes
                "sh \"$@\" 2>&1 | cat",
                "said",
                launcher.toString(),
                folder.resolve("slots").toString(),
                packaged.toString(),
                "sh",
                "-c",
                "exec sh \"$TOCSIN_PROGRAM\"");
        builder.environment().put("TOCSIN_TRAIN_AFTER_SECONDS", "0");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private Process launch(String command) throws Exception {
        Process process = begin(command);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process;
    }

    private Process begin(String command) throws IOException {
        return new ProcessBuilder(
                        "sh",
                        SCRIPT.toAbsolutePath().toString(),
                        folder.resolve("slots").toString(),
                        packaged.toString(),
                        "sh",
                        "-c",
                        command)
                .start();
    }
}

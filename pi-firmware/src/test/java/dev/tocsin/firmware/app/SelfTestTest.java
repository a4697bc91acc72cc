package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.board.Pi4jBoard;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.TocsinRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A wall button on a desk is tried out, by somebody who presses what is asked for and by nobody. */
@Timeout(120)
class SelfTestTest {

    private static final long PRESS_NS = 50_000_000L;

    @TempDir
    private Path folder = Path.of("");

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final TocsinRuntime runtime = newRuntime();

    private static TocsinRuntime newRuntime() {
        try {
            return TocsinRuntime.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void configuration() throws Exception {
        TestConfigs.write(folder, "audible", "journal");
    }

    @AfterEach
    void close() throws IOException {
        runtime.close();
    }

    private Pi4jBoard.Desk desk() {
        FirmwareConfig config =
                FirmwareConfig.load(folder.resolve("device.toml")).orThrow();
        return Pi4jBoard.onDesk(config.profile(), runtime.clock()::nanoTime, runtime);
    }

    private SelfTest test(Optional<SelfTest.Person> person, Consumer<String> say) {
        SelfTest.Patience patience =
                new SelfTest.Patience(Duration.ofMillis(50), Duration.ofSeconds(3), Duration.ofMillis(500));
        return new SelfTest(runtime, new Words(Locale.ENGLISH), person, patience, say);
    }

    @Test
    void each_lamp_is_shown_and_what_nobody_sees_fails() throws Exception {
        SelfTest test = test(Optional.of(question -> !question.contains("buzzer")), said::add);
        try (var board = desk().board()) {
            test.outputs(board, false);
        }
        assertThat(said).contains("lamp: seen", "ready: seen", "buzzer: FAILED, not seen");
        assertThat(test.failed()).containsExactly("buzzer");
    }

    @Test
    void where_it_must_be_quiet_nothing_sounds() throws Exception {
        SelfTest test = test(Optional.empty(), said::add);
        try (var board = desk().board()) {
            test.outputs(board, true);
        }
        assertThat(said).hasSize(2).noneMatch(line -> line.contains("buzzer"));
    }

    @Test
    void a_contact_passes_when_it_closes_and_opens_and_fails_when_nobody_moves_it() throws Exception {
        Pi4jBoard.Desk desk = desk();
        SelfTest test = test(Optional.of(question -> true), line -> {
            said.add(line);
            if (line.startsWith("panic: press")) {
                desk.controls().set("panic", true);
                runtime.timers().schedule(PRESS_NS, () -> desk.controls().set("panic", false));
            }
        });
        try (var board = desk.board()) {
            test.inputs(board);
        }
        assertThat(said).contains("panic: closed and opened");
        assertThat(test.failed()).containsExactly("reset");
    }

    @Test
    void with_nobody_there_a_button_that_is_closed_fails() throws Exception {
        Pi4jBoard.Desk desk = desk();
        desk.controls().set("reset", true);
        SelfTest test = test(Optional.empty(), said::add);
        try (var board = desk.board()) {
            test.inputs(board);
        }
        assertThat(said).contains("panic: open, as at rest");
        assertThat(test.failed()).containsExactly("reset");
    }

    @Test
    void a_centre_without_a_receipt_fails() throws Exception {
        FirmwareConfig config =
                FirmwareConfig.load(folder.resolve("device.toml")).orThrow();
        SelfTest test = test(Optional.empty(), said::add);
        try (Device device = runtime.open(config.device())) {
            test.alarm(device, config.device().settings().centres());
        }
        assertThat(said).contains("TEST alarm to police");
        assertThat(test.failed()).containsExactly("police");
    }
}

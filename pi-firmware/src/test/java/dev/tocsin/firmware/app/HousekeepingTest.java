package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.firmware.board.Pi4jBoard;
import dev.tocsin.sdk.TocsinRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A running device, and what its supervisor and its status file say of it. */
@Timeout(120)
class HousekeepingTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder = Path.of("");

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Supervisor supervisor = new Supervisor() {
        @Override
        public void tell(String state) {
            told.add(state);
        }

        @Override
        public void close() {}
    };

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

    private FirmwareConfig config() {
        return FirmwareConfig.load(folder.resolve("device.toml")).orThrow();
    }

    private Housekeeping keep(ButtonDevice button) {
        FirmwareConfig config = config();
        Housekeeping housekeeping = new Housekeeping(
                new StatusBook(config, runtime.clock()),
                () -> supervisor,
                runtime.timers(),
                runtime,
                Runnable::run,
                StatusFile.ours(config, Map.of()),
                Map.of("WATCHDOG_USEC", "20000000"));
        runtime.execute(() -> housekeeping.start(button.device()));
        return housekeeping;
    }

    private ButtonDevice open() throws IOException {
        Pi4jBoard.Desk desk = Pi4jBoard.onDesk(config().profile(), runtime.clock()::nanoTime, runtime);
        return ButtonDevice.open(config(), desk.board(), runtime);
    }

    private long signsOfLife() {
        return told.stream().filter("WATCHDOG=1"::equals).count();
    }

    @Test
    void ready_is_told_when_the_device_is_armed_and_the_end_when_it_stops() throws IOException {
        try (ButtonDevice button = open()) {
            Housekeeping housekeeping = keep(button);
            await().atMost(SOON).until(() -> told.contains("READY=1\nSTATUS=armed"));
            assertThat(button.device().armed()).isDone();
            await().atMost(SOON).until(() -> signsOfLife() > 0);

            runtime.execute(housekeeping::close);
            await().atMost(SOON).until(() -> told.contains("STOPPING=1"));
        }
        assertThat(StatusFile.find(config())).as("nobody runs any more").isEmpty();
    }

    @Test
    void a_loop_that_hangs_gives_no_sign_of_life() throws IOException {
        try (ButtonDevice button = open()) {
            keep(button);
            await().atMost(SOON).until(() -> signsOfLife() >= 2);

            CountDownLatch hung = new CountDownLatch(1);
            CountDownLatch released = new CountDownLatch(1);
            runtime.execute(() -> {
                hung.countDown();
                awaitQuietly(released);
            });
            awaitQuietly(hung);
            long before = signsOfLife();
            await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> signsOfLife() == before);

            released.countDown();
            await().atMost(SOON).until(() -> signsOfLife() > before);
        }
    }

    @Test
    void the_status_file_says_what_the_device_does() throws IOException {
        try (ButtonDevice button = open()) {
            keep(button);
            button.device().raiseFault("hot", "the processor is too hot");

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(StatusFile.find(config())).hasValueSatisfying(s -> {
                        assertThat(s.armed()).isTrue();
                        assertThat(s.device()).isEqualTo("school-001/button-1");
                        assertThat(s.faults()).containsExactly("hot: the processor is too hot");
                        assertThat(s.undelivered()).isEqualTo(1); // the fault itself: nobody answers
                        assertThat(s.centres()).extracting(Status.Centre::id).containsExactly("police");
                        assertThat(s.centres().getFirst().waiting()).isEqualTo(1);
                    }));

            button.device().clearFault("hot");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(StatusFile.find(config()))
                            .hasValueSatisfying(s -> assertThat(s.faults()).isEmpty()));
        }
    }

    @Test
    void what_the_file_says_is_read_back_as_it_was() {
        Status status = new Status(
                "school-001/button-1",
                "tocsin-firmware/0.1.0",
                ProcessHandle.current().pid(),
                Instant.parse("2026-09-01T07:30:00Z"),
                Instant.parse("2026-09-01T07:31:00.123Z"),
                true,
                "FAULT",
                3,
                List.of("a \"quoted\" \\ text\nof two lines", "温度过高"),
                List.of(new Status.Centre(
                        "police", 2, "school-001/button-1:4.7:9f3c2a11d05b7e60", Instant.EPOCH, 12, "no")));
        Path file = folder.resolve("status.toml");
        StatusFile.write(file, status);
        assertThat(StatusFile.read(file)).contains(status);
    }

    @Test
    void half_a_file_is_nothing_known() throws IOException {
        Path file = folder.resolve("status.toml");
        Files.writeString(file, "device = \"school");
        assertThat(StatusFile.read(file)).isEmpty();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

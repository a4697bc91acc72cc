package dev.tocsin.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.NioNetwork;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.disk.DiskStorage;
import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.session.Settings;
import dev.tocsin.sdk.system.EventLoop;
import dev.tocsin.sdk.system.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vendor's door, on a real disk and a network where nobody answers. */
class DeviceTest {

    @TempDir
    private Path folder = Path.of("");

    private final TocsinRuntime runtime = runtime();

    @AfterEach
    void stop() throws IOException {
        runtime.close();
    }

    @Test
    void an_alarm_is_sent_and_kept_without_a_network() throws Exception {
        try (Device device = runtime.open(config())) {
            RaisedAlarm alarm = device.raise(AlarmKind.GAS);
            assertThat(alarm.kept().get(20, TimeUnit.SECONDS).alarm().kind()).isEqualTo(AlarmKind.GAS);
            assertThat(alarm.received()).isNotDone();
        }
    }

    /** What speaks to centres comes after arming: certificates that cannot even be read hold up no press. */
    @Test
    void it_is_armed_and_keeps_a_press_before_the_network_and_without_one() throws Exception {
        DeviceConfig plain = config();
        DeviceConfig config = new DeviceConfig(
                plain.settings(),
                plain.alarmKey(),
                Optional.of(DtlsIdentity.later("no certificate", "no key", "no authority")),
                plain.journalFolder());
        try (Device device = runtime.open(config)) {
            RaisedAlarm press = device.press(new StageTimes(1, 2));
            assertThat(press.kept().get(20, TimeUnit.SECONDS).alarm().kind()).isEqualTo(AlarmKind.PANIC);
            assertThat(device.armed()).isCompleted();

            assertThatThrownBy(() -> device.connected().get(20, TimeUnit.SECONDS))
                    .hasMessageContaining("the certificate chain: no certificate");
            assertThat(press.received()).isNotDone();
        }
    }

    @Test
    void what_was_raised_before_the_network_goes_out_once_it_is_there() throws Exception {
        try (Device device = runtime.open(config())) {
            CompletableFuture<AlarmStatus> sent = new CompletableFuture<>();
            device.onAlarm(status -> {
                if (status.deliveries().values().stream()
                        .anyMatch(d -> d.firstSentNs().isPresent())) {
                    sent.complete(status);
                }
            });
            device.raise(AlarmKind.GAS);
            device.connected().get(20, TimeUnit.SECONDS);
            assertThat(sent.get(20, TimeUnit.SECONDS).alarm().kind()).isEqualTo(AlarmKind.GAS);
        }
    }

    @Test
    void a_listener_that_throws_stops_nothing() throws Exception {
        try (Device device = runtime.open(config())) {
            device.onIndication(i -> {
                throw new IllegalStateException("a vendor's bug");
            });
            device.onAlarm(a -> {
                throw new IllegalStateException("a vendor's bug");
            });
            CompletableFuture<String> told = new CompletableFuture<>();
            device.onRemark(remark -> {
                if (remark.contains("a vendor's bug")) {
                    told.complete(remark);
                }
            });
            assertThat(told.get(20, TimeUnit.SECONDS)).startsWith("a listener threw");
            device.armed().get(20, TimeUnit.SECONDS);
            assertThat(device.raise(AlarmKind.FIRE).kept().get(20, TimeUnit.SECONDS))
                    .isNotNull();
            assertThat(device.raise(AlarmKind.FIRE).kept().get(20, TimeUnit.SECONDS))
                    .isNotNull();
        }
    }

    @Test
    void what_was_said_at_the_start_is_told_to_the_first_who_listens() throws Exception {
        Files.createDirectories(folder.resolve("journal"));
        Files.write(folder.resolve("journal/journal-0000000001.a"), new byte[] {1, 2, 3});
        try (Device device = runtime.open(config())) {
            device.armed().get(20, TimeUnit.SECONDS);
            CompletableFuture<String> remark = new CompletableFuture<>();
            device.onRemark(remark::complete);
            assertThat(remark.get(20, TimeUnit.SECONDS)).contains("journal-0000000001.a");
        }
    }

    @Test
    void nothing_is_raised_on_a_closed_device() throws Exception {
        Device device = runtime.open(config());
        device.close();
        device.close();
        StageTimes now = new StageTimes(1, 1);
        assertThatIllegalStateException()
                .isThrownBy(() -> device.raise(AlarmKind.FIRE))
                .withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> device.press(now));
        assertThatIllegalStateException().isThrownBy(() -> device.hold(now));
        device.reset();
        device.report("a board may tell things until the end");
        device.raiseFault("board", "and this");
    }

    @Test
    @SuppressWarnings("NullAway") // which not every vendor uses
    void null_is_refused_where_it_is_given() throws Exception {
        try (Device device = runtime.open(config())) {
            assertThatNullPointerException()
                    .isThrownBy(() -> device.raise((AlarmKind) null))
                    .withMessage("kind");
            assertThatNullPointerException().isThrownBy(() -> device.onAlarm(null));
            assertThatNullPointerException().isThrownBy(() -> device.onIndication(null));
            assertThatNullPointerException().isThrownBy(() -> device.onRemark(null));
        }
    }

    @Test
    void a_device_adds_no_thread() throws Exception {
        try (Device first = runtime.open(config())) {
            first.connected().get(20, TimeUnit.SECONDS);
            int before = Thread.activeCount();
            for (int i = 0; i < 10; i++) {
                DeviceConfig c = config();
                Device device = runtime.open(
                        new DeviceConfig(c.settings(), c.alarmKey(), c.channel(), folder.resolve("journal-" + i)));
                device.connected().get(20, TimeUnit.SECONDS);
            }
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void a_runtime_of_somebody_elses_parts_starts_nothing_and_stops_nothing() throws Exception {
        EventLoop loop = new EventLoop("a-vendors-own");
        int before = Thread.activeCount();
        try (NioNetwork network = new NioNetwork()) {
            TocsinRuntime mine = TocsinRuntime.of(new TocsinRuntime.Parts(
                    loop,
                    loop,
                    new SystemClock(),
                    new PlatformEntropy(),
                    network,
                    folder -> new DiskStorage(folder, loop, loop)));
            try (Device device = mine.open(config())) {
                device.armed().get(20, TimeUnit.SECONDS);
                assertThat(Thread.activeCount()).isLessThanOrEqualTo(before + 2); // the loop's and the network's
            }
            mine.close();
            assertThat(loop.isShutdown()).isFalse();
        } finally {
            loop.shutdown();
            loop.awaitEnd(Duration.ofSeconds(20));
        }
    }

    @Test
    void closing_lets_go_of_the_journal_folder_before_it_returns() throws Exception {
        try (TocsinRuntime other = TocsinRuntime.start()) {
            other.open(config()).close();
        }
        new DiskStorage(folder.resolve("journal"), Runnable::run, Runnable::run).close();
    }

    private DeviceConfig config() throws InvalidKeyException {
        String key = Keys.generatePem(SignatureAlgorithm.ED25519);
        CentreLink centre = CentreLink.ofAllKinds(
                "police", List.of("coap://127.0.0.1:9"), List.of(Keys.verifier(Keys.publicPem(key))), false);
        return new DeviceConfig(
                new Settings(
                        "device-" + Math.abs(new PlatformEntropy().nextLong() % 1000),
                        Place.UNKNOWN,
                        List.of(),
                        List.of(centre),
                        Duration.ofSeconds(60),
                        Limits.DEFAULT,
                        "test"),
                Keys.signer(key),
                Optional.empty(),
                folder.resolve("journal"));
    }

    private static TocsinRuntime runtime() {
        try {
            return TocsinRuntime.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.tocsin.simulator.centre.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.codec.UpdateMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.model.UpdatePhase;
import dev.tocsin.sdk.model.UpdateReport;
import dev.tocsin.sdk.testkit.TestKeys;
import dev.tocsin.simulator.centre.HandTime;
import dev.tocsin.simulator.centre.sqlite.SqliteRollouts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet of 1,000 devices, on a real database. */
class RolloutDeskTest {

    private static final Bytes VENDOR = UpdateManifest.Ids.TOCSIN;
    private static final Bytes CLASS = UpdateManifest.Ids.deviceClass(VENDOR, "tocsin-firmware/aarch64");
    private static final List<String> FLEET = IntStream.range(0, 1_000)
            .mapToObj(i -> "school-%03d/button-%d".formatted(i / 10, i % 10))
            .toList();

    @TempDir
    Path folder;

    private SqliteRollouts store;
    private RolloutDesk desk;

    @BeforeEach
    void open() throws Exception {
        store = SqliteRollouts.open(folder.resolve("rollouts"));
        desk = new RolloutDesk(store, new HandTime());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Rollout start(long sequence, String devices, int maxFailures, Integer... stages) {
        UpdateManifest m = new UpdateManifest(
                "police",
                sequence,
                VENDOR,
                CLASS,
                new ProgramVersion("1." + sequence),
                Bytes.EMPTY.sha256(),
                1,
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                "");
        Rollout rollout = new Rollout(
                sequence,
                m.version().text(),
                UpdateMessages.sign(m, TestKeys.signer("police")).bytes(),
                m.payloadSha256(),
                devices,
                List.of(stages),
                maxFailures,
                "Zhang",
                HandTime.START,
                Rollout.State.RUNNING,
                0,
                "");
        store.begin(rollout);
        return rollout;
    }

    private Optional<Bytes> report(String device, UpdatePhase phase, long sequence) {
        return desk.report(new UpdateReport(
                device, VENDOR, CLASS, new ProgramVersion("1.0"), phase, sequence, 0, "what went wrong"));
    }

    private List<String> offered() {
        return FLEET.stream()
                .filter(d -> report(d, UpdatePhase.IDLE, 0).isPresent())
                .toList();
    }

    private Rollout stored(long sequence) {
        return store.find(sequence).orElseThrow();
    }

    @Test
    void a_stage_has_about_its_share_and_all_of_the_stage_before() {
        Rollout rollout = start(7, "*", 3, 5, 50, 100);
        List<String> first = FLEET.stream().filter(rollout::offers).toList();
        List<String> second = FLEET.stream()
                .filter(rollout.at(Rollout.State.RUNNING, 1, "")::offers)
                .toList();
        assertThat(first).hasSizeBetween(25, 75);
        assertThat(second).hasSizeBetween(440, 560).containsAll(first);
        assertThat(FLEET).allMatch(rollout.at(Rollout.State.RUNNING, 2, "")::offers);
        Rollout another = start(8, "*", 3, 5, 100);
        assertThat(FLEET.stream().filter(another::offers).toList()).isNotEqualTo(first);
    }

    @Test
    void only_the_schools_that_it_is_for_and_the_class_that_was_signed_are_offered_it() {
        start(7, "school-007/*", 3, 100);
        assertThat(offered()).hasSize(10).allMatch(d -> d.startsWith("school-007/"));
        Bytes other = UpdateManifest.Ids.deviceClass(VENDOR, "tocsin-firmware/arm");
        assertThat(desk.report(new UpdateReport(
                        "school-007/button-1", VENDOR, other, new ProgramVersion("1.0"), UpdatePhase.IDLE, 0, 0, "")))
                .isEmpty();
    }

    @Test
    void it_goes_to_the_next_stage_once_all_who_were_offered_it_are_through() {
        start(7, "*", 3, 5, 100);
        List<String> first = offered();
        first.subList(1, first.size()).forEach(d -> report(d, UpdatePhase.CONFIRMED, 7));
        assertThat(stored(7).stage()).as("one is still at it").isZero();
        report(first.getFirst(), UpdatePhase.TRYING, 7);
        report(first.getFirst(), UpdatePhase.CONFIRMED, 7);
        assertThat(stored(7).stage()).isEqualTo(1);
        assertThat(report(first.getFirst(), UpdatePhase.CONFIRMED, 7))
                .as("it has it")
                .isEmpty();
        assertThat(offered()).hasSizeGreaterThan(900);
    }

    /** A thief of one button says what he likes of it; stages are there so that a bad program does not reach all at once. */
    @Test
    void one_device_alone_does_not_move_a_rollout_through_its_stages_whatever_it_reports() {
        Rollout rollout = start(7, "*", 3, 5, 10, 50, 100);
        String outsider =
                FLEET.stream().filter(d -> !rollout.offers(d)).findFirst().orElseThrow();
        report(outsider, UpdatePhase.CONFIRMED, 7);
        report(outsider, UpdatePhase.ROLLED_BACK, 7);
        assertThat(store.progress(7)).as("it was not offered it").isEmpty();
        assertThat(stored(7).stage()).isZero();
        String first = FLEET.stream().filter(rollout::offers).findFirst().orElseThrow();
        report(first, UpdatePhase.IDLE, 0);
        for (int i = 0; i < 3; i++) {
            report(first, UpdatePhase.FETCHING, 7);
            report(first, UpdatePhase.CONFIRMED, 7);
            report(first, UpdatePhase.REFUSED, 7);
        }
        assertThat(stored(7).stage()).as("its own word counts once").isEqualTo(1);
        report(first, UpdatePhase.ROLLED_BACK, 7);
        assertThat(store.progress(7)).singleElement().matches(Progress::isFailure);
    }

    @Test
    void it_stops_at_so_many_failures_and_offers_and_serves_nothing_any_more() {
        start(7, "*", 3, 50, 100);
        List<String> devices = offered();
        assertThat(desk.served()).containsExactly(Bytes.EMPTY.sha256());
        report(devices.get(0), UpdatePhase.ROLLED_BACK, 7);
        report(devices.get(0), UpdatePhase.ROLLED_BACK, 7);
        report(devices.get(1), UpdatePhase.REFUSED, 7);
        assertThat(stored(7).state()).as("the same device twice is one").isEqualTo(Rollout.State.RUNNING);
        report(devices.get(2), UpdatePhase.ROLLED_BACK, 7);
        assertThat(stored(7).state()).isEqualTo(Rollout.State.STOPPED);
        assertThat(stored(7).why()).isEqualTo("3 devices failed, and it bears fewer than 3");
        assertThat(offered()).isEmpty();
        assertThat(desk.served()).isEmpty();
    }

    @Test
    void all_of_it_is_there_after_a_restart_of_the_centre() throws Exception {
        start(7, "*", 1, 100);
        report(FLEET.getFirst(), UpdatePhase.IDLE, 0);
        report(FLEET.getFirst(), UpdatePhase.ROLLED_BACK, 7);
        List<Rollout> before = store.rollouts();
        List<Progress> progress = store.progress(7);
        store.close();
        store = SqliteRollouts.open(folder.resolve("rollouts"));
        assertThat(store.rollouts()).isEqualTo(before);
        assertThat(store.progress(7)).isEqualTo(progress).hasSize(1);
        assertThat(before.getFirst().state()).isEqualTo(Rollout.State.STOPPED);
    }

    @Test
    void stages_rise_to_100_percent() {
        for (Integer[] wrong : new Integer[][] {{}, {50}, {0, 100}, {10, 10, 100}, {50, 20, 100}, {100, 120}}) {
            assertThatThrownBy(() -> start(9, "*", 1, wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

package dev.tocsin.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.RaisedAlarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.machine.SmallCity.Plan;
import dev.tocsin.simulator.network.Conditions;
import dev.tocsin.simulator.network.Latency;
import dev.tocsin.simulator.network.Nat;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices and centres over Californium, and Scandium where secure, in virtual time. */
@Timeout(120)
class SmallCityTest {

    private static final List<String> CENTRES = List.of("police", "education");
    private static final int DEVICES = 20;

    private static Plan plan(long seed, boolean secure) {
        return new Plan(seed, DEVICES, CENTRES, secure, Duration.ofSeconds(60));
    }

    private record Run(String digest, long datagrams, List<String> ledgers) {}

    private static Run run(Plan plan) throws GeneralSecurityException {
        try (SmallCity city = new SmallCity(plan)) {
            city.network.conditions(Conditions.GOOD
                    .withLatency(new Latency.LogNormal(Duration.ofMillis(60), 0.5))
                    .withLoss(0.05)
                    .withDuplicates(0.01)
                    .withReordering(0.01));
            city.on(Duration.ofSeconds(10));
            city.world.run(Duration.ofSeconds(30));
            List<RaisedAlarm> raised = city.raiseAll(Duration.ofSeconds(20));
            city.world.run(Duration.ofMinutes(10));

            assertThat(city.failures).isEmpty();
            assertThat(raised)
                    .hasSize(DEVICES)
                    .allSatisfy(alarm -> assertThat(alarm.received()).isCompleted());
            List<String> ledgers = new ArrayList<>();
            for (String centre : CENTRES) {
                assertThat(city.alarmsAt(centre)).isEqualTo(DEVICES);
                assertThat(city.entries(centre))
                        .noneMatch(e -> e.type() == EntryType.CONFLICT || e.type() == EntryType.OFFLINE);
                city.entries(centre).forEach(e -> ledgers.add(e.toString()));
            }
            return new Run(city.digest.hex(), city.digest.datagrams(), ledgers);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void every_alarm_is_receipted_by_both_centres_and_the_same_seed_gives_the_same_run(boolean secure)
            throws GeneralSecurityException {
        Run run = run(plan(42, secure));
        assertThat(run(plan(42, secure))).isEqualTo(run);
        assertThat(run(plan(43, secure)).digest).isNotEqualTo(run.digest);
    }

    @Test
    void worlds_on_two_threads_do_not_disturb_each_other() throws Exception {
        Run plain = run(plan(7, false));
        Run secure = run(plan(7, true));
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Callable<Run>> both = List.of(() -> run(plan(7, false)), () -> run(plan(7, true)));
            List<Future<Run>> beside = threads.invokeAll(both);
            assertThat(beside.get(0).get()).isEqualTo(plain);
            assertThat(beside.get(1).get()).isEqualTo(secure);
        }
    }

    @Test
    void a_session_outlives_a_nat_that_gives_another_port() throws GeneralSecurityException {
        try (SmallCity city = new SmallCity(new Plan(3, 1, List.of("police"), true, Duration.ofSeconds(60)))) {
            SmallCity.Unit unit = city.units.values().iterator().next();
            Nat nat = unit.machine.host().behindNat(Duration.ofMinutes(3));
            List<Integer> handshakes = new ArrayList<>();
            city.network.tap((nowNs, datagram, fate) -> {
                if (datagram.data().readOnlyArray()[0] == 22) { // RFC 6347: a handshake's record
                    handshakes.add(datagram.data().size());
                }
            });
            city.on(Duration.ZERO);
            city.world.run(Duration.ofMinutes(2));
            assertThat(handshakes).isNotEmpty();
            handshakes.clear();
            for (int i = 0; i < 10; i++) {
                nat.rebind();
                RaisedAlarm alarm = unit.device().raise(AlarmKind.PANIC);
                city.world.run(
                        Duration.ofMillis(200)); // one round trip takes 40 ms: it went at once, in the old session
                assertThat(alarm.received()).isCompleted();
                city.world.run(Duration.ofMinutes(2));
            }
            assertThat(handshakes).isEmpty();
            assertThat(city.failures).isEmpty();
        }
    }

    @Test
    void an_alarm_survives_a_power_cut_of_the_device_and_of_the_centre() throws GeneralSecurityException {
        try (SmallCity city = new SmallCity(new Plan(5, 1, List.of("police"), true, Duration.ofSeconds(60)))) {
            SmallCity.Unit unit = city.units.values().iterator().next();
            Machine centre = city.centres.values().iterator().next();
            city.on(Duration.ZERO);
            city.world.run(Duration.ofMinutes(2));
            centre.cut(Duration.ofSeconds(30));
            var unused = unit.device().raise(AlarmKind.PANIC);
            city.world.run(Duration.ofSeconds(5));
            assertThat(city.alarmsAt("police")).isZero();
            unit.machine.cut(Duration.ofSeconds(60));
            city.world.run(Duration.ofMinutes(3));
            assertThat(city.alarmsAt("police")).isEqualTo(1);
            assertThat(unit.machine.boots()).isEqualTo(2);
            assertThat(city.failures).isEmpty();
        }
    }
}

package dev.tocsin.simulator.county;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.check.Witness.Wait;
import dev.tocsin.simulator.network.Datagram;
import dev.tocsin.simulator.network.Fate;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.network.VirtualNetwork;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.World;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made of datagrams seen between one device and one centre over a link that stands. Times in ms. */
class EyewitnessTest {

    private static final long MS = 1_000_000;
    private static final AlarmId ALARM = new AlarmId("button", 1, 7, 1);

    private final World world = World.open(new Seed(1), Instant.EPOCH);
    private final VirtualNetwork network = new VirtualNetwork(world);
    private final Host device = network.host("button");
    private final Host centre = network.host("centre");
    private final Eyewitness eyewitness = new Eyewitness(false, 1_000_000 * MS, new Chronicle());

    EyewitnessTest() {
        eyewitness.centre("police", List.of(centre));
        eyewitness.device(device, 0);
        eyewitness.centreBoots("police", MS);
        eyewitness.deviceBoots("button", MS);
        down(2, 3, Fate.DELIVERED);
        eyewitness.signed(ALARM, "police", 100 * MS);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void an_answer_after_the_alarm_has_arrived_is_its_answer() {
        up(100, 130);
        down(135, 150, Fate.LOST);
        assertThat(theWait()).isEqualTo(new Wait(ALARM, "police", 100 * MS, 100 * MS, 130 * MS, 135 * MS));
    }

    @Test
    void what_the_centre_said_before_the_alarm_left_is_none() {
        down(99, 120, Fate.DELIVERED);
        up(100, 130);
        assertThat(theWait().answeredNs()).isEqualTo(Long.MAX_VALUE);
    }

    /** Storm seed 80292: an attacker's copy overtook the alarm, was answered, and the alarm itself was a repetition. */
    @Test
    void an_answer_to_somebodys_faster_copy_is_an_answer_though_the_alarm_was_not_seen_to_have_left() {
        down(110, 110, Fate.LOST);
        up(100, 130);
        up(1100, 1150);
        down(1160, 1190, Fate.DELIVERED);
        assertThat(theWait()).isEqualTo(new Wait(ALARM, "police", 100 * MS, 100 * MS, 130 * MS, 110 * MS));
    }

    private Wait theWait() {
        eyewitness.end(60_000 * MS);
        assertThat(eyewitness.waits()).hasSize(1);
        return eyewitness.waits().getFirst();
    }

    private void up(long sentMs, long seenMs) {
        eyewitness.saw(seenMs * MS, datagram(sentMs, device, centre), Fate.DELIVERED);
    }

    private void down(long sentMs, long seenMs, Fate fate) {
        eyewitness.saw(seenMs * MS, datagram(sentMs, centre, device), fate);
    }

    private static Datagram datagram(long sentMs, Host from, Host to) {
        return new Datagram(
                sentMs * MS,
                from.name(),
                new InetSocketAddress(from.publicAddress(), 5683),
                new InetSocketAddress(to.publicAddress(), 5683),
                Bytes.wrap(new byte[300]));
    }
}

package dev.tocsin.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Bytes;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkFaultsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MANY = 10_000;

    private final TwoHosts hosts = new TwoHosts(1);

    @AfterEach
    void close() {
        hosts.close();
    }

    @Test
    void a_datagram_takes_as_long_as_the_path_says() {
        hosts.network.conditions(Conditions.delayed(Duration.ofMillis(80)));
        hosts.send(1, 100);
        hosts.run(MINUTE);
        assertThat(hosts.atCentre).extracting(TwoHosts.Arrival::atMs).containsExactly(80L);
    }

    @Test
    void latencies_are_spread_as_their_distribution_says() {
        hosts.network.conditions(Conditions.GOOD.withLatency(new Latency.LogNormal(Duration.ofMillis(60), 0.5)));
        List<Long> tookMs = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            long sentMs = hosts.world.elapsed().toMillis();
            hosts.send(1, 100);
            hosts.run(Duration.ofSeconds(2));
            tookMs.add(hosts.atCentre.getLast().atMs() - sentMs);
        }
        Collections.sort(tookMs);
        assertThat(tookMs.get(1_000)).isBetween(56L, 64L);
        assertThat(tookMs.get(1_980)).isBetween(160L, 230L); // 192 ms in the long run
    }

    @Test
    void loss_is_as_frequent_as_asked_for_and_one_way() {
        hosts.network.conditions(h -> h.equals("device"), h -> true, Conditions.GOOD.withLoss(0.05));
        hosts.send(MANY, 100);
        hosts.run(MINUTE);
        assertThat(hosts.atCentre).hasSizeBetween(9_400, 9_600);
        assertThat(hosts.fates).filteredOn(Fate.LOST::equals).hasSize(MANY - hosts.atCentre.size());
        answer(1_000);
        assertThat(hosts.atDevice).hasSize(1_000);
    }

    @Test
    void duplicates_arrive_twice_and_are_called_so() {
        hosts.network.conditions(Conditions.GOOD.withDuplicates(0.1));
        hosts.send(MANY, 100);
        hosts.run(MINUTE);
        int copies = Collections.frequency(hosts.fates, Fate.DUPLICATED);
        assertThat(copies).isBetween(900, 1_100);
        assertThat(hosts.atCentre).hasSize(MANY + copies);
    }

    @Test
    void datagrams_keep_their_order_unless_they_are_to_lose_it() {
        hosts.network.conditions(
                Conditions.GOOD.withLatency(new Latency.Uniform(Duration.ofMillis(1), Duration.ofMillis(500))));
        hosts.send(1_000, 100);
        hosts.run(MINUTE);
        assertThat(hosts.numbersAtCentre())
                .isEqualTo(IntStream.range(0, 1_000).boxed().toList());
        hosts.atCentre.clear();
        hosts.network.conditions(Conditions.GOOD.withReordering(0.2));
        hosts.send(1_000, 100);
        hosts.run(MINUTE);
        assertThat(hosts.numbersAtCentre())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(1_000, 2_000).boxed().toList())
                .isNotEqualTo(IntStream.range(1_000, 2_000).boxed().toList());
    }

    @Test
    void a_datagram_above_the_mtu_is_dropped() {
        hosts.network.conditions(Conditions.GOOD.withMtu(1280));
        hosts.send(1, 1280 - Conditions.HEADER_BYTES);
        hosts.send(1, 1280 - Conditions.HEADER_BYTES + 1);
        hosts.run(MINUTE);
        assertThat(hosts.fates).containsExactlyInAnyOrder(Fate.DELIVERED, Fate.TOO_LARGE);
    }

    @Test
    void a_partition_cuts_one_way_until_it_is_healed() {
        Partition partition = hosts.network.partition(h -> h.startsWith("dev"), h -> h.equals("centre"));
        hosts.send(1, 100);
        answer(1);
        assertThat(hosts.atCentre).isEmpty();
        assertThat(hosts.atDevice).hasSize(1);
        partition.heal();
        hosts.send(1, 100);
        hosts.run(MINUTE);
        assertThat(hosts.numbersAtCentre()).containsExactly(1);
    }

    @Test
    void a_timed_partition_heals_by_itself() {
        hosts.network.partition(h -> true, h -> h.equals("centre"), MINUTE);
        for (int i = 0; i < 4; i++) {
            hosts.send(1, 100);
            hosts.run(Duration.ofSeconds(25));
        }
        assertThat(hosts.numbersAtCentre()).containsExactly(3);
    }

    @Test
    void a_machine_without_power_neither_sends_nor_receives() {
        hosts.deviceLoop.cut();
        hosts.send(1, 100);
        answer(1);
        assertThat(hosts.atCentre).isEmpty();
        assertThat(hosts.fates).containsExactly(Fate.NOBODY_THERE);
    }

    @Test
    void an_attacker_sees_all_withholds_replays_and_forges() {
        List<Datagram> seen = new ArrayList<>();
        hosts.network.attacker(Optional.of(datagram -> {
            seen.add(datagram);
            return seen.size() > 1;
        }));
        hosts.send(2, 100);
        hosts.run(MINUTE);
        assertThat(hosts.numbersAtCentre()).containsExactly(1);
        InetSocketAddress device = hosts.deviceSocket.localAddress();
        hosts.network.inject(device, seen.get(0).to(), seen.get(0).data());
        hosts.network.inject(device, seen.get(0).to(), Bytes.copyOf((byte) 0, (byte) 0, (byte) 0, (byte) 77));
        hosts.run(MINUTE);
        assertThat(hosts.numbersAtCentre()).containsExactly(1, 0, 77);
        assertThat(hosts.atCentre).allSatisfy(a -> assertThat(a.from()).isEqualTo(device));
    }

    @Test
    void who_is_behind_a_nat_is_seen_with_its_address_and_answered_through_it() {
        hosts.device.behindNat(Duration.ofMinutes(5));
        hosts.send(1, 100);
        hosts.run(MINUTE);
        assertThat(hosts.atCentre.getLast().from()).isNotEqualTo(hosts.deviceSocket.localAddress());
        answer(1);
        assertThat(hosts.atDevice).hasSize(1);
    }

    @Test
    void a_nat_that_is_bound_anew_gives_another_port_and_knows_the_old_one_no_more() {
        Nat nat = hosts.device.behindNat(Duration.ofMinutes(5));
        hosts.send(1, 100);
        hosts.run(MINUTE);
        InetSocketAddress old = hosts.atCentre.getLast().from();
        nat.rebind();
        answer(1);
        assertThat(hosts.fates.getLast()).isEqualTo(Fate.NAT_CLOSED);
        hosts.send(1, 100);
        hosts.run(MINUTE);
        assertThat(hosts.atCentre.getLast().from().getPort()).isNotEqualTo(old.getPort());
    }

    @Test
    void a_nat_closes_a_port_that_nothing_was_sent_through_for_a_while() {
        hosts.device.behindNat(Duration.ofSeconds(90));
        hosts.send(1, 100);
        hosts.run(MINUTE);
        answer(1);
        assertThat(hosts.atDevice).hasSize(1);
        hosts.run(MINUTE);
        answer(1);
        assertThat(hosts.atDevice).hasSize(1);
        assertThat(hosts.fates.getLast()).isEqualTo(Fate.NAT_CLOSED);
    }

    /** The centre sends to where it heard from last, or to the device's own address. */
    private void answer(int count) {
        InetSocketAddress to = hosts.atCentre.isEmpty()
                ? hosts.deviceSocket.localAddress()
                : hosts.atCentre.getLast().from();
        for (int i = 0; i < count; i++) {
            hosts.centreSocket.send(to, new byte[4], 0, 4);
        }
        hosts.run(Duration.ofSeconds(1));
    }
}

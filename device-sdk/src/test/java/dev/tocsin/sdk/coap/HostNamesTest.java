package dev.tocsin.sdk.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.DatagramNetwork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostNamesTest {

    private final List<String> lookedUp = new ArrayList<>();
    private final List<InetSocketAddress> found = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private @Nullable String address = "192.0.2.1";
    private long nowNs = 1;

    private final HostNames names = new HostNames(
            new DatagramNetwork() {
                @Override
                public Socket open(InetSocketAddress bind, Receiver receiver) {
                    throw new UnsupportedOperationException("not needed here");
                }

                @Override
                public CompletionStage<InetAddress> resolve(String host) {
                    lookedUp.add(host);
                    try {
                        return address == null
                                ? DatagramNetwork.super.resolve(host)
                                : CompletableFuture.completedFuture(InetAddress.getByName(address));
                    } catch (UnknownHostException e) {
                        throw new IllegalStateException(e);
                    }
                }
            },
            new Clock() {
                @Override
                public long nanoTime() {
                    return nowNs;
                }

                @Override
                public Instant wallTime() {
                    return Instant.EPOCH;
                }

                @Override
                public ClockQuality quality() {
                    return ClockQuality.UNKNOWN;
                }
            });

    @Test
    void a_literal_address_is_not_looked_up() {
        resolve("coaps://192.0.2.7:5684");
        resolve("coaps://[2001:db8::7]");
        assertThat(found).extracting(InetSocketAddress::getPort).containsExactly(5684, 5684);
        assertThat(lookedUp).isEmpty();
    }

    @Test
    void a_name_is_looked_up_once_a_minute() {
        resolve("coaps://centre.example:1234");
        resolve("coaps://centre.example:1234");
        assertThat(lookedUp).hasSize(1);
        nowNs += HostNames.FRESH_NS + 1;
        resolve("coaps://centre.example:1234");
        resolve("coaps://centre.example:1234");
        assertThat(lookedUp).hasSize(2);
        assertThat(found).hasSize(4).allMatch(at -> at.getHostString().equals("centre.example"));
    }

    @Test
    void a_centre_that_moved_is_found_one_request_later() {
        resolve("coaps://centre.example");
        address = "192.0.2.2";
        nowNs += HostNames.FRESH_NS + 1;
        resolve("coaps://centre.example");
        resolve("coaps://centre.example");
        assertThat(found)
                .extracting(at -> at.getAddress().getHostAddress())
                .containsExactly("192.0.2.1", "192.0.2.1", "192.0.2.2");
    }

    @Test
    void an_address_once_found_is_used_while_the_name_service_is_away() {
        resolve("coaps://centre.example");
        address = null;
        nowNs += 1000 * HostNames.FRESH_NS;
        resolve("coaps://centre.example");
        assertThat(found).hasSize(2);
        assertThat(failed).isEmpty();
    }

    @Test
    void a_name_that_nobody_knows_is_told() {
        address = null;
        resolve("coaps://centre.example");
        assertThat(failed).containsExactly("centre.example cannot be resolved");
    }

    @Test
    void the_oldest_name_is_forgotten_when_there_are_too_many() {
        for (int i = 0; i <= HostNames.MAX_NAMES; i++) {
            resolve("coaps://centre" + i + ".example");
        }
        lookedUp.clear();
        resolve("coaps://centre1.example");
        assertThat(lookedUp).isEmpty();
        resolve("coaps://centre0.example");
        assertThat(lookedUp).containsExactly("centre0.example");
    }

    private void resolve(String to) {
        names.resolve(CentreAddress.parse(to), Runnable::run, found::add, failed::add);
    }
}

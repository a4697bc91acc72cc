package dev.tocsin.sdk.testkit;

import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport.Post;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Joins devices and {@linkplain ScriptedCentre centres} in virtual time. Loss is per datagram, each way. */
public final class ScriptedNetwork {

    /**
     * A datagram with a request that left a device.
     *
     * @param exchange number of the exchange, from 1 in the order in which they began
     * @param transmission 1 for the first
     */
    public record Sent(long atNs, Post post, int exchange, int transmission) {}

    private final VirtualTime time;
    private final SeededEntropy dice;
    private final Map<String, ScriptedCentre> centres = new LinkedHashMap<>();
    private final Set<String> down = new HashSet<>();
    private final Set<String> deaf = new HashSet<>();
    private final Map<String, String> unreachable = new LinkedHashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private Duration oneWay = Duration.ofMillis(20);
    private double loss;
    private int exchanges;

    /** No loss, 20 ms each way, nobody there. */
    public ScriptedNetwork(VirtualTime time, SeededEntropy dice) {
        this.time = time;
        this.dice = dice;
    }

    /** Puts a centre at an address. */
    public void at(String address, ScriptedCentre centre) {
        centres.put(address, centre);
    }

    /** Each datagram is lost that often from now on. */
    public void loss(double probability) {
        loss = probability;
    }

    /** How long a datagram takes from now on. */
    public void oneWay(Duration delay) {
        oneWay = delay;
    }

    /** Nothing reaches the address any more, nor leaves it. */
    public void down(String address) {
        down.add(address);
    }

    /** Requests reach the address, its answers are lost. */
    public void losesAnswersOf(String address) {
        deaf.add(address);
    }

    /** Exchanges with the address end at once: the device cannot even send. */
    public void unreachable(String address, String why) {
        unreachable.put(address, why);
    }

    /** The address is as it should be again. */
    public void up(String address) {
        down.remove(address);
        deaf.remove(address);
        unreachable.remove(address);
    }

    /** The transport of one boot of one device. */
    public ScriptedTransport connect(Timers life) {
        return new ScriptedTransport(this, life);
    }

    /** All datagrams with requests so far. */
    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** Those to one address and path. */
    public List<Sent> sent(String address, String path) {
        return sent.stream()
                .filter(s -> s.post().to().equals(address) && s.post().path().equals(path))
                .toList();
    }

    VirtualTime time() {
        return time;
    }

    int nextExchange() {
        return ++exchanges;
    }

    double draw() {
        return dice.nextUnit();
    }

    @Nullable
    String whyUnreachable(String address) {
        return centres.containsKey(address) ? unreachable.get(address) : "no such host";
    }

    void record(Sent datagram) {
        sent.add(datagram);
    }

    /** Carries a request. */
    void toCentre(String address, Consumer<ScriptedCentre> arrival) {
        if (!down.contains(address) && !dice.chance(loss)) {
            time.schedule(oneWay.toNanos(), () -> {
                ScriptedCentre centre = centres.get(address);
                if (centre != null && !down.contains(address)) {
                    arrival.accept(centre);
                }
            });
        }
    }

    /** Carries an answer. */
    void toDevice(String address, Runnable arrival) {
        if (!down.contains(address) && !deaf.contains(address) && !dice.chance(loss)) {
            time.schedule(oneWay.toNanos(), arrival);
        }
    }
}

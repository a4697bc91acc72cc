package dev.tocsin.simulator.seeds;

import dev.tocsin.simulator.scenario.Expectation;
import dev.tocsin.simulator.scenario.Fault;
import dev.tocsin.simulator.scenario.Link;
import dev.tocsin.simulator.scenario.Network;
import dev.tocsin.simulator.scenario.Occurrence;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.Stimulus;
import dev.tocsin.simulator.scenario.value.Moment;
import dev.tocsin.simulator.scenario.value.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Swarm testing (Groce, Zhang, Eide, Chen, Regehr: Swarm Testing, ISSTA 2012): instead of one mix that has everything in it,
 * each seed leaves things out. Faults hide one another (a centre that is always down meets no duplicate, a device without
 * power no rotten disk), and what is left out makes room for more of the rest.
 *
 * <p>A seed draws, out of what the scenario declares: which fault entries it keeps (most seeds about half, one in eight all,
 * one in eight about a tenth, one in sixteen none); how many of each {@code anywhere}; which part a {@code sample} is; how
 * many schools and devices (never so few that a name in the scenario picks nobody), a heartbeat of the declared period, half
 * or a quarter of it, plain CoAP in one of four where the scenario has DTLS without an authority and the seed no attacker;
 * loss, duplication, reordering and latency up to what is declared; and whether, and after how long, somebody accepts alarms.
 *
 * <p>Promises must hold in every mix. What was set for the scenario's own mix is not asked of another one: latency bounds and
 * times of recovery and renewal are left out. A pure function of the scenario and its seed; each choice draws from a stream of its own, so
 * that another entry in the scenario changes nothing for the others.
 */
public final class Swarm {

    private static final Duration LEAST_HEARTBEAT = Duration.ofSeconds(5);
    private static final int MOST_ANYWHERE = 100_000;

    private final Scenario scenario;
    private final SwarmDraws draws;

    private Swarm(Scenario scenario) {
        this.scenario = scenario;
        this.draws = new SwarmDraws(scenario.run().seed());
    }

    /** The mix that a scenario's seed draws. */
    public static Scenario of(Scenario scenario) {
        return new Swarm(scenario).mixed();
    }

    private Scenario mixed() {
        List<Fault> faults = faults();
        Scenario mixed = scenario.withFaults(faults)
                .withStimuli(stimuli(faults))
                .withNetwork(network(scenario.network()))
                .withExpectations(expectations());
        return mixed.withFleet(
                new SwarmFleet(mixed, draws).drawn().withHeartbeat(heartbeat()).withSecure(secure(faults)));
    }

    private List<Fault> faults() {
        double kind = draws.unit("faults");
        double keeps = kind < 1 / 8.0 ? 1 : kind < 2 / 8.0 ? 0.1 : kind < 5 / 16.0 ? 0 : 0.5;
        int room = keeps == 0.1 ? 2 : 1;
        List<Fault> kept = new ArrayList<>();
        for (int i = 0; i < scenario.faults().size(); i++) {
            String name = "fault/" + i;
            if (draws.unit(name) < keeps) {
                kept.add(sampled(name, often(name, scenario.faults().get(i), room)));
            }
        }
        return kept;
    }

    private Fault often(String name, Fault fault, int room) {
        return fault.when() instanceof Occurrence.Anywhere(int times)
                ? fault.at(new Occurrence.Anywhere(1
                        + (int) draws.below(name + "/times", Math.min(MOST_ANYWHERE, (long) times * room))))
                : fault;
    }

    private Fault sampled(String name, Fault fault) {
        return switch (fault) {
            case Fault.OfDevices f ->
                new Fault.OfDevices(f.position(), f.when(), f.devices(), part(name, f.sample()), f.ailment());
            case Fault.Weather f ->
                new Fault.Weather(f.position(), f.when(), f.devices(), part(name, f.sample()), f.link(), f.lasts());
            case Fault.Partition f -> f;
            case Fault.OfCentre f -> f;
            case Fault.Attack f -> f;
        };
    }

    /** What is a part is a part of that, from a quarter on; what is all stays all in two of three seeds. */
    private Share part(String name, Share declared) {
        return declared.isAll() && draws.below(name + "/all", 3) > 0
                ? declared
                : draws.share(name + "/sample", declared, 0.25);
    }

    private List<Stimulus> stimuli(List<Fault> faults) {
        Set<String> named = faults.stream()
                .map(Fault::when)
                .flatMap(
                        when -> when instanceof Occurrence.At(Moment moment) ? moment.stimulus().stream() : Stream.of())
                .collect(Collectors.toSet());
        List<Stimulus> drawn = new ArrayList<>();
        for (Stimulus s : scenario.stimuli()) {
            String name = "stimulus/" + s.id();
            if (s.action() instanceof Stimulus.Accept accept) {
                if (named.contains(s.id()) || draws.below(name, 4) > 0) {
                    drawn.add(with(s, s.sample(), later(name, accept)));
                }
            } else if (s.sample().isAll()) {
                drawn.add(s);
            } else {
                drawn.add(with(s, draws.share(name, s.sample(), 0.25), s.action()));
            }
        }
        return drawn;
    }

    private static Stimulus with(Stimulus s, Share sample, Stimulus.Action action) {
        return new Stimulus(s.position(), s.id(), s.when(), s.device(), sample, action);
    }

    /** From a quarter of the declared time to twice as long. */
    private Stimulus.Action later(String name, Stimulus.Accept accept) {
        return new Stimulus.Accept(accept.after().map(d -> draws.scaled(name + "/after", d, 0.25, 2)), accept.by());
    }

    private Network network(Network declared) {
        List<Network.Other> others = new ArrayList<>();
        for (int i = 0; i < declared.others().size(); i++) {
            Network.Other other = declared.others().get(i);
            others.add(new Network.Other(other.position(), other.devices(), link("link/" + i, other.link())));
        }
        return new Network(declared.position(), link("link", declared.usual()), others, declared.centres());
    }

    private Link link(String name, Link l) {
        return new Link(
                l.latency().map(latency -> draws.latency(name + "/latency", latency)),
                weather(name + "/loss", l.loss()),
                weather(name + "/duplicate", l.duplicate()),
                weather(name + "/reorder", l.reorder()),
                l.mtuBytes(),
                l.carries(),
                l.natIdle());
    }

    /** In one of four seeds none of it, in one of four all of it. */
    private Optional<Share> weather(String name, Optional<Share> declared) {
        return declared.map(share -> switch ((int) draws.below(name, 4)) {
            case 0 -> new Share(0);
            case 1 -> share;
            default -> draws.share(name + "/part", share, 0);
        });
    }

    private Duration heartbeat() {
        Duration declared = scenario.fleet().heartbeat();
        Duration drawn = declared.dividedBy(1L << draws.below("heartbeat", 3));
        return drawn.compareTo(LEAST_HEARTBEAT) < 0 ? declared : drawn;
    }

    /** On a plain channel an attacker can make up heartbeats: nothing but DTLS proves those. */
    private boolean secure(List<Fault> faults) {
        boolean attacked = faults.stream().anyMatch(f -> f instanceof Fault.Attack);
        boolean certified = scenario.fleet().certificateLife().isPresent(); // there is nothing to renew without DTLS
        return scenario.fleet().secure() && (attacked || certified || draws.below("channel", 4) > 0);
    }

    private List<Expectation> expectations() {
        List<Expectation> kept = scenario.expectations().stream()
                .filter(e -> !(e instanceof Expectation.Latency
                        || e instanceof Expectation.Recovered
                        || e instanceof Expectation.Renewed))
                .toList();
        return kept.isEmpty() ? List.of(new Expectation.Delivered("delivery")) : kept;
    }
}

package dev.tocsin.simulator.run;

import dev.tocsin.simulator.county.CountyPlan;
import dev.tocsin.simulator.network.Capacity;
import dev.tocsin.simulator.scenario.Link;
import dev.tocsin.simulator.scenario.Network;
import dev.tocsin.simulator.scenario.value.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What every device's link is like. Reads recorded lines. */
final class Links {

    /** A line's queue holds so many full packets: what cheap routers have. */
    private static final int QUEUE_BYTES = 64 * 1500;

    private record Lines(Capacity down, Capacity up) {}

    private static final Lines UNLIMITED = new Lines(new Capacity.Unlimited(), new Capacity.Unlimited());

    private final Path data;
    private final Network network;
    private final Planner.Refusing problems;
    private final Map<String, Link> byDevice = new HashMap<>();
    private final Map<Link.Recorded, Lines> read = new HashMap<>();
    private String note = "";

    Links(Network network, List<String> devices, Path data, Planner.Refusing problems) {
        this.network = network;
        this.data = data;
        this.problems = problems;
        devices.forEach(id -> byDevice.put(id, network.usual()));
        for (Network.Other other : network.others()) {
            List<String> chosen = other.devices().of(devices);
            if (chosen.isEmpty()) {
                problems.refuse(
                        other.position(),
                        "no device is called " + other.devices().glob(),
                        "devices here are " + devices.getFirst() + " … " + devices.getLast());
            }
            Link link = other.link().over(network.usual());
            chosen.forEach(id -> byDevice.put(id, link));
        }
    }

    /** What is said about a device's link. */
    Link of(String device) {
        return byDevice.getOrDefault(device, network.usual());
    }

    /** Which of them are behind a NAT. */
    Set<String> behindNat(List<String> devices) {
        Set<String> behind = new HashSet<>(devices);
        behind.removeIf(id -> of(id).natIdle().isEmpty());
        return behind;
    }

    /** Those of these devices' links that are otherwise than usual, or have a capacity. */
    List<CountyPlan.Link> planned(List<String> devices) {
        List<CountyPlan.Link> links = new ArrayList<>();
        for (String device : devices) {
            Link link = of(device);
            boolean usual = link.conditions().equals(network.usual().conditions())
                    && link.natIdle().equals(network.usual().natIdle());
            if (!usual || link.carries().isPresent()) {
                Lines lines = link.carries().map(this::lines).orElse(UNLIMITED);
                links.add(new CountyPlan.Link(device, link.conditions(), lines.down, lines.up, link.natIdle()));
            }
        }
        return links;
    }

    /** Those of these centres' links that have a capacity. */
    List<CountyPlan.Link> ofCentres(List<String> centres) {
        return network.centres()
                .map(rate -> centres.stream()
                        .map(id -> new CountyPlan.Link(
                                id, network.usual().conditions(), steady(rate).down, steady(rate).up, Optional.empty()))
                        .toList())
                .orElse(List.of());
    }

    /** What was played instead of recordings that are not there; empty if nothing was. */
    String note() {
        return note;
    }

    private Lines lines(Link.Carries carries) {
        return switch (carries) {
            case Link.Steady(Rate rate) -> steady(rate);
            case Link.Recorded recorded -> read.computeIfAbsent(recorded, this::recorded);
        };
    }

    private static Lines steady(Rate rate) {
        Capacity capacity = new Capacity.Rate(rate.bitsPerSecond(), QUEUE_BYTES);
        return new Lines(capacity, capacity);
    }

    private Lines recorded(Link.Recorded recorded) {
        List<Path> files = List.of(data.resolve(recorded.down()), data.resolve(recorded.up()));
        Optional<Path> missing =
                files.stream().filter(f -> !Files.isRegularFile(f)).findFirst();
        if (missing.isPresent() && recorded.otherwise().isPresent()) {
            Rate rate = recorded.otherwise().get();
            note = "no recording at " + missing.get() + ": a steady " + rate.bitsPerSecond() / 1000 + " kbit/s instead";
            return steady(rate);
        }
        if (missing.isPresent()) {
            problems.refuse(
                    recorded.position(),
                    "there is no recording " + missing.get(),
                    "give the data folder with --data DIR, or otherwise: 2mbit");
            return UNLIMITED;
        }
        try {
            return new Lines(line(files.getFirst()), line(files.getLast()));
        } catch (IOException e) {
            problems.refuse(recorded.position(), String.valueOf(e.getMessage()), "a recording as mahimahi makes them");
            return UNLIMITED;
        }
    }

    private static Capacity line(Path file) throws IOException {
        return new Capacity.Recorded(Capacity.Opportunities.read(file), QUEUE_BYTES);
    }
}

package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.network.Latency;
import dev.tocsin.simulator.scenario.value.Rate;
import dev.tocsin.simulator.scenario.value.Share;
import dev.tocsin.simulator.yaml.YamlMap;
import dev.tocsin.simulator.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code network}. */
final class NetworkReader {

    private static final int LEAST_MTU = 576; // what every IPv4 host must take: RFC 791
    private static final int MOST_MTU = 9000;
    private static final String DOWN = "net/ATT-LTE-driving-2016.down";
    private static final String UP = "net/ATT-LTE-driving-2016.up";

    private NetworkReader() {}

    static Network read(YamlMap map) {
        Link usual = map.value("default")
                .flatMap(YamlValue::map)
                .map(NetworkReader::whole)
                .orElse(Link.UNSAID);
        List<Network.Other> others = new ArrayList<>();
        map.value("links")
                .ifPresent(v -> v.list()
                        .forEach(
                                item -> item.map().flatMap(NetworkReader::other).ifPresent(others::add)));
        Optional<Rate> centres = map.value("centres").flatMap(YamlValue::map).flatMap(NetworkReader::centres);
        map.finish();
        return new Network(Optional.of(map.position()), usual, others, centres);
    }

    private static Optional<Rate> centres(YamlMap map) {
        Optional<Rate> rate = map.required("rate", "rate: 2mbit").flatMap(Values::rate);
        map.finish();
        return rate;
    }

    private static Optional<Network.Other> other(YamlMap map) {
        Optional<Selector> devices =
                map.required("devices", "devices: \"school-01*\"").flatMap(Values::selector);
        Link link = whole(map);
        return devices.map(d -> new Network.Other(map.position(), d, link));
    }

    private static Link whole(YamlMap map) {
        Link weather = conditions(map);
        if (map.has("rate") && map.has("trace")) {
            map.problem("trace", "a rate and a trace for one link", "keep one of them");
        }
        Optional<Link.Carries> carries = map.has("rate")
                ? map.value("rate").flatMap(Values::rate).map(Link.Steady::new)
                : map.value("trace").flatMap(YamlValue::map).flatMap(NetworkReader::trace);
        Optional<Duration> natIdle = map.value("nat").flatMap(YamlValue::map).flatMap(NetworkReader::nat);
        map.finish();
        return new Link(
                weather.latency(),
                weather.loss(),
                weather.duplicate(),
                weather.reorder(),
                weather.mtuBytes(),
                carries,
                natIdle);
    }

    /** What befalls datagrams; leaves the other keys to the caller. */
    static Link conditions(YamlMap map) {
        Optional<Latency> latency = map.value("latency").flatMap(Values::latency);
        Optional<Share> loss = map.value("loss").flatMap(Values::share);
        Optional<Share> duplicate = map.value("duplicate").flatMap(Values::share);
        Optional<Share> reorder = map.value("reorder").flatMap(Values::share);
        Optional<Integer> mtu =
                map.value("mtu").flatMap(v -> v.integer(LEAST_MTU, MOST_MTU)).map(Long::intValue);
        return new Link(latency, loss, duplicate, reorder, mtu, Optional.empty(), Optional.empty());
    }

    private static Optional<Link.Carries> trace(YamlMap map) {
        Optional<String> down = map.required("down", "down: " + DOWN).flatMap(v -> Values.recording(v, DOWN));
        Optional<String> up = map.required("up", "up: " + UP).flatMap(v -> Values.recording(v, UP));
        Optional<Rate> otherwise = map.value("otherwise").flatMap(Values::rate);
        map.finish();
        return down.isEmpty() || up.isEmpty()
                ? Optional.empty()
                : Optional.of(new Link.Recorded(map.position(), down.get(), up.get(), otherwise));
    }

    private static Optional<Duration> nat(YamlMap map) {
        Optional<Duration> idle = map.required("idle", "idle: 30s").flatMap(Values::lasting);
        map.finish();
        return idle;
    }
}

package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.scenario.YamlText.Flow;

/** Writes a signal, as {@link SignalReader} takes it. */
final class SignalYaml {

    private SignalYaml() {}

    static String of(Signal signal) {
        return flow(signal).toString();
    }

    private static Flow flow(Signal signal) {
        Flow flow = new Flow();
        return switch (signal) {
            case Signal.Fall s ->
                flow.put("model", "fall")
                        .put("impact", g(s.impactG()))
                        .put("falling", YamlText.duration(s.falling()))
                        .put("lying", YamlText.duration(s.lying()));
            case Signal.Walk s ->
                flow.put("model", "walk").put("bob", g(s.bobG())).put("for", YamlText.duration(s.lasts()));
            case Signal.Knock s -> flow.put("model", "knock").put("impact", g(s.impactG()));
            case Signal.Intrusion s ->
                flow.put("model", "intrusion").put("nearest", m(s.nearestM())).put("for", YamlText.duration(s.lasts()));
            case Signal.Passing s ->
                flow.put("model", "passing").put("nearest", m(s.nearestM())).put("for", YamlText.duration(s.lasts()));
            case Signal.Plunge s ->
                flow.put("model", "plunge")
                        .put("struggle", YamlText.duration(s.struggle()))
                        .put("for", YamlText.duration(s.lasts()));
            case Signal.Splash s -> flow.put("model", "splash").put("for", YamlText.duration(s.lasts()));
            case Signal.Rain s -> flow.put("model", "rain").put("for", YamlText.duration(s.lasts()));
            case Signal.Rise s ->
                flow.put("model", "rise")
                        .put("from", m(s.fromM()))
                        .put("to", m(s.toM()))
                        .put("over", YamlText.duration(s.over()))
                        .put("stays", YamlText.duration(s.stays()));
            case Signal.Trace s -> trace(flow, s);
        };
    }

    private static Flow trace(Flow flow, Signal.Trace s) {
        flow.put("trace", YamlText.text(s.path()));
        if (!s.unit().isEmpty()) {
            flow.put("unit", YamlText.text(s.unit()));
        }
        if (s.sense() == Signal.Sense.LEVEL) {
            flow.put("speed", YamlText.number(s.speed()));
        }
        if (!s.from().isZero()) {
            flow.put("from", YamlText.duration(s.from()));
        }
        if (!s.lasts().isZero()) {
            flow.put("for", YamlText.duration(s.lasts()));
        }
        flow.put("means", s.means().map(SignalReader::word).orElse(SignalReader.NOTHING));
        s.otherwise().ifPresent(o -> flow.put("otherwise", of(o)));
        return flow;
    }

    private static String g(double value) {
        return YamlText.number(value) + "g";
    }

    private static String m(double value) {
        return YamlText.number(value) + "m";
    }
}

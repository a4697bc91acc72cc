package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.scenario.YamlText.Flow;
import java.util.Locale;

/** Writes one of {@code stimuli}, as {@link StimulusReader} takes it. */
final class StimulusYaml {

    private StimulusYaml() {}

    static Flow of(Stimulus s) {
        Flow flow = new Flow().put("id", YamlText.text(s.id()));
        YamlText.repetition(flow, s.when().repetition());
        if (!s.when().spread().isZero()) {
            flow.put("spread", YamlText.duration(s.when().spread()));
        }
        flow.put("device", YamlText.selector(s.device()));
        if (!s.sample().isAll()) {
            flow.put("sample", YamlText.share(s.sample()));
        }
        return switch (s.action()) {
            case Stimulus.Reset r -> flow.put("reset", "key");
            case Stimulus.Accept a -> {
                Flow accept = new Flow();
                a.after().ifPresent(after -> accept.put("after", YamlText.duration(after)));
                yield flow.put("accept", accept.put("by", YamlText.text(a.by())).toString());
            }
            case Stimulus.Sense(Signal signal) -> flow.put(SignalReader.key(signal.sense()), SignalYaml.of(signal));
            case Stimulus.Press p -> flow.put("press", press(p));
        };
    }

    private static String press(Stimulus.Press p) {
        if (p.contact() instanceof Stimulus.Synthetic s
                && p.hold().equals(StimulusReader.DEFAULT_HOLD)
                && p.release().isEmpty()
                && p.reset().isEmpty()) {
            return word(s);
        }
        Flow press = contact(new Flow(), p.contact());
        press.put("hold", YamlText.duration(p.hold()));
        p.release()
                .ifPresent(r -> press.put(
                        "release",
                        r instanceof Stimulus.Synthetic s
                                ? word(s)
                                : contact(new Flow(), r).toString()));
        p.reset().ifPresent(r -> press.put("reset", YamlText.duration(r)));
        return press.toString();
    }

    private static Flow contact(Flow flow, Stimulus.Contact contact) {
        return switch (contact) {
            case Stimulus.Synthetic s -> flow.put("synthetic", word(s));
            case Stimulus.Trace t -> flow.put("trace", YamlText.text(t.path()));
            case Stimulus.Recordings r ->
                flow.put("recordings", YamlText.text(r.manifest()))
                        .put(
                                "otherwise",
                                new Flow()
                                        .put("synthetic", word(r.otherwise()))
                                        .put("presses", Integer.toString(r.presses()))
                                        .toString());
        };
    }

    private static String word(Stimulus.Synthetic s) {
        return s.kind().name().toLowerCase(Locale.ROOT);
    }
}

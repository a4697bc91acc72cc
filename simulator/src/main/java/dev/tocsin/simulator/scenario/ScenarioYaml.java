package dev.tocsin.simulator.scenario;

import dev.tocsin.sdk.session.AlarmTiming;
import dev.tocsin.simulator.scenario.YamlText.Flow;
import dev.tocsin.simulator.scenario.value.Share;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Writes a scenario as its reader takes it: what is read back is equal, but for file, positions and the names of what can be
 * written in two ways (a clock's jump is its offset).
 */
public final class ScenarioYaml {

    private ScenarioYaml() {}

    /**
     * The file's text.
     *
     * @throws IllegalArgumentException for a {@link Fleet.Total}: only the command line can ask for that
     */
    public static String of(Scenario s) {
        StringBuilder text = new StringBuilder("version: 1\n");
        text.append("name: ").append(s.name()).append('\n');
        if (!s.story().isEmpty()) {
            text.append("story: ").append(YamlText.story(s.story())).append('\n');
        }
        text.append("run: ").append(run(s.run())).append('\n');
        text.append("fleet:\n");
        fleet(s.fleet())
                .perLine()
                .forEach(line -> text.append("  ").append(line).append('\n'));
        if (s.network().position().isPresent()) {
            text.append("network:\n  default: ")
                    .append(link(new Flow(), s.network().usual()))
                    .append('\n');
            s.network()
                    .centres()
                    .ifPresent(rate -> text.append("  centres: {rate: ")
                            .append(YamlText.rate(rate))
                            .append("}\n"));
            list(
                    text,
                    "  links",
                    "    ",
                    s.network().others().stream()
                            .map(o -> link(new Flow().put("devices", YamlText.selector(o.devices())), o.link()))
                            .toList());
        }
        list(text, "stimuli", "  ", s.stimuli().stream().map(StimulusYaml::of).toList());
        list(text, "drills", "  ", s.drills().stream().map(ScenarioYaml::drill).toList());
        list(text, "faults", "  ", s.faults().stream().map(FaultYaml::of).toList());
        text.append("settle: ").append(YamlText.duration(s.settle())).append('\n');
        list(
                text,
                "expect",
                "  ",
                s.expectations().stream().map(ScenarioYaml::expectation).toList());
        return text.toString();
    }

    private static void list(StringBuilder text, String key, String indent, List<Flow> items) {
        if (items.isEmpty()) {
            if (key.equals("stimuli")) {
                text.append("stimuli: []\n");
            }
            return;
        }
        text.append(key).append(":\n");
        items.forEach(item -> text.append(indent).append("- ").append(item).append('\n'));
    }

    private static Flow run(Scenario.Run run) {
        Flow flow = new Flow().put("seed", Long.toString(run.seed()));
        run.start().ifPresent(start -> flow.put("start", YamlText.quoted(start.toString())));
        if (!run.duration().isZero()) {
            flow.put("duration", YamlText.duration(run.duration()));
        }
        return run.real() ? flow.put("world", "real") : flow;
    }

    private static Flow fleet(Fleet fleet) {
        Flow flow = new Flow()
                .put("counties", YamlText.list(fleet.counties()))
                .put("centres", YamlText.list(fleet.centres()));
        if (!fleet.backups().isEmpty()) {
            flow.put("backup", YamlText.list(fleet.backups()));
        }
        switch (fleet.devices()) {
            case Fleet.Named named -> flow.put("devices", YamlText.list(named.ids()));
            case Fleet.Schools schools -> {
                Flow some = new Flow()
                        .put("count", Integer.toString(schools.count()))
                        .put("devices", YamlText.quoted(schools.least() + ".." + schools.most()));
                if (!schools.mix().isButtonsOnly()) {
                    Flow mix = new Flow();
                    schools.mix()
                            .parts()
                            .forEach((kind, part) -> mix.put(kind.word(), YamlText.share(new Share(part))));
                    some.put("mix", mix.toString());
                }
                flow.put("schools", some.toString());
            }
            case Fleet.Total total ->
                throw new IllegalArgumentException("a fleet of so many devices has no form: name them");
        }
        flow.put("heartbeat", YamlText.duration(fleet.heartbeat())).put("channel", fleet.secure() ? "dtls" : "plain");
        fleet.ledgerRate().ifPresent(rate -> flow.put("ledger-rate", Integer.toString(rate)));
        fleet.certificateLife().ifPresent(life -> flow.put("certificate-life", YamlText.duration(life)));
        if (!fleet.gauge().equals(Fleet.Gauge.USUAL)) {
            Fleet.Gauge gauge = fleet.gauge();
            flow.put(
                    "gauge",
                    new Flow()
                            .put("warning", YamlText.number(gauge.warningM()) + "m")
                            .put("danger", YamlText.number(gauge.dangerM()) + "m")
                            .put("fastest", YamlText.number(gauge.fastestMPerHour()) + "m/h")
                            .put("period", YamlText.duration(gauge.period()))
                            .toString());
        }
        fleet.signatures()
                .ifPresent(algorithm -> Fleet.SIGNATURES.forEach((word, means) -> {
                    if (means == algorithm) {
                        flow.put("signatures", word);
                    }
                }));
        return fleet.timing() == AlarmTiming.QUICK ? flow : flow.put("alarm-timing", "rfc7252");
    }

    /** What is said of a link, behind what is there. */
    static Flow link(Flow flow, Link link) {
        link.latency().ifPresent(l -> flow.put("latency", YamlText.latency(l)));
        link.loss().ifPresent(s -> flow.put("loss", YamlText.share(s)));
        link.duplicate().ifPresent(s -> flow.put("duplicate", YamlText.share(s)));
        link.reorder().ifPresent(s -> flow.put("reorder", YamlText.share(s)));
        link.carries().ifPresent(carries -> {
            switch (carries) {
                case Link.Steady(var rate) -> flow.put("rate", YamlText.rate(rate));
                case Link.Recorded r -> {
                    Flow trace = new Flow().put("down", YamlText.text(r.down())).put("up", YamlText.text(r.up()));
                    r.otherwise().ifPresent(rate -> trace.put("otherwise", YamlText.rate(rate)));
                    flow.put("trace", trace.toString());
                }
            }
        });
        link.natIdle().ifPresent(idle -> flow.put("nat", "{idle: " + YamlText.duration(idle) + "}"));
        link.mtuBytes().ifPresent(mtu -> flow.put("mtu", Integer.toString(mtu)));
        return flow;
    }

    private static Flow drill(Drill d) {
        return new Flow()
                .put("id", YamlText.text(d.id()))
                .put("from", YamlText.duration(d.from()))
                .put("to", YamlText.duration(d.to()))
                .put("schools", YamlText.selector(d.schools()))
                .put("by", YamlText.text(d.by()));
    }

    private static Flow expectation(Expectation expectation) {
        Flow flow = new Flow().put("id", YamlText.text(expectation.id()));
        return switch (expectation) {
            case Expectation.Delivered e ->
                flow.put("every", "durable-alarm").put("to", "route").put("exactly", "once");
            case Expectation.Latency e -> latency(flow, e);
            case Expectation.Durable e ->
                flow.put("durable-within", YamlText.duration(e.within())).put("share", atLeast(e.least()));
            case Expectation.OutagesDetected e -> flow.put("detected-within", YamlText.duration(e.within()));
            case Expectation.DrillsAt e -> flow.put("drills-at", e.centre()).put("at-most", Integer.toString(e.most()));
            case Expectation.Recovered e ->
                flow.put("last-within", YamlText.duration(e.within())).put("after", e.centre() + "-return");
            case Expectation.Detects e -> {
                flow.put("detects", SignalReader.word(e.kind())).put("least", atLeast(e.least()));
                e.falseAlarms().ifPresent(most -> flow.put("false-alarms", YamlText.quoted("<= " + most)));
                yield flow;
            }
            case Expectation.SlowedBy e ->
                flow.put("slowed-by", e.deed().name().toLowerCase(Locale.ROOT))
                        .put("to", e.to().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .put("quantile", e.quantile().name().toLowerCase(Locale.ROOT))
                        .put("times", YamlText.quoted("<= " + YamlText.number(e.most())))
                        .put("samples", YamlText.quoted(">= " + e.samples()));
            case Expectation.Renewed e -> {
                flow.put("renewed-within", YamlText.duration(e.within()));
                e.firstPress().ifPresent(within -> flow.put("first-press-within", YamlText.duration(within)));
                yield flow;
            }
            case Expectation.ThreadsGrown e -> flow.put("threads-grown", YamlText.quoted("<= " + e.most()));
            case Expectation.ToldAgain e -> {
                flow.put("told-again", YamlText.quoted("<= " + e.most()));
                e.except().ifPresent(except -> flow.put("except", YamlText.selector(except)));
                yield flow;
            }
        };
    }

    private static String atLeast(Share share) {
        return YamlText.quoted(">= " + YamlText.share(share));
    }

    private static Flow latency(Flow flow, Expectation.Latency e) {
        flow.put("from", "press")
                .put("to", e.to().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        e.centre().ifPresent(centre -> flow.put("centre", centre));
        new TreeMap<>(e.bounds())
                .forEach((quantile, bound) -> flow.put(
                        quantile.name().toLowerCase(Locale.ROOT), YamlText.quoted("< " + YamlText.duration(bound))));
        flow.put("samples", YamlText.quoted(">= " + e.samples()));
        return e.noFault() ? flow.put("when", "no-fault") : flow;
    }
}

package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.scenario.YamlText.Flow;
import dev.tocsin.simulator.scenario.value.Moment;
import dev.tocsin.simulator.scenario.value.Share;
import dev.tocsin.simulator.storage.PowerCut;
import java.time.Duration;

/** Writes one of {@code faults}, as {@link FaultReader} takes it. */
final class FaultYaml {

    private FaultYaml() {}

    static Flow of(Fault fault) {
        Flow flow = new Flow();
        when(flow, fault.when());
        return switch (fault) {
            case Fault.OfDevices f -> {
                f.devices().ifPresent(d -> flow.put("device", YamlText.selector(d)));
                sample(flow, f.sample());
                yield ailment(flow, f.ailment());
            }
            case Fault.Partition f -> {
                Flow partition = new Flow().put("from", end(f.from())).put("to", end(f.to()));
                lasts(partition, f.lasts());
                if (f.bothWays()) {
                    partition.put("both", "true");
                }
                yield flow.put("partition", partition.toString());
            }
            case Fault.Weather f -> {
                sample(flow, f.sample());
                Flow weather = ScenarioYaml.link(new Flow(), f.link());
                weather.put("devices", YamlText.selector(f.devices()));
                yield flow.put("weather", lasts(weather, f.lasts()).toString());
            }
            case Fault.OfCentre f -> outage(flow.put("centre", end(f.centre())), f.outage());
            case Fault.Attack f -> {
                Flow attack = new Flow();
                f.deeds().forEach(d -> deed(attack, d));
                yield flow.put("attacker", lasts(attack, f.lasts()).toString());
            }
        };
    }

    private static void when(Flow flow, Occurrence when) {
        switch (when) {
            case Occurrence.At(Moment moment) -> flow.put("at", moment(moment));
            case Occurrence.Every(Repetition repetition) -> YamlText.repetition(flow, repetition);
            case Occurrence.Anywhere(int times) -> flow.put("anywhere", Integer.toString(times));
        }
    }

    private static String moment(Moment moment) {
        if (moment.stimulus().isEmpty()) {
            return YamlText.duration(moment.offset());
        }
        Duration offset = moment.offset();
        String sign = offset.isZero() || offset.isNegative() ? "" : "+";
        return YamlText.text(moment.stimulus().get() + (offset.isZero() ? "" : sign + YamlText.offset(offset)));
    }

    private static void sample(Flow flow, Share sample) {
        if (!sample.isAll()) {
            flow.put("sample", YamlText.share(sample));
        }
    }

    private static Flow lasts(Flow flow, Duration lasts) {
        return flow.put("for", YamlText.duration(lasts));
    }

    private static Flow ailment(Flow flow, Fault.Ailment ailment) {
        return switch (ailment) {
            case Fault.PowerOff a ->
                flow.put(
                        "power-cut",
                        lasts(new Flow(), a.lasts()).put("disk", disk(a.disk())).toString());
            case Fault.DiskFull a -> flow.put("disk", timed("full", bytes(a.bytes()), a.lasts()));
            case Fault.DiskSlow a -> flow.put("disk", timed("slow", YamlText.number(a.factor()), a.lasts()));
            case Fault.DiskStall a -> flow.put("disk", "{stall: " + YamlText.duration(a.lasts()) + "}");
            case Fault.WritesFail a -> flow.put("disk", timed("fails", "writes", a.lasts()));
            case Fault.ReadsFail a -> flow.put("disk", "{unreadable: " + a.times() + "}");
            case Fault.DiskRot a -> flow.put("disk", "{rot: " + a.bits() + "}");
            case Fault.ClockWrong a ->
                flow.put(
                        "clock",
                        new Flow()
                                .put("offset", YamlText.offset(a.offset()))
                                .put("drift", YamlText.number(a.driftPpm()) + "ppm")
                                .toString());
            case Fault.ClockUnset a -> flow.put("clock", "{unset: true}");
            case Fault.Stuck a -> flow.put("input", timed("stuck", a.closed() ? "closed" : "open", a.lasts()));
            case Fault.Chatter a -> flow.put("input", timed("chatter", YamlText.number(a.perSecond()), a.lasts()));
            case Fault.Sensor a ->
                flow.put(
                        "sensor",
                        switch (a.defect()) {
                            case Fault.AtRail d -> timed("stuck", "true", a.lasts());
                            case Fault.Frozen d -> timed("frozen", "true", a.lasts());
                            case Fault.Broken d -> timed("broken", "true", a.lasts());
                            case Fault.Saturated d -> timed("saturated", YamlText.number(d.at()), a.lasts());
                        });
            case Fault.NatRebind a -> flow.put("nat-rebind", "true");
            case Fault.CertificateExpired a -> flow.put("certificate", "expired");
        };
    }

    private static String disk(PowerCut cut) {
        return switch (cut) {
            case KEPT -> "keep";
            case LOST -> "lose-unsynced";
            case TORN -> "tear";
            case REORDERED -> "reorder";
            case GARBLED -> "garble";
            case ANY -> "any";
        };
    }

    private static String bytes(long bytes) {
        return bytes % (1 << 20) == 0 ? (bytes >> 20) + "MiB" : bytes % 1024 == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
    }

    private static String timed(String key, String value, Duration lasts) {
        return lasts(new Flow().put(key, value), lasts).toString();
    }

    private static Flow outage(Flow flow, Fault.Outage outage) {
        return switch (outage) {
            case Fault.Killed o -> flow.put("kill", lasts(new Flow(), o.lasts()).toString());
            case Fault.NewCertificate o ->
                flow.put("new-certificate", lasts(new Flow(), o.lasts()).toString());
            case Fault.Slow o -> flow.put("slow", timed("by", YamlText.duration(o.by()), o.lasts()));
            case Fault.LedgerFails o -> flow.put("ledger", timed("fails", "true", o.lasts()));
            case Fault.FailedOver o ->
                flow.put("failover", lasts(new Flow(), o.lasts()).toString());
        };
    }

    private static void deed(Flow attack, Fault.Deed deed) {
        switch (deed.kind()) {
            case REPLAY -> attack.put("replay", YamlText.share(new Share(deed.amount())));
            case FORGE -> attack.put("forge", YamlText.number(deed.amount()));
            case FLOOD -> attack.put("flood", YamlText.number(deed.amount()));
            case THIEF -> attack.put("thief", YamlText.number(deed.amount()));
            case IMPOSTOR -> attack.put("impostor", YamlText.share(new Share(deed.amount())));
            case OVERLOAD -> attack.put("overload", YamlText.number(deed.amount()));
            case TAMPER -> attack.put("tamper", YamlText.share(new Share(deed.amount())));
        }
    }

    private static String end(End end) {
        return switch (end) {
            case End.Centre c ->
                YamlText.text(c.county().map(county -> county + "/").orElse("") + c.id());
            case End.Devices(Selector selector) -> YamlText.selector(selector);
            case End.Attacker a -> "attacker";
        };
    }
}

package dev.tocsin.simulator.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tocsin.simulator.check.Distribution;
import dev.tocsin.simulator.check.FaultSpan;
import dev.tocsin.simulator.check.Lane;
import dev.tocsin.simulator.check.Latencies;
import dev.tocsin.simulator.report.Timeline.Event;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one JSON block that the page is drawn from: {@code result.json} as it is, so that the two cannot differ, and what the
 * page shows besides. An interface between this package's Java and its scripts, and nobody else's.
 */
final class PageData {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NS_PER_MS = 1e6;

    private PageData() {}

    static ObjectNode of(RunReport r, Provenance provenance) {
        ObjectNode top = JSON.createObjectNode();
        top.set("result", ResultJson.node(r));
        // as text: a script's numbers end at 2^53
        top.put("seed", Long.toString(r.seed()));
        top.put("story", r.scene().story().strip());
        top.put("version", provenance.version());
        provenance.commit().ifPresent(c -> top.put("commit", c));
        top.put("replay", provenance.replay());
        top.put("faults", r.scene().faults().size());
        plots(top.putArray("plots"), r);
        ArrayNode timelines = top.putArray("timelines");
        Timelines.of(r.findings().presses(), r.scene()).forEach(t -> timelines.add(node(t)));
        lanes(top.putArray("lanes"), r.fleet().centres());
        ArrayNode schools = top.putArray("schools");
        SchoolState.of(r.scene(), r.findings().presses()).forEach(s -> schools.add(node(s)));
        top.set("yardstick", ResultJson.yardstick(r));
        top.putArray("seeds");
        return top;
    }

    /** The run that stands for many, and all of them in a table. */
    static ObjectNode of(SeedsReport r, Provenance provenance) {
        ObjectNode top = of(r.shown(), provenance);
        ArrayNode seeds = top.putArray("seeds");
        for (SeedRun run : r.runs()) {
            seeds.addObject()
                    .put("seed", Long.toString(run.seed()))
                    .put("verdict", run.verdict().word())
                    .put("digest", run.digest());
        }
        ObjectNode totals = ResultJson.node(r);
        top.putObject("totals").setAll(totals.retain("verdict", "alarms", "others", "runs_asked"));
        return top;
    }

    private static void plots(ArrayNode plots, RunReport r) {
        Latencies all = r.latencies();
        Optional<Latencies> calm = r.unfaulted();
        ArrayNode decision = plot(plots, "press → decision", "From the contact's first edge until the device is sure.");
        curve(decision, "all alarms", all.decision());
        calm.ifPresent(l -> curve(decision, "alarms that met no fault", l.decision()));
        ArrayNode signed = plot(plots, "press → signed", "Until the alarm is signed.");
        curve(signed, "all alarms", all.signed());
        calm.ifPresent(l -> curve(signed, "alarms that met no fault", l.signed()));
        ArrayNode datagram = plot(plots, "press → datagram", "Until the first datagram leaves for a centre.");
        curve(datagram, "first centre", all.datagram());
        all.datagramTo().forEach((centre, d) -> curve(datagram, "to " + centre, d));
        calm.ifPresent(l -> curve(datagram, "alarms that met no fault", l.datagram()));
        ArrayNode ledger = plot(
                plots,
                "press → ledger",
                "Until it stands in a centre's ledger, by the ledger's clock. Only a virtual world compares clocks.");
        curve(ledger, "all centres", all.ledger());
        all.ledgerOf().forEach((centre, d) -> curve(ledger, "of " + centre, d));
        calm.ifPresent(l -> curve(ledger, "alarms that met no fault", l.ledger()));
        ArrayNode receipt =
                plot(plots, "press → receipt", "Until a centre's signed receipt is verified on the device.");
        curve(receipt, "all centres", all.receipt());
        all.receiptFrom().forEach((centre, d) -> curve(receipt, "from " + centre, d));
        calm.ifPresent(l -> curve(receipt, "alarms that met no fault", l.receipt()));
        ArrayNode kept =
                plot(plots, "decision → kept", "Until the alarm would survive a power cut on the device's own disk.");
        curve(kept, "all alarms", all.decisionToKept());
        calm.ifPresent(l -> curve(kept, "alarms that met no fault", l.decisionToKept()));
    }

    private static ArrayNode plot(ArrayNode plots, String title, String explanation) {
        return plots.addObject().put("title", title).put("about", explanation).putArray("curves");
    }

    private static void curve(ArrayNode curves, String name, Distribution d) {
        if (d.curve().isEmpty()) {
            return;
        }
        ObjectNode node = curves.addObject().put("name", name);
        ArrayNode ms = node.putArray("ms");
        ArrayNode share = node.putArray("share");
        for (Distribution.Point point : d.curve()) {
            ms.add(ResultJson.rounded(point.ms()));
            share.add(Math.round(point.share() * 1e6) / 1e6);
        }
    }

    private static void lanes(ArrayNode lanes, List<String> centres) {
        lanes.addObject().put("id", "device").put("label", "device");
        lanes.addObject().put("id", "journal").put("label", "journal on disk");
        for (String centre : centres) {
            lanes.addObject().put("id", "network:" + centre).put("label", "network ⇄ " + centre);
        }
        for (String centre : centres) {
            lanes.addObject().put("id", "ledger:" + centre).put("label", "ledger of " + centre);
        }
        lanes.addObject().put("id", "lamp").put("label", "lamp");
    }

    private static String id(Lane lane) {
        String kind = lane.kind().name().toLowerCase(Locale.ROOT);
        return lane.centre().map(centre -> kind + ":" + centre).orElse(kind);
    }

    private static ObjectNode node(Timeline t) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", t.name());
        node.put("device", t.device());
        t.alarm().ifPresent(id -> node.put("alarm", id.toString()));
        node.put("drill", t.drill());
        node.set("route", ResultJson.texts(List.copyOf(t.route())));
        node.set("missing", ResultJson.texts(t.missing()));
        node.put("end", ms(t.toNs(), t));
        ArrayNode events = node.putArray("events");
        for (Event event : t.events()) {
            ObjectNode e = events.addObject()
                    .put("lane", id(event.lane()))
                    .put("what", event.what().name().toLowerCase(Locale.ROOT))
                    .put("at", ms(event.atNs(), t));
            event.arrivedNs().ifPresent(ns -> e.put("arrived", ms(ns, t)));
            if (!event.detail().isEmpty()) {
                e.put("detail", event.detail());
            }
        }
        ArrayNode faults = node.putArray("faults");
        for (FaultSpan fault : t.faults()) {
            ObjectNode f = faults.addObject()
                    .put("lane", id(fault.lane()))
                    .put("what", fault.what())
                    .put("from", ms(fault.fromNs(), t));
            OptionalLong toNs = fault.toNs();
            toNs.ifPresent(ns -> f.put("to", ms(ns, t)));
        }
        return node;
    }

    private static double ms(long ns, Timeline t) {
        return ResultJson.rounded((ns - t.atNs()) / NS_PER_MS);
    }

    private static ObjectNode node(SchoolState s) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", s.school());
        node.put("devices", s.devices());
        node.put("alarms", s.alarms());
        node.put("drills", s.drills());
        node.put("state", s.worst().name().toLowerCase(Locale.ROOT));
        s.slowestNs().ifPresent(ns -> node.put("max_ms", ResultJson.rounded(ns / NS_PER_MS)));
        return node;
    }
}

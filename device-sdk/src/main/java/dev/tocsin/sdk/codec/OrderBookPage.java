package dev.tocsin.sdk.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tocsin.sdk.codec.proto.OrderBookMessage;
import dev.tocsin.sdk.codec.proto.OrderLineMessage;
import dev.tocsin.sdk.codec.proto.ProbationMessage;
import dev.tocsin.sdk.codec.proto.SettingsStateMessage;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.OrderResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a device keeps of orders over a reboot. An immutable value.
 *
 * @param lines the last order of each centre
 * @param settings those that were ordered
 * @param probation settings that have not proved themselves yet
 * @param bypassed inputs that are bypassed
 * @param drillsSpent of the last day, 0 to 24 h, when the restart was ordered that comes next; empty: none was
 */
public record OrderBookPage(
        List<Line> lines,
        Adjusted settings,
        Optional<Probation> probation,
        List<String> bypassed,
        Optional<Duration> drillsSpent) {

    /** Nothing was ever ordered. */
    public static final OrderBookPage EMPTY =
            new OrderBookPage(List.of(), Adjusted.NONE, Optional.empty(), List.of(), Optional.empty());

    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    public OrderBookPage {
        lines = List.copyOf(lines);
        bypassed = List.copyOf(bypassed);
    }

    /**
     * The last order of one centre.
     *
     * @param order the exact envelope
     * @param result the last one, signed; empty bytes: none yet
     * @param state of that result
     * @param told whether the centre has that result
     */
    public record Line(
            String centre, long number, Bytes order, Bytes result, Optional<OrderResult.State> state, boolean told) {}

    /**
     * Settings that were ordered.
     *
     * @param version 0: none were
     * @param heartbeat empty: as the device's configuration says
     * @param keepAlive empty: as the device's configuration says; zero: off
     */
    public record Adjusted(long version, Optional<Duration> heartbeat, Optional<Duration> keepAlive) {
        /** Nothing was ordered. */
        public static final Adjusted NONE = new Adjusted(0, Optional.empty(), Optional.empty());
    }

    /**
     * Settings that have not proved themselves yet.
     *
     * @param centre whose order
     * @param number the order's
     * @param before what they go back to
     * @param reach centres that are still to be reached
     * @param lasts how long there is for that
     * @param boots that began within it
     */
    public record Probation(
            String centre, long number, Adjusted before, List<String> reach, Duration lasts, int boots) {
        public Probation {
            reach = List.copyOf(reach);
        }
    }

    /** The last order of a centre. */
    public Optional<Line> line(String centre) {
        return lines.stream().filter(l -> l.centre.equals(centre)).findFirst();
    }

    /** With this line in place of its centre's. */
    public OrderBookPage with(Line line) {
        List<Line> all = new ArrayList<>(lines);
        all.removeIf(l -> l.centre.equals(line.centre));
        all.add(line);
        return new OrderBookPage(all, settings, probation, bypassed, drillsSpent);
    }

    /** With these settings. */
    public OrderBookPage with(Adjusted other, Optional<Probation> onProbation) {
        return new OrderBookPage(lines, other, onProbation, bypassed, drillsSpent);
    }

    /** With these inputs bypassed. */
    public OrderBookPage withBypassed(List<String> inputs) {
        return new OrderBookPage(lines, settings, probation, inputs, drillsSpent);
    }

    /** With so much of the last day spent in drills, and a restart ordered; empty: none is. */
    public OrderBookPage withDrillsSpent(Optional<Duration> spent) {
        return new OrderBookPage(lines, settings, probation, bypassed, spent);
    }

    /** Its bytes. */
    public Bytes write() {
        OrderBookMessage.Builder b =
                OrderBookMessage.newBuilder().setSettings(message(settings)).addAllBypassed(bypassed);
        for (Line line : lines) {
            OrderLineMessage.Builder l = OrderLineMessage.newBuilder()
                    .setCentre(line.centre)
                    .setNumber(line.number)
                    .setOrder(bytes(line.order))
                    .setResult(bytes(line.result))
                    .setTold(line.told);
            line.state.ifPresent(state -> l.setState(OrderMessages.state(state)));
            b.addLines(l);
        }
        drillsSpent.ifPresent(spent -> b.setDrillsSpentMs(spent.toMillis()));
        probation.ifPresent(p -> b.setProbation(ProbationMessage.newBuilder()
                .setCentre(p.centre)
                .setNumber(p.number)
                .setBefore(message(p.before))
                .addAllReach(p.reach)
                .setLastsMs(p.lasts.toMillis())
                .setBoots(p.boots)));
        return Bytes.wrap(b.build().toByteArray());
    }

    /** The page in those bytes. */
    public static Decoded<OrderBookPage> read(Bytes bytes) {
        try {
            OrderBookMessage m = OrderBookMessage.parseFrom(bytes.readOnlyArray());
            List<Line> lines = new ArrayList<>();
            for (OrderLineMessage l : m.getLinesList()) {
                lines.add(new Line(
                        l.getCentre(),
                        l.getNumber(),
                        Bytes.wrap(l.getOrder().toByteArray()),
                        Bytes.wrap(l.getResult().toByteArray()),
                        OrderMessages.state(l.getState()),
                        l.getTold()));
            }
            ProbationMessage p = m.getProbation();
            Optional<Probation> probation = m.hasProbation()
                    ? Optional.of(new Probation(
                            p.getCentre(),
                            p.getNumber(),
                            adjusted(p.getBefore()),
                            p.getReachList(),
                            Duration.ofMillis(p.getLastsMs()),
                            p.getBoots()))
                    : Optional.empty();
            Optional<Duration> spent = m.hasDrillsSpentMs()
                    ? Optional.of(Duration.ofMillis(Math.clamp(m.getDrillsSpentMs(), 0L, DAY_MS)))
                    : Optional.empty();
            return new Decoded.Ok<>(
                    new OrderBookPage(lines, adjusted(m.getSettings()), probation, m.getBypassedList(), spent));
        } catch (InvalidProtocolBufferException | ArithmeticException e) {
            return new Decoded.Malformed<>("no page of a device's orders");
        }
    }

    private static SettingsStateMessage message(Adjusted a) {
        SettingsStateMessage.Builder b = SettingsStateMessage.newBuilder().setVersion(a.version);
        a.heartbeat.ifPresent(h -> b.setHeartbeatMs(h.toMillis()));
        a.keepAlive.ifPresent(k -> b.setKeepAliveMs(k.toMillis()));
        return b.build();
    }

    private static Adjusted adjusted(SettingsStateMessage m) {
        return new Adjusted(
                m.getVersion(),
                m.hasHeartbeatMs() ? Optional.of(Duration.ofMillis(m.getHeartbeatMs())) : Optional.empty(),
                m.hasKeepAliveMs() ? Optional.of(Duration.ofMillis(m.getKeepAliveMs())) : Optional.empty());
    }

    private static ByteString bytes(Bytes b) {
        return ByteString.copyFrom(b.readOnlyArray());
    }
}

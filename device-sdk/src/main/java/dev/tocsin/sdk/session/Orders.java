package dev.tocsin.sdk.session;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.OrderBookPage;
import dev.tocsin.sdk.codec.OrderBookPage.Line;
import dev.tocsin.sdk.codec.OrderMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DeviceOrder;
import dev.tocsin.sdk.model.OrderResult;
import dev.tocsin.sdk.model.OrderResult.State;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.session.Echoes.Echo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides on orders other than drills. What is not this device's, not fresh or not signed changes nothing and is answered
 * with a code alone. Everything else is decided once under its number, which is kept before anything is done, and answered
 * with a signed result that is told until its centre has it. Belongs to the event loop.
 */
final class Orders {

    /** Decisions a minute on orders of one centre: each is a file on the disk, and none may wear it out. */
    static final int MAX_A_MINUTE = 20;

    private static final long MINUTE_NS = 60_000_000_000L;

    /** What orders need of the session. */
    interface Host {
        /** Whether a decision can be signed: the boot is counted. */
        boolean isArmed();

        /** Sends a result to the centre that ordered. */
        void post(String centre, Bytes result);

        /** A line for the record of every centre. */
        void report(String text);

        /** For the device's log. */
        void remark(String sentence);

        /** How a result of now begins. */
        OrderResult result(DeviceOrder order, Bytes orderSha256, State state, String text);
    }

    private final String device;
    private final Clock clock;
    private final Signer signer;
    private final OrderBook book;
    private final Deeds deeds;
    private final Host host;
    private final Map<String, Deque<Long>> decided = new HashMap<>();
    private String lastDoubt = "";

    Orders(String device, Clock clock, Signer signer, OrderBook book, Deeds deeds, Host host) {
        this.device = device;
        this.clock = clock;
        this.signer = signer;
        this.book = book;
        this.deeds = deeds;
        this.host = host;
    }

    /** Takes up what an earlier boot left; the boot is counted. */
    void resume() {
        for (Line line : book.page().lines()) {
            if (line.state().map(State::isFinal).orElse(false)) {
                if (!line.told()) {
                    host.post(line.centre(), line.result());
                }
                continue;
            }
            read(line.order()).ifPresent(order -> deeds.resume(order, conclusion(order, line.order())));
        }
        deeds.resumed();
    }

    private static Optional<DeviceOrder> read(Bytes envelope) {
        return SignedEnvelope.read(envelope) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope signed)
                        && OrderMessages.readOrder(signed) instanceof Decoded.Ok<DeviceOrder>(DeviceOrder order)
                ? Optional.of(order)
                : Optional.empty();
    }

    /**
     * A centre of this device signed an order.
     *
     * @param envelope its exact bytes
     * @param echoes of the heartbeats to this centre
     * @return whether it is under way or done; otherwise it was refused
     */
    boolean ordered(CentreLink centre, DeviceOrder order, Bytes envelope, Echoes echoes) {
        Optional<Echo> echo = echoes.find(order.echo());
        if (!order.device().equals(device)) {
            return doubted(centre, "it is for " + order.device());
        } else if (echo.isEmpty()) {
            return doubted(centre, "it answers none of the last heartbeats");
        } else if (!host.isArmed()) {
            return doubted(centre, "the device is not armed yet");
        }
        Optional<Line> last = book.page().line(centre.id());
        if (last.isPresent() && order.number() == last.get().number()) {
            return again(centre, order, last.get());
        } else if (!mayDecide(centre)) {
            return doubted(centre, "more than " + MAX_A_MINUTE + " orders a minute");
        } else if (last.isPresent() && order.number() < last.get().number()) {
            // not kept: the line of the last one stays
            host.post(
                    centre.id(),
                    sign(
                            order,
                            envelope,
                            State.REFUSED,
                            "its number is not above " + last.get().number()));
            return doubted(centre, "its number is not above " + last.get().number());
        }
        Optional<String> refusal = refusal(centre, order, echo.get());
        if (refusal.isPresent()) {
            conclude(order, envelope, State.REFUSED, refusal.get());
            return false;
        }
        OrderBookPage before = book.page();
        Line line = new Line(centre.id(), order.number(), envelope, Bytes.EMPTY, Optional.empty(), false);
        book.keep(deeds.prepare(order, before.with(line)), kept -> {
            if (kept) {
                deeds.begin(order, conclusion(order, envelope));
            } else {
                book.turnTo(deeds.unprepare(order, before, book.page()));
                conclude(order, envelope, State.REFUSED, "this device's disk cannot keep it");
            }
        });
        return true;
    }

    private Optional<String> refusal(CentreLink centre, DeviceOrder order, Echo echo) {
        if (!centre.may().contains(order.task().kind())) {
            return Optional.of(
                    centre.id() + " may not order " + order.task().kind().word() + " here");
        }
        return clock.nanoTime() - echo.sentNs() > order.expiresAfter().toNanos()
                ? Optional.of("it came after its time")
                : order.task().objection().or(() -> deeds.objection(order.task()));
    }

    /** The same number: the same result, and nothing is done again. */
    private boolean again(CentreLink centre, DeviceOrder order, Line line) {
        boolean same = read(line.order())
                .filter(known -> known.task().equals(order.task()))
                .isPresent();
        if (!same) {
            return doubted(centre, "under its number another order came before");
        }
        if (line.result().size() > 0) {
            host.post(centre.id(), line.result());
        }
        return line.state().filter(s -> s == State.REFUSED).isEmpty();
    }

    private boolean mayDecide(CentreLink centre) {
        long nowNs = clock.nanoTime();
        Deque<Long> times = decided.computeIfAbsent(centre.id(), c -> new ArrayDeque<>());
        times.removeIf(then -> nowNs - then > MINUTE_NS);
        if (times.size() >= MAX_A_MINUTE) {
            return false;
        }
        times.add(nowNs);
        return true;
    }

    private Deeds.Conclusion conclusion(DeviceOrder order, Bytes envelope) {
        return (state, text) -> conclude(order, envelope, state, text);
    }

    private void conclude(DeviceOrder order, Bytes envelope, State state, String text) {
        Bytes result = sign(order, envelope, state, text);
        OrderBookPage page = book.page();
        if (page.line(order.centre()).filter(l -> l.number() > order.number()).isEmpty()) {
            Line line = new Line(order.centre(), order.number(), envelope, result, Optional.of(state), false);
            book.keep(page.with(line), kept -> {}); // if not: said again when it is asked again
        }
        host.post(order.centre(), result);
        String sentence = "order " + order.number() + " of " + order.centre() + " ("
                + order.task().kind().word() + ", by " + order.by() + ") "
                + state.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ": " + text;
        host.remark(sentence);
        if (state != State.UNDER_WAY) {
            host.report(sentence);
        }
    }

    private Bytes sign(DeviceOrder order, Bytes envelope, State state, String text) {
        OrderResult result = host.result(order, envelope.sha256(), state, shortened(text));
        return OrderMessages.sign(result, signer).bytes();
    }

    private static String shortened(String text) {
        String rest = text;
        while (rest.getBytes(StandardCharsets.UTF_8).length > OrderResult.MAX_TEXT_BYTES - 3) {
            rest = rest.substring(0, rest.offsetByCodePoints(rest.length(), -1));
        }
        return rest.equals(text) ? text : rest + "…";
    }

    /** A centre has a result. */
    void told(CentreLink centre, Bytes result) {
        Optional<Line> line =
                book.page().line(centre.id()).filter(l -> l.result().equals(result) && !l.told());
        line.ifPresent(l -> {
            book.keep(
                    book.page().with(new Line(l.centre(), l.number(), l.order(), l.result(), l.state(), true)),
                    kept -> {});
            read(l.order()).ifPresent(order -> deeds.told(order));
        });
    }

    /** What is not to be believed. Said once in a row. */
    boolean doubted(CentreLink centre, String why) {
        String sentence = "an order from " + centre.id() + ": refused: " + why;
        if (!Objects.equals(sentence, lastDoubt)) {
            lastDoubt = sentence;
            host.remark(sentence);
        }
        return false;
    }
}

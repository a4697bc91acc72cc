package dev.tocsin.simulator.centre;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.model.HeartbeatAnswer;
import dev.tocsin.sdk.model.Report;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.simulator.centre.evidence.EvidenceStore;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.ledger.Submission.Boot;
import dev.tocsin.simulator.centre.ledger.UnreadableEntryException;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import dev.tocsin.simulator.centre.registry.RegistryFile;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An alarm-receiving centre, without a transport: an adapter hands it requests and lets it push. {@link #alarm}, {@link
 * #evidence}, {@link #heartbeat} and {@link #report} may be called from any thread and never block; what they change is changed on the loop.
 */
public final class Centre implements AutoCloseable {

    /**
     * What a centre stands on. Its timers must take tasks from any thread.
     *
     * @param evidence keeps what sensors measured around alarms
     * @param transport reaches other centres, on the loop; needed by a centre that tells them of its drills
     */
    public record Ports(
            Ledger ledger,
            EvidenceStore evidence,
            Audit audit,
            Clock clock,
            Timers timers,
            Optional<Transport> transport) {}

    private static final Duration RETRY = Duration.ofSeconds(10);

    /** What one CoAP message carries (RFC 7252, section 4.6); more would come in blocks. */
    private static final int LARGEST_ANSWER_BYTES = 1_024;

    private final Supplier<Registry> registry;
    private final Ledger ledger;
    private final Audit audit;
    private final Clock clock;
    private final Timers timers;
    private final Settings settings;
    private final RefusalLog refusals;
    private final Receipts receipts;
    private final AlarmIntake intake;
    private final EvidenceIntake evidence;
    private final Supervision supervision;
    private final Twins twins;
    private final ReceiptPushes pushes;
    private final EntryWatch watch;
    private final LedgerHealth health;
    private final DrillDesk drills;
    private final OrderDesk orders;
    private final ResultIntake results;
    private final NoticeIntake noticeIntake;
    private final Optional<NoticeBoard> notices;
    private final List<Consumer<Entry>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Optional<Boot>> known = new HashMap<>(); // what the ledger was told; on the loop
    private boolean looking; // on the loop
    private boolean closed; // on the loop

    /**
     * A centre, not started yet.
     *
     * @param signer signs its receipts
     * @param registry whom it knows; asked anew for every request
     * @throws java.util.NoSuchElementException if it is to tell other centres of drills, and has no transport
     */
    public Centre(Settings settings, Signer signer, Supplier<Registry> registry, Ports ports) {
        this.settings = settings;
        this.registry = registry;
        this.ledger = ports.ledger;
        this.audit = ports.audit;
        this.clock = ports.clock;
        this.timers = ports.timers;
        this.refusals = new RefusalLog(audit, timers);
        this.receipts = new Receipts(settings.id(), signer, ports.clock);
        this.health = new LedgerHealth(ledger, timers, audit);
        this.intake = new AlarmIntake(
                registry, ledger, receipts, refusals, settings.drills(), why -> onLoop(() -> health.failed(why)));
        this.evidence = new EvidenceIntake(registry, ledger, ports.evidence, refusals, this::onLoop);
        this.drills = new DrillDesk(settings, signer, ports.clock, audit);
        this.orders = new OrderDesk(settings, signer, ports.clock, audit);
        this.results = new ResultIntake(settings.id(), registry, ledger, refusals);
        this.noticeIntake = new NoticeIntake(settings, ledger, receipts, refusals);
        this.notices = settings.drills() && !settings.partners().told().isEmpty()
                ? Optional.of(new NoticeBoard(
                        settings.id(),
                        settings.partners(),
                        new NoticeCourier.Ports(signer, ports.transport.orElseThrow(), ledger, clock, timers, audit)))
                : Optional.empty();
        this.twins = new Twins(ports.clock);
        this.supervision = new Supervision(ports.clock, timers, settings, this::silent);
        this.pushes = new ReceiptPushes(ledger, receipts, timers, audit);
        this.watch = new EntryWatch(ledger, audit, this::tell);
    }

    /** Begins: from now on the registry's devices are expected to report, and entries of other processes are seen. */
    public void start() {
        onLoop(() -> {
            expectDevices();
            health.start();
            recoverDrills();
            poll();
        });
    }

    /** Calls back, on the loop, with every entry that is new in the ledger, whichever process wrote it. */
    public void onEntry(Consumer<Entry> listener) {
        listeners.add(listener);
    }

    /** The registry is another one now. */
    public void registryChanged() {
        onLoop(this::expectDevices);
    }

    /**
     * A signed alarm came.
     *
     * @param signedAnswer whether the sender asked for an answer in COSE
     */
    public void alarm(Bytes payload, boolean signedAnswer, Peer peer, Reply reply) {
        intake.receive(
                payload,
                signedAnswer,
                peer.label(),
                remark(peer),
                reply,
                committed -> onLoop(() -> {
                    String device = committed.entry().fact().device();
                    boolean own = !isRevoked(peer)
                            && registry.get()
                                    .byId(device)
                                    .map(d -> isPeerOf(d, peer))
                                    .orElse(false);
                    boolean news = !committed.duplicate() && committed.entry().type() == EntryType.ALARM;
                    if (own || news) { // who replays an alarm is not thereby the device
                        heard(device, Optional.empty(), Optional.empty());
                    }
                    if (own || (news && !isProven(peer))) { // nor does it get the device's receipts
                        pushes.showedUp(device, peer);
                    }
                    if (!watch.committed(committed.entry())) {
                        lookSoon();
                    }
                }));
    }

    /**
     * A heartbeat came. Its answer carries what could not be pushed. While the ledger could not take an alarm the answer is
     * 5.03: no device shall show that it is armed towards a centre that would keep nothing.
     */
    public void heartbeat(Bytes payload, Peer peer, Reply reply) {
        switch (Messages.readHeartbeat(payload)) {
            case Decoded.Malformed<Heartbeat>(String why) -> refuse(Refused.MALFORMED, why, peer, reply);
            case Decoded.Ok<Heartbeat>(Heartbeat heartbeat) ->
                admitted(heartbeat.device(), peer, reply)
                        .filter(device -> isSignerOf(device, heartbeat, peer, reply))
                        .ifPresent(device -> onLoop(() -> {
                            Boot boot = new Boot(heartbeat.boot(), heartbeat.nonce());
                            twins.heard(device.id(), boot);
                            heard(device.id(), Optional.of(period(heartbeat, device)), Optional.of(boot));
                            pushes.showedUp(device.id(), peer);
                            health.trouble()
                                    .ifPresentOrElse(
                                            why -> reply.respond(Refused.UNAVAILABLE.code(), Content.TEXT, text(why)),
                                            () -> reply.respond(204, Content.PROTOBUF, answer(heartbeat, peer)));
                        }));
        }
    }

    /** Another centre's signed notice of a drill came. */
    public void notice(Bytes payload, Peer peer, Reply reply) {
        noticeIntake.receive(payload, peer.label(), reply, () -> onLoop(this::lookSoon));
    }

    /** A device's signed result of an order came. */
    public void result(Bytes payload, Peer peer, Reply reply) {
        results.receive(payload, peer.label(), reply, () -> onLoop(this::lookSoon));
    }

    /** Signed evidence of an alarm came. */
    public void evidence(Bytes payload, Peer peer, Reply reply) {
        evidence.receive(payload, peer.label(), reply);
    }

    /** A report came: a line for the record. */
    public void report(Bytes payload, Peer peer, Reply reply) {
        switch (Messages.readReport(payload)) {
            case Decoded.Malformed<Report>(String why) -> refuse(Refused.MALFORMED, why, peer, reply);
            case Decoded.Ok<Report>(Report report) ->
                admitted(report.device(), peer, reply).ifPresent(device -> {
                    refusals.report(device.id(), report.text());
                    reply.respond(204, Content.TEXT, Bytes.EMPTY);
                });
        }
    }

    /**
     * The transport refused something that never came here: a line for the record.
     *
     * @param code what it answered, as {@code class * 100 + detail}
     * @param why what it said; may be empty
     */
    public void refused(int code, String why, Peer peer) {
        String answer = code / 100 + ".%02d".formatted(code % 100);
        refusals.note(peer.label(), Refused.of(code), why.isEmpty() ? answer : answer + " " + why);
    }

    /** An authority beside the centre refused a request for a certificate, or the transport a handshake. */
    public void refused(Refused why, String detail, String source) {
        refusals.note(source, why, detail);
    }

    /** What an authority beside the centre has to say about a device: a line for the record, a few of many. */
    public void reportEnrolment(String device, String text) {
        refusals.report(device, text);
    }

    /** What could not be pushed; with orders there is less room for receipts. */
    private List<Bytes> offers(Heartbeat heartbeat, Peer peer) {
        List<Bytes> order = Stream.concat(
                        drills.heard(heartbeat, peer).stream(), orders.heard(heartbeat, peer).stream())
                .toList();
        if (order.isEmpty()) {
            return pushes.offers(heartbeat.device());
        }
        return Stream.concat(order.stream(), pushes.offers(heartbeat.device()).stream())
                .limit(ReceiptPushes.MAX_OFFERED)
                .toList();
    }

    /** The device, if this peer may speak for it; otherwise the refusal is sent. */
    private Optional<RegisteredDevice> admitted(String id, Peer peer, Reply reply) {
        Optional<RegisteredDevice> device = registry.get().byId(id);
        if (device.isEmpty()) {
            refuse(Refused.UNKNOWN_DEVICE, "device " + id + " is not in the registry", peer, reply);
        } else if (device.get().revoked()) {
            refuse(Refused.REVOKED, id + " is revoked", peer, reply);
        } else if (isRevoked(peer)) {
            refuse(Refused.REVOKED, "the certificate of " + peer.name() + " is revoked", peer, reply);
        } else if (isProven(peer) && !isPeerOf(device.get(), peer)) {
            refuse(Refused.WRONG_PEER, peer.label() + " does not speak for " + id, peer, reply);
        } else {
            return device;
        }
        return Optional.empty();
    }

    /** Asked for every request: a session may be older than the revocation. */
    private boolean isRevoked(Peer peer) {
        return peer.publicKey().map(registry.get()::isRevoked).orElse(false);
    }

    /** An expired or revoked certificate still delivers an alarm that is signed as it should be, a flagged one. */
    private String remark(Peer peer) {
        if (isRevoked(peer)) {
            return "the sender's certificate is revoked";
        }
        return peer.validUntil()
                .filter(until -> until.isBefore(clock.wallTime()))
                .map(until -> "the sender's certificate expired at " + until)
                .orElse("");
    }

    /** In one datagram, where its first offer fits one: the offers that do not fit beside that wait for the next heartbeat. */
    private Bytes answer(Heartbeat heartbeat, Peer peer) {
        List<Bytes> offers = offers(heartbeat, peer);
        Optional<Bytes> presence = heartbeat.prove() ? Optional.of(receipts.presence(heartbeat)) : Optional.empty();
        Optional<String> twin = heartbeat.prove() && heartbeat.boot() == AlarmId.UNCOUNTED
                ? twins.of(heartbeat.device())
                : Optional.empty();
        Bytes answer = Messages.write(new HeartbeatAnswer(offers, presence, twin));
        for (int n = offers.size() - 1; n > 0 && answer.size() > LARGEST_ANSWER_BYTES; n--) {
            answer = Messages.write(new HeartbeatAnswer(offers.subList(0, n), presence, twin));
        }
        return answer;
    }

    /** An alarm of this device would be refused, so its heartbeat is: it must not look armed. */
    private boolean isSignerOf(RegisteredDevice device, Heartbeat heartbeat, Peer peer, Reply reply) {
        Bytes key = heartbeat.alarmKey();
        if (key.size() == 0 || key.equals(device.key().keyId())) {
            return true;
        }
        refuse(Refused.WRONG_KEY, "key " + key.hex() + " is not that of " + device.id(), peer, reply);
        return false;
    }

    /**
     * Of a certificate without a name, or a bare key, this centre knows as little as of a wrong one; in plain CoAP nobody
     * proves anything.
     */
    private static boolean isProven(Peer peer) {
        return peer.validUntil().isPresent()
                || peer.publicKey().isPresent()
                || !peer.name().isEmpty();
    }

    private static boolean isPeerOf(RegisteredDevice device, Peer peer) {
        return peer.name().equals(device.peer());
    }

    private void refuse(Refused why, String detail, Peer peer, Reply reply) {
        refusals.note(peer.label(), why, detail);
        reply.respond(why.code(), Content.TEXT, text(detail));
    }

    private static Bytes text(String sentence) {
        return Bytes.wrap(Plain.line(sentence).getBytes(UTF_8));
    }

    private static Duration period(Heartbeat heartbeat, RegisteredDevice device) {
        Duration longest = device.heartbeat().orElse(RegistryFile.MAX_HEARTBEAT);
        return heartbeat.period().compareTo(longest) < 0 ? heartbeat.period() : longest;
    }

    /** A sign of life. The ledger is asked only where it may have something to write. */
    private void heard(String device, Optional<Duration> period, Optional<Boot> boot) {
        boolean wasSilent = supervision.heard(device, period);
        Optional<Boot> before = known.get(device);
        if (!wasSilent && before != null && (boot.isEmpty() || boot.equals(before))) {
            return;
        }
        Optional<Boot> now = boot.isPresent() || before == null ? boot : before;
        known.put(device, now);
        ledger.submit(
                new Submission.SignOfLife(device, boot),
                outcome -> onLoop(() -> {
                    if (outcome instanceof Outcome.Busy || outcome instanceof Outcome.Failed) {
                        known.remove(device); // the next sign tries again
                    }
                    lookSoon();
                }));
    }

    private void silent(String device, Duration since) {
        if (closed) {
            return; // another centre on this ledger may hear of it
        }
        String detail = "no sign of life for " + since.toSeconds() + " s";
        ledger.submit(
                new Submission.Silence(device, detail),
                outcome -> onLoop(() -> {
                    boolean kept = !(outcome instanceof Outcome.Busy || outcome instanceof Outcome.Failed);
                    if (!kept) {
                        audit.line(device + ": " + detail + "; the ledger could not take it");
                        var unused = timers.schedule(RETRY.toNanos(), () -> {
                            if (supervision.isSilent(device)) {
                                silent(device, since.plus(RETRY));
                            }
                        });
                    }
                    lookSoon();
                }));
    }

    /** A new entry in the ledger. */
    private void tell(Entry entry) {
        switch (entry.type()) {
            case ACCEPTED -> pushes.accepted(entry);
            case CONFLICT, FAULT, OFFLINE, ONLINE, DRILL_NOTICE ->
                audit.line(entry.type() + " " + entry.fact().device() + ": "
                        + Plain.line(entry.fact().detail()) + " (entry " + entry.number() + ")");
            case DRILL_BEGUN, DRILL_ENDED -> drills.entered(entry);
            case ORDERED, ORDER_RESULT -> orders.entered(entry);
            case NOTICE_TAKEN ->
                audit.line(entry.fact().device() + " " + Plain.line(entry.fact().detail()));
            case ALARM, BOOT, CLOSED -> {}
        }
        notices.ifPresent(board -> board.entered(entry));
        listeners.forEach(listener -> listener.accept(entry));
    }

    private void recoverDrills() {
        try {
            drills.recover(ledger);
            orders.recover(ledger);
            notices.ifPresent(board -> board.recover(ledger));
        } catch (UncheckedIOException | UnreadableEntryException e) {
            audit.line("drills that run and orders that wait are not known: "
                    + Plain.line(String.valueOf(e.getMessage())));
        }
    }

    private void expectDevices() {
        Set<String> expected = new LinkedHashSet<>();
        for (RegisteredDevice device : registry.get().devices()) {
            if (!device.revoked() && settings.serves(device.place().county())) {
                expected.add(device.id());
            }
        }
        supervision.expect(expected);
        pushes.keepOnly(expected);
        drills.keepOnly(expected);
        orders.keepOnly(expected);
        twins.keepOnly(expected);
        known.keySet().retainAll(expected);
    }

    private void poll() {
        if (!closed) {
            var unused = timers.schedule(settings.ledgerPoll().toNanos(), this::poll);
            watch.look();
        }
    }

    /** Many commits, one look: it comes after what the loop has before it. */
    private void lookSoon() {
        if (!looking) {
            looking = true;
            onLoop(() -> {
                looking = false;
                watch.look();
            });
        }
    }

    private void onLoop(Runnable task) {
        var unused = timers.schedule(0, task);
    }

    /** Stops. Does not close the ledger. */
    @Override
    public void close() {
        onLoop(() -> {
            closed = true;
            health.close();
            notices.ifPresent(NoticeBoard::close);
        });
    }
}

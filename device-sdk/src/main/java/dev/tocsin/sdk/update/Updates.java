package dev.tocsin.sdk.update;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.codec.UpdateMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Slot;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.model.UpdatePhase;
import dev.tocsin.sdk.model.UpdateReport;
import dev.tocsin.sdk.port.PackageSource;
import dev.tocsin.sdk.port.Slots;
import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Timers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A device's updates: takes what a centre offers if it is signed by one that may update and is meant for this device,
 * fetches it into the slot that does not run, asks for a restart, and after that confirms what runs, or rolls it back.
 *
 * <pre>{@code
 * Updates updates = Updates.open(here, centres, slots, source, timers, UpdateSettings.USUAL, listener);
 * updates.offered(manifest);        // from an order, or the answer to a report
 * updates.alarmUnderWay(true);      // an alarm goes first: nothing is fetched
 * updates.selfTest(true, "");
 * updates.receipt();                // a centre's receipt for an alarm since the start was verified
 * }</pre>
 *
 * <p>It owns no thread and reads no clock. All calls on one event loop, which may block for a read of the medium and should
 * therefore not be the one that alarms go over.
 */
public final class Updates {

    /** 4.29 (RFC 8516). */
    private static final int TOO_MANY_REQUESTS = 429;

    private final Installation here;
    private final List<UpdateCentre> centres;
    private final Slots slots;
    private final BootRecords records;
    private final PackageSource source;
    private final Timers timers;
    private final UpdateSettings settings;
    private final UpdateListener listener;
    private final Trial trial;

    private @Nullable Download download;
    private UpdatePhase phase = UpdatePhase.IDLE;
    private long sequence;
    private String why = "";
    private boolean alarm;

    private Updates(
            Installation here,
            List<UpdateCentre> centres,
            Slots slots,
            BootRecords records,
            PackageSource source,
            Timers timers,
            UpdateSettings settings,
            UpdateListener listener) {
        this.here = here;
        this.centres = List.copyOf(centres);
        this.slots = slots;
        this.records = records;
        this.source = source;
        this.timers = timers;
        this.settings = settings;
        this.listener = listener;
        this.trial = new Trial();
    }

    /**
     * Looks at what is there and goes on with it: a program that is being tried, a download that was cut short. Blocks for
     * a few reads.
     *
     * @param centres that may update this device; none: it never updates
     * @throws IOException if the boot record's folder cannot be read
     */
    public static Updates open(
            Installation here,
            List<UpdateCentre> centres,
            Slots slots,
            PackageSource source,
            Timers timers,
            UpdateSettings settings,
            UpdateListener listener)
            throws IOException {
        BootRecords records = BootRecords.open(slots.boot());
        Updates updates = new Updates(here, centres, slots, records, source, timers, settings, listener);
        updates.begin();
        return updates;
    }

    private void begin() {
        BootState state = records.state();
        state.failed().ifPresent(f -> show(UpdatePhase.ROLLED_BACK, f.sequence(), f.sentence()));
        if (state.failed().isEmpty()) {
            state.confirmed().ifPresent(c -> show(UpdatePhase.CONFIRMED, c.sequence(), ""));
        }
        if (state.trial().isPresent()) {
            BootState.Program tried = state.trial().get();
            if (tried.slot() == here.running()) {
                show(UpdatePhase.TRYING, tried.sequence(), "");
                trial.begin();
            } else { // the launcher gave it up
                trial.end(
                        records.tries() >= SlotChoice.MAX_TRIES ? BootState.Reason.NO_START : BootState.Reason.DAMAGED);
            }
        } else {
            tellFailure();
            resume();
        }
    }

    /** Whether a program runs that has yet to prove itself. */
    public boolean isTrying() {
        return phase == UpdatePhase.TRYING;
    }

    /** How far it is. */
    public UpdateReport report() {
        long fetched = download == null ? 0 : download.bytes();
        return new UpdateReport(
                here.device(), here.vendor(), here.deviceClass(), here.version(), phase, sequence, fetched, why);
    }

    /**
     * A centre says what shall run here.
     *
     * @param envelope as it came: believed only if one of the centres that may update signed it
     */
    public Offer offered(SignedEnvelope envelope) {
        List<UpdateCentre> signers = centres.stream() // an update key may be that of several
                .filter(c -> c.keys().stream().anyMatch(envelope::isSignedBy))
                .toList();
        if (signers.isEmpty()) {
            return new Offer.Refused("it is not signed by a key that may update this device");
        }
        return switch (UpdateMessages.readManifest(envelope)) {
            case Decoded.Malformed<UpdateManifest>(String what) -> new Offer.Refused(what);
            case Decoded.Ok<UpdateManifest>(UpdateManifest m) -> judged(m, signers, envelope);
        };
    }

    private Offer judged(UpdateManifest m, List<UpdateCentre> signers, SignedEnvelope envelope) {
        Optional<UpdateCentre> signer =
                signers.stream().filter(c -> c.id().equals(m.centre())).findFirst();
        if (signer.isEmpty()) {
            return new Offer.Refused(
                    "it names " + m.centre() + ", and " + signers.getFirst().id() + " signed it");
        }
        BootState state = records.state();
        if (isKnown(m, state)) {
            return new Offer.Known();
        }
        if (phase == UpdatePhase.TRYING || phase == UpdatePhase.RESTARTING) {
            return new Offer.Refused("another update is being tried");
        }
        Optional<String> refusal = Admission.refusal(m, here, state);
        if (refusal.isEmpty() && download != null && m.sequence() < download.manifest.sequence()) {
            refusal = Optional.of("a newer one is being fetched");
        }
        if (refusal.isPresent()) {
            if (download == null) {
                show(UpdatePhase.REFUSED, m.sequence(), refusal.get());
            }
            return new Offer.Refused(refusal.get());
        }
        fetch(m, signer.get(), envelope.bytes());
        return new Offer.Taken();
    }

    private boolean isKnown(UpdateManifest m, BootState state) {
        if (download != null && download.manifest.equals(m)) {
            return true;
        }
        return state.trial()
                .or(state::confirmed)
                .filter(p -> p.sequence() == m.sequence() && p.sha256().equals(m.payloadSha256()))
                .isPresent();
    }

    /** While an alarm is under way nothing is fetched: what was asked for last is let go of, and asked for again later. */
    public void alarmUnderWay(boolean underWay) {
        alarm = underWay;
        if (download != null) {
            download.pauseOrGoOn();
        }
    }

    /**
     * The self-test after the start ended.
     *
     * @param what failed, for people
     */
    public void selfTest(boolean passed, String what) {
        trial.selfTest(passed, what);
    }

    /** A centre's receipt, for something sent since this start, was verified. */
    public void receipt() {
        trial.receipt();
    }

    private void fetch(UpdateManifest m, UpdateCentre from, Bytes envelope) {
        if (download != null) {
            download.stop();
        }
        download = new Download(m, from, envelope);
        show(UpdatePhase.FETCHING, m.sequence(), "");
        download.begin();
    }

    private Slot target() {
        return records.state()
                .confirmed()
                .map(c -> c.slot().other())
                .orElse(here.running().other());
    }

    /** Goes on with what a power cut or a restart cut short, if it would be taken today, too. */
    private void resume() {
        Optional<Bytes> kept = Staging.manifest(slots.slot(target()));
        if (kept.isPresent()
                && SignedEnvelope.read(kept.get()) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope e)) {
            UpdatePhase was = phase;
            long wasSequence = sequence;
            String wasWhy = why;
            if (offered(e) instanceof Offer.Refused) {
                show(was, wasSequence, wasWhy);
            }
        }
    }

    private void show(UpdatePhase newPhase, long newSequence, String newWhy) {
        phase = newPhase;
        sequence = newSequence;
        why = newWhy;
        listener.moved();
    }

    private void tellFailure() {
        records.state().failed().filter(f -> !f.told()).ifPresent(f -> {
            listener.fault(f.sentence());
            records.write(records.state().told(), failure -> {}); // told again at the next start, if it must be
        });
    }

    /** A program that has yet to prove itself. */
    private final class Trial {

        private boolean tested;
        private boolean received;
        private boolean over = true;
        private Timers.@Nullable Cancellable deadline;

        void begin() {
            over = false;
            deadline = timers.schedule(settings.proof().toNanos(), () -> {
                if (!over) {
                    end(tested ? BootState.Reason.NO_RECEIPT : BootState.Reason.SELF_TEST);
                }
            });
        }

        void selfTest(boolean passed, String what) {
            if (over) {
                return;
            }
            if (passed) {
                tested = true;
                confirmIfProven();
            } else {
                listener.news("the self-test of " + here.version() + " failed: " + what);
                end(BootState.Reason.SELF_TEST);
            }
        }

        void receipt() {
            if (!over) {
                received = true;
                confirmIfProven();
            }
        }

        private void confirmIfProven() {
            if (!tested || !received) {
                return;
            }
            stop();
            records.write(records.state().confirming(), failure -> {
                if (failure.isPresent()) { // it is tried again at the next start
                    listener.fault("the update to " + here.version() + " cannot be confirmed: " + failure.get());
                } else {
                    show(UpdatePhase.CONFIRMED, sequence, "");
                    listener.news("updated to " + here.version());
                }
            });
        }

        void end(BootState.Reason reason) {
            boolean runs = phase == UpdatePhase.TRYING;
            stop();
            records.write(records.state().failing(reason), failure -> {
                BootState.Failure failed = records.state()
                        .failed()
                        .orElseGet(() -> new BootState.Failure(reason, here.version(), sequence, false));
                show(UpdatePhase.ROLLED_BACK, failed.sequence(), failed.sentence());
                if (runs) {
                    listener.restart(failed.sentence()); // what starts then tells it
                } else {
                    tellFailure();
                    resume();
                }
            });
        }

        private void stop() {
            over = true;
            if (deadline != null) {
                deadline.cancel();
            }
        }
    }

    /** A payload on its way. */
    private final class Download {

        final UpdateManifest manifest;
        private final UpdateCentre from;
        private final Bytes envelope;
        private final Slot slot = target();
        private final Staging staging;
        private boolean busy = true; // with the medium
        private boolean stopped;
        private int failures; // of any block so far: each is asked for at the centre's next address
        private long pauseNs = settings.retryAfter().toNanos();
        private Timers.@Nullable Cancellable waiting;

        Download(UpdateManifest manifest, UpdateCentre from, Bytes envelope) {
            this.manifest = manifest;
            this.from = from;
            this.envelope = envelope;
            Storage folder = slots.slot(slot);
            this.staging = new Staging(folder, manifest.payloadSha256(), manifest.payloadBytes(), settings.partBytes());
        }

        long bytes() {
            return staging.bytes();
        }

        void begin() {
            staging.begin(envelope, this::goOn);
        }

        void stop() {
            stopped = true;
            if (waiting != null) {
                waiting.cancel();
            }
        }

        void pauseOrGoOn() {
            if (busy || stopped) {
                return;
            }
            if (waiting != null) {
                waiting.cancel();
                waiting = null;
            }
            if (!alarm) {
                next();
            }
        }

        private void goOn(Optional<String> failure) {
            if (stopped) {
                return;
            }
            busy = false;
            if (failure.isPresent()) {
                fail("it cannot be kept: " + failure.get());
            } else if (staging.isWhole()) {
                install();
            } else if (!alarm) {
                next();
            }
        }

        private void next() {
            waiting = source.block(
                    from.addresses().get(failures % from.addresses().size()),
                    manifest.payloadSha256(),
                    (int) (staging.bytes() / PackageSource.BLOCK_BYTES),
                    this::came);
        }

        private void came(PackageSource.Outcome outcome) {
            if (stopped) {
                return;
            }
            waiting = null;
            switch (outcome) {
                case PackageSource.Outcome.Block(Bytes bytes, boolean more) -> {
                    long left = manifest.payloadBytes() - staging.bytes();
                    if (bytes.size() != Math.min(left, PackageSource.BLOCK_BYTES)
                            || more != (left > PackageSource.BLOCK_BYTES)) {
                        later(from.id() + " serves another payload than the manifest names");
                    } else {
                        pauseNs = settings.retryAfter().toNanos();
                        busy = true;
                        staging.take(bytes, this::goOn);
                    }
                }
                case PackageSource.Outcome.Refused(int code, String what)
                when code == TOO_MANY_REQUESTS -> pause(settings.retryAfter().toNanos()); // it is there, and has it
                case PackageSource.Outcome.Refused(int code, String what) ->
                    later(from.id() + " does not give it: " + code / 100 + ".%02d ".formatted(code % 100) + what);
                case PackageSource.Outcome.NoAnswer(String what) -> later(what);
            }
        }

        private void later(String reason) {
            why = reason;
            failures++;
            pause(pauseNs);
            pauseNs = Math.min(2 * pauseNs, settings.retryAtMost().toNanos());
        }

        private void pause(long ns) {
            waiting = timers.schedule(ns, () -> {
                waiting = null;
                if (!alarm && !stopped) {
                    next();
                }
            });
        }

        private void install() {
            busy = true;
            staging.assemble(assembled -> {
                if (stopped) {
                    return;
                }
                switch (assembled) {
                    case Staging.Assembled.Good g -> tryIt();
                    case Staging.Assembled.WrongDigest w -> fail("the payload is not the one that was signed");
                    case Staging.Assembled.Failed(String what) -> fail("it cannot be kept: " + what);
                }
            });
        }

        private void tryIt() {
            BootState.Program program =
                    new BootState.Program(slot, manifest.version(), manifest.sequence(), manifest.payloadSha256());
            records.write(records.state().trying(program), failure -> {
                if (failure.isPresent()) {
                    fail("the boot record cannot be written: " + failure.get());
                    return;
                }
                staging.tidy();
                download = null;
                show(UpdatePhase.RESTARTING, manifest.sequence(), "");
                listener.restart("to try version " + manifest.version());
            });
        }

        private void fail(String reason) {
            stop();
            download = null;
            try {
                Staging.clear(slots.slot(slot));
            } catch (IOException e) {
                // the next one clears it
            }
            show(UpdatePhase.REFUSED, manifest.sequence(), reason);
            listener.fault("the update to " + manifest.version() + " was not installed: " + reason);
        }
    }
}

package dev.tocsin.sdk.enrol;

import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.CertificateRequest;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.EnrolmentService;
import dev.tocsin.sdk.port.EnrolmentService.Outcome;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.KeyStore;
import dev.tocsin.sdk.port.Timers;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Renews a device's certificates with the keys they have: each from two thirds of its life on, at a moment drawn from the
 * twelfth after that, so that devices enrolled in one afternoon do not come back in one; and when it has lapsed already. It
 * goes by {@link KnownTime}: a device whose clock stands at 1970 renews as soon as a receipt tells what time it is.
 *
 * <p>Belongs to the event loop; files are read and written on an executor that may be blocked.
 */
public final class Renewals implements AutoCloseable {

    /** The longest pause between two looks at the time, for the wall clock may jump. */
    static final Duration LOOK = Duration.ofHours(1);

    /** Pause after a first attempt that failed; doubles to {@link #LOOK}. */
    static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    /** Pause after the authority refused: a person has to do something. */
    static final Duration REFUSED_PAUSE = Duration.ofHours(6);

    /** The floor is written down again when it has risen so far. */
    static final Duration FLOOR_STEP = Duration.ofHours(12);

    /** Within this, at random, a device looks whether something is due when it hears what time it is. */
    static final Duration AFTER_NEWS = Duration.ofSeconds(30);

    private static final double DUE = 2 / 3.0;
    private static final double SPREAD = 1 / 12.0;

    /** Is told how it goes. On the event loop. */
    public interface Listener {
        /** A certificate is in the key store: show it from now on. */
        void renewed(KeyUse use, CertificateFacts certificate);

        /** A sentence for the log. */
        void remark(String sentence);
    }

    /** Opens the way to the authority, under the device's certificate. */
    public interface Door {
        /** Opens it, or throws if there is no socket. */
        EnrolmentService open() throws IOException;
    }

    /**
     * What it stands on.
     *
     * @param blocking runs what blocks, one task at a time, in order
     * @param loop the event loop
     */
    public record Ports(
            KeyStore keys, Door door, Clock clock, Timers timers, Entropy entropy, Executor blocking, Executor loop) {}

    private final String device;
    private final Ports ports;
    private final Listener listener;
    private final KnownTime time;
    private final Map<KeyUse, Held> held = new EnumMap<>(KeyUse.class);
    private Optional<CertificateFacts> authority = Optional.empty();
    private Instant floorKept = Instant.MIN;
    private Timers.Cancellable timer = () -> {};
    private Optional<EnrolmentService> service = Optional.empty();
    private Duration pause = FIRST_PAUSE;
    private boolean busy;
    private boolean closed;

    /**
     * A key with its certificate.
     *
     * @param due when it is to be renewed
     * @param doneNs when it was renewed in this life of the process, by the monotonic clock
     */
    private record Held(KeyStore.Held key, CertificateFacts certificate, Instant due, Optional<Long> doneNs) {}

    /** What is read from the key store. */
    private record Stored(
            Optional<CertificateFacts> authority, Map<KeyUse, Certified> certified, Optional<Instant> floor) {}

    private record Certified(KeyStore.Held key, CertificateFacts certificate) {}

    /** Renewals of this device's certificates. */
    public Renewals(String device, Ports ports, Listener listener) {
        this.device = device;
        this.ports = ports;
        this.listener = listener;
        this.time = new KnownTime(ports.clock);
    }

    /** Begins. */
    public void start() {
        ports.blocking.execute(() -> {
            try {
                Stored stored = read();
                ports.loop.execute(() -> begin(stored));
            } catch (IOException e) {
                ports.loop.execute(() -> listener.remark("certificates are not renewed: " + e.getMessage()));
            }
        });
    }

    private Stored read() throws IOException {
        Map<KeyUse, Certified> certified = new EnumMap<>(KeyUse.class);
        for (KeyUse use : KeyUse.values()) {
            Optional<KeyStore.Held> key = ports.keys.key(use);
            Optional<Bytes> der = ports.keys.certificate(use);
            if (key.isPresent() && der.isPresent()) {
                certified.put(use, new Certified(key.get(), facts(der.get())));
            }
        }
        Optional<Bytes> root = ports.keys.authority();
        return new Stored(
                root.isPresent() ? Optional.of(facts(root.get())) : Optional.empty(),
                certified,
                ports.keys.timeFloor());
    }

    private static CertificateFacts facts(Bytes der) throws IOException {
        try {
            return CertificateFacts.read(der);
        } catch (InvalidKeyException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void begin(Stored stored) {
        if (closed) {
            return;
        }
        authority = stored.authority;
        stored.floor.ifPresent(floor -> {
            floorKept = floor;
            time.heard(floor);
        });
        stored.certified.forEach((use, c) -> {
            time.heard(c.certificate.from()); // the authority knew the time
            held.put(use, new Held(c.key, c.certificate, due(c.certificate), Optional.empty()));
        });
        look();
    }

    private Instant due(CertificateFacts c) {
        double lifeMs = Duration.between(c.from(), c.until()).toMillis();
        return c.from().plusMillis((long) (lifeMs * (DUE + SPREAD * ports.entropy.nextUnit())));
    }

    /** A centre's signature told the time: it is this, or was. */
    public void heard(Instant now) {
        time.heard(now);
        if (now.isAfter(floorKept.plus(FLOOR_STEP))) {
            keepFloor(now);
            if (!busy && !held.isEmpty()) { // a county's devices may all hear at once what time it is
                lookIn(Duration.ofMillis((long) (AFTER_NEWS.toMillis() * ports.entropy.nextUnit())));
            }
        }
    }

    private void keepFloor(Instant now) {
        floorKept = now;
        ports.blocking.execute(() -> {
            try {
                ports.keys.keepTimeFloor(now);
            } catch (IOException e) {
                ports.loop.execute(() -> listener.remark("the time could not be kept: " + e.getMessage()));
            }
        });
    }

    /** Renews what is due, one after the other, or sleeps until something is. */
    private void look() {
        timer.cancel();
        if (closed || busy || held.isEmpty()) {
            return;
        }
        Optional<Instant> now = time.now();
        Duration sleep = LOOK;
        for (Map.Entry<KeyUse, Held> e : held.entrySet()) {
            Held h = e.getValue();
            if (now.isEmpty()) {
                continue;
            }
            Duration left = Duration.between(now.get(), h.due);
            if (left.isPositive()) {
                sleep = left.compareTo(sleep) < 0 ? left : sleep;
            } else if (!wasJustDone(h)) {
                renew(e.getKey(), h);
                return;
            }
        }
        lookIn(sleep);
    }

    /** A centre with a clock far ahead must not make it renew again and again. */
    private boolean wasJustDone(Held h) {
        Duration life = Duration.between(h.certificate.from(), h.certificate.until());
        return h.doneNs
                .filter(done -> ports.clock.nanoTime() - done < life.toNanos() / 3)
                .isPresent();
    }

    private void lookIn(Duration sleep) {
        timer.cancel();
        timer = ports.timers.schedule(sleep.toNanos(), this::look);
    }

    private void renew(KeyUse use, Held h) {
        Bytes request = CertificateRequest.make(h.key.signer(), h.key.publicKey(), device, Optional.empty());
        EnrolmentService opened;
        try {
            opened = ports.door.open();
        } catch (IOException e) {
            listener.remark("certificates cannot be renewed now: " + e.getMessage());
            lookIn(longerPause());
            return;
        }
        busy = true;
        service = Optional.of(opened);
        opened.renew(request, outcome -> {
            if (!closed) {
                answered(use, h, outcome);
            }
        });
    }

    private void answered(KeyUse use, Held h, Outcome outcome) {
        service.ifPresent(EnrolmentService::close);
        service = Optional.empty();
        String what = "the " + Enrolment.word(use) + " certificate";
        switch (outcome) {
            case Outcome.Certificate(Bytes der) -> granted(use, h, der);
            case Outcome.NotYet(Duration askAgain) -> idleFor(askAgain.compareTo(LOOK) < 0 ? askAgain : LOOK);
            case Outcome.Refused(int code, String why) -> {
                listener.remark(what + " is not renewed, the authority refuses: " + why);
                idleFor(REFUSED_PAUSE);
            }
            case Outcome.NoAnswer(String why) -> {
                listener.remark(what + " is not renewed yet, the authority cannot be reached: " + why);
                idleFor(longerPause());
            }
        }
    }

    private void idleFor(Duration sleep) {
        busy = false;
        lookIn(sleep);
    }

    private Duration longerPause() {
        Duration now = pause;
        pause = pause.multipliedBy(2).compareTo(LOOK) < 0 ? pause.multipliedBy(2) : LOOK;
        return Duration.ofMillis((long) (now.toMillis() * (1 + ports.entropy.nextUnit() / 2)));
    }

    private void granted(KeyUse use, Held h, Bytes der) {
        Fit.Found found = authority.isEmpty()
                ? new Fit.Found.Bad("no authority is known here")
                : Fit.check(der, use, device, h.key.publicKey(), authority.get());
        switch (found) {
            case Fit.Found.Bad(String why) -> {
                listener.remark("what the authority sent is not the certificate asked for: " + why);
                idleFor(longerPause());
            }
            case Fit.Found.Good(CertificateFacts c) ->
                ports.blocking.execute(() -> {
                    try {
                        ports.keys.keep(use, der);
                        ports.loop.execute(() -> kept(use, h, c));
                    } catch (IOException e) {
                        ports.loop.execute(() -> {
                            listener.remark("a renewed certificate could not be kept: " + e.getMessage());
                            idleFor(longerPause());
                        });
                    }
                });
        }
    }

    private void kept(KeyUse use, Held h, CertificateFacts c) {
        if (closed) {
            return;
        }
        busy = false;
        pause = FIRST_PAUSE;
        held.put(use, new Held(h.key, c, due(c), Optional.of(ports.clock.nanoTime())));
        time.heard(c.from());
        if (c.from().isAfter(floorKept)) {
            keepFloor(c.from());
        }
        listener.remark("the " + Enrolment.word(use) + " certificate is renewed until " + c.until());
        listener.renewed(use, c);
        look();
    }

    @Override
    public void close() {
        closed = true;
        timer.cancel();
        service.ifPresent(EnrolmentService::close);
    }
}

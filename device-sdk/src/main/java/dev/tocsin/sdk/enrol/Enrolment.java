package dev.tocsin.sdk.enrol;

import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.CertificateRequest;
import dev.tocsin.sdk.crypto.ClaimProof;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.EnrolmentClaim;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.EnrolmentService;
import dev.tocsin.sdk.port.EnrolmentService.Outcome;
import dev.tocsin.sdk.port.KeyStore;
import dev.tocsin.sdk.port.Timers;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A device's first certificates, by the claim on its label (EST, RFC 7030 and 9148). The authority's certificate is fetched
 * from whoever answers and compared with the label's fingerprint (RFC 7030, section 4.1.1); only then, in a new channel to
 * somebody whom that authority certified, is the claim used, and never sent: {@link ClaimProof} binds it to the key.
 *
 * <p>Every step may be done again: a lost answer, a power cut, a second start change nothing. Belongs to an event loop which
 * may be blocked, as nothing else of the device runs yet.
 */
public final class Enrolment implements AutoCloseable {

    /** First pause before what was not answered is asked again. */
    static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

    /** No pause is longer, whatever the authority says. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** How it ended. */
    public sealed interface Result {
        /** Both keys are certified. */
        record Enrolled(CertificateFacts channel, CertificateFacts alarm) implements Result {}

        /** It cannot be, and asking again would change nothing. */
        record Failed(String why) implements Result {}
    }

    /** Is told how it goes. */
    public interface Listener {
        /** A sentence for whoever waits. */
        void progress(String sentence);

        /** It is over. */
        void ended(Result result);
    }

    /** Opens the way to the authority, under the key of the channel. */
    public interface Door {
        /**
         * Opens it.
         *
         * @param trusted the authority to believe; empty: whoever answers, only to ask who the authority is
         * @throws IOException if there is no socket, or no such key
         */
        EnrolmentService open(Optional<CertificateFacts> trusted) throws IOException;
    }

    private final EnrolmentClaim claim;
    private final SignatureAlgorithm alarmAlgorithm;
    private final KeyStore keys;
    private final Door door;
    private final Timers timers;
    private final Listener listener;
    private Optional<EnrolmentService> service = Optional.empty();
    private Duration pause = FIRST_PAUSE;
    private boolean over;

    /**
     * One enrolment.
     *
     * @param alarmAlgorithm what a new alarm key signs with
     */
    public Enrolment(
            EnrolmentClaim claim,
            SignatureAlgorithm alarmAlgorithm,
            KeyStore keys,
            Door door,
            Timers timers,
            Listener listener) {
        this.claim = claim;
        this.alarmAlgorithm = alarmAlgorithm;
        this.keys = keys;
        this.door = door;
        this.timers = timers;
        this.listener = listener;
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Begins. On the event loop. */
    public void start() {
        attempt(() -> {
            makeIfNone(KeyUse.CHANNEL, SignatureAlgorithm.ES256);
            makeIfNone(KeyUse.ALARM, alarmAlgorithm);
            open(Optional.empty());
            askWho();
        });
    }

    /** Stops asking. What was done stays done. */
    @Override
    public void close() {
        over = true;
        service.ifPresent(EnrolmentService::close);
    }

    private void makeIfNone(KeyUse use, SignatureAlgorithm algorithm) throws IOException {
        if (keys.key(use).isEmpty()) {
            keys.make(use, algorithm);
            listener.progress("made the " + word(use) + " key");
        }
    }

    private void open(Optional<CertificateFacts> trusted) throws IOException {
        service.ifPresent(EnrolmentService::close);
        service = Optional.of(door.open(trusted));
    }

    private void askWho() {
        ask(EnrolmentService::authority, this::askWho, der -> {
            CertificateFacts authority;
            try {
                authority = CertificateFacts.read(der);
            } catch (InvalidKeyException e) {
                fail("what answers there is no authority: " + e.getMessage());
                return;
            }
            if (!authority.fingerprint().equals(claim.authority())) {
                fail("the authority there is not the one on the label: its fingerprint begins "
                        + authority.fingerprint().hex().substring(0, 16) + ", the label's "
                        + claim.authority().hex().substring(0, 16)
                        + ". A wrong address, a label of another authority, or somebody in between: nothing was sent");
                return;
            }
            if (!authority.isAuthority()) {
                fail("the certificate there is not that of an authority");
                return;
            }
            listener.progress("the authority is the one on the label: " + authority.commonName());
            if (!keys.authority().equals(Optional.of(der))) {
                keys.keepAuthority(der);
            }
            open(Optional.of(authority));
            certify(
                    KeyUse.CHANNEL,
                    authority,
                    channel -> certify(KeyUse.ALARM, authority, alarm -> end(new Result.Enrolled(channel, alarm))));
        });
    }

    private void certify(KeyUse use, CertificateFacts authority, Next next) throws IOException {
        KeyStore.Held key = keys.key(use).orElseThrow(() -> new IOException("the " + word(use) + " key is gone"));
        Bytes request = CertificateRequest.make(
                key.signer(), key.publicKey(), claim.device(), Optional.of(ClaimProof.of(claim, use, key.publicKey())));
        certify(use, request, key.publicKey(), authority, next);
    }

    private void certify(KeyUse use, Bytes request, Bytes publicKey, CertificateFacts authority, Next next) {
        ask(
                (service, ended) -> service.enrol(request, ended),
                () -> certify(use, request, publicKey, authority, next),
                der -> {
                    switch (Fit.check(der, use, claim.device(), publicKey, authority)) {
                        case Fit.Found.Bad(String why) ->
                            fail("the certificate that the authority sent is not the one asked for: " + why);
                        case Fit.Found.Good(CertificateFacts certificate) -> {
                            keys.keep(use, der);
                            listener.progress("the " + word(use) + " key is certified until " + certificate.until());
                            next.accept(certificate);
                        }
                    }
                });
    }

    private interface Next {
        void accept(CertificateFacts certificate) throws IOException;
    }

    private interface Question {
        void ask(EnrolmentService service, Consumer<Outcome> ended);
    }

    private interface Taking {
        void take(Bytes der) throws IOException;
    }

    private void ask(Question question, Runnable again, Taking taking) {
        if (over) {
            return;
        }
        question.ask(service.orElseThrow(), outcome -> {
            if (over) {
                return;
            }
            switch (outcome) {
                case Outcome.Certificate(Bytes der) -> {
                    pause = FIRST_PAUSE;
                    attempt(() -> taking.take(der));
                }
                case Outcome.NotYet(Duration askAgain) -> {
                    Duration wait = shorter(askAgain, LONGEST_PAUSE);
                    listener.progress("a person has to let this device in; asking again in " + wait.toSeconds() + " s");
                    later(wait, again);
                }
                case Outcome.Refused(int code, String why) ->
                    fail("the authority refuses: " + why + " (" + code / 100 + ".%02d)".formatted(code % 100));
                case Outcome.NoAnswer(String why) -> {
                    listener.progress("the authority cannot be reached: " + why + "; trying again in "
                            + pause.toSeconds() + " s");
                    later(pause, again);
                    pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
                }
            }
        });
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private void later(Duration wait, Runnable again) {
        var unused = timers.schedule(wait.toNanos(), () -> {
            if (!over) {
                again.run();
            }
        });
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            fail("this machine does not do what is needed: " + e.getMessage());
        }
    }

    private void fail(String why) {
        end(new Result.Failed(why));
    }

    private void end(Result result) {
        close();
        listener.ended(result);
    }

    static String word(KeyUse use) {
        return use == KeyUse.CHANNEL ? "channel" : "alarm";
    }
}

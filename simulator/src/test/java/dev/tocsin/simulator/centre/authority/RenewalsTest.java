package dev.tocsin.simulator.centre.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.KeyFolder;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.enrol.Renewals;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.EnrolmentClaim;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.EnrolmentService;
import dev.tocsin.sdk.port.KeyStore;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that renews with a real authority's desk, each with a clock of its own, in virtual time. */
class RenewalsTest {

    @TempDir
    Path folder;

    private final VirtualTime device = new VirtualTime(); // its wall clock stands at 1970
    private final List<String> remarks = new ArrayList<>();
    private final List<KeyUse> renewed = new ArrayList<>();
    private Bench bench;
    private KeyFolder keys;
    private boolean unreachable;
    private int asked;

    @BeforeEach
    void enrol() throws IOException {
        bench = new Bench(folder);
        Path at = folder.resolve("keys");
        keys = new KeyFolder(
                new KeyFolder.Places(
                        at.resolve("dtls-key.pem"),
                        at.resolve("dtls.pem"),
                        at.resolve("alarm-key.pem"),
                        at.resolve("alarm.pem"),
                        at.resolve("ca.pem"),
                        at.resolve("time-floor")),
                new SeededEntropy(5));
        KeyStore.Held channel = keys.make(KeyUse.CHANNEL, SignatureAlgorithm.ES256);
        KeyStore.Held alarm = keys.make(KeyUse.ALARM, SignatureAlgorithm.ED25519);
        EnrolmentClaim claim = bench.claim(Claim.Decision.APPROVED);
        keys.keepAuthority(bench.authority.authority().der());
        keep(KeyUse.CHANNEL, claim, channel, channel);
        keep(KeyUse.ALARM, claim, alarm, channel);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void keep(KeyUse use, EnrolmentClaim claim, KeyStore.Held key, KeyStore.Held channel) throws IOException {
        Bytes request = dev.tocsin.sdk.crypto.CertificateRequest.make(
                key.signer(),
                key.publicKey(),
                Bench.DEVICE,
                Optional.of(dev.tocsin.sdk.crypto.ClaimProof.of(claim, use, key.publicKey())));
        EnrolmentDesk.Answer answer = bench.desk.enrol(
                request, new Caller(Optional.of(channel.publicKey()), Optional.empty(), Optional.empty()));
        keys.keep(use, ((EnrolmentDesk.Answer.Granted) answer).certificate().der());
    }

    /** Time passes for both. */
    private void advance(Duration duration) {
        bench.time.advance(duration);
        device.advance(duration);
    }

    private CertificateFacts certificate(KeyUse use) throws IOException {
        try {
            return CertificateFacts.read(keys.certificate(use).orElseThrow());
        } catch (InvalidKeyException e) {
            throw new IOException(e);
        }
    }

    private Renewals start() {
        Renewals renewals = new Renewals(
                Bench.DEVICE,
                new Renewals.Ports(
                        keys,
                        Door::new,
                        device,
                        device,
                        new SeededEntropy(8),
                        Runnable::run,
                        task -> device.schedule(0, task)),
                new Renewals.Listener() {
                    @Override
                    public void renewed(KeyUse use, CertificateFacts certificate) {
                        renewed.add(use);
                    }

                    @Override
                    public void remark(String sentence) {
                        remarks.add(sentence);
                    }
                });
        renewals.start();
        device.settle();
        return renewals;
    }

    /** The desk, as the device's certificate opens it. */
    private final class Door implements EnrolmentService {

        @Override
        public void authority(Consumer<Outcome> ended) {
            throw new AssertionError("nobody asks for it");
        }

        @Override
        public void enrol(Bytes request, Consumer<Outcome> ended) {
            throw new AssertionError("it is enrolled");
        }

        @Override
        public void renew(Bytes request, Consumer<Outcome> ended) {
            asked++;
            Outcome outcome = unreachable ? new Outcome.NoAnswer("no answer") : answer(request);
            device.schedule(1_000_000, () -> ended.accept(outcome));
        }

        private Outcome answer(Bytes request) {
            try {
                CertificateFacts shown = certificate(KeyUse.CHANNEL);
                Caller caller = new Caller(
                        Optional.of(Keys.canonical(shown.publicKey())),
                        Optional.of(shown.commonName()),
                        Optional.of(shown.until()));
                return switch (bench.desk.renew(request, caller)) {
                    case EnrolmentDesk.Answer.Granted g ->
                        new Outcome.Certificate(g.certificate().der());
                    case EnrolmentDesk.Answer.Pending p -> new Outcome.NotYet(p.askAgain());
                    case EnrolmentDesk.Answer.Denied d ->
                        new Outcome.Refused(d.why().code(), d.told());
                };
            } catch (IOException | InvalidKeyException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void nothing_is_renewed_before_two_thirds_and_both_are_within_the_twelfth_after() throws IOException {
        device.setWall(Bench.START, ClockQuality.SYNCHRONIZED);
        start();

        advance(Duration.ofDays(239));
        assertThat(asked).isZero();
        advance(Duration.ofDays(33));
        assertThat(renewed).containsExactlyInAnyOrder(KeyUse.CHANNEL, KeyUse.ALARM);
        assertThat(certificate(KeyUse.CHANNEL).until()).isAfter(Bench.START.plus(Duration.ofDays(240 + 360)));
    }

    @Test
    void without_a_clock_the_time_that_passed_since_enrolment_counts() {
        start(); // at 1970
        advance(Duration.ofDays(273));
        assertThat(renewed).containsExactlyInAnyOrder(KeyUse.CHANNEL, KeyUse.ALARM);
    }

    @Test
    void at_1970_after_the_holidays_a_receipt_s_time_sets_it_going() throws IOException {
        bench.time.advance(Duration.ofDays(360 + 90)); // the device was off, and its clock has lost everything
        Renewals renewals = start();
        device.advance(Duration.ofHours(2));
        assertThat(asked).isZero();

        renewals.heard(bench.time.wallTime());
        device.advance(Duration.ofSeconds(31));

        assertThat(renewed).containsExactlyInAnyOrder(KeyUse.CHANNEL, KeyUse.ALARM);
        assertThat(certificate(KeyUse.CHANNEL).until()).isAfter(bench.time.wallTime());
        assertThat(keys.timeFloor())
                .hasValueSatisfying(floor -> assertThat(floor).isAfter(Bench.START));
    }

    @Test
    void the_latest_known_time_outlives_a_restart() {
        start().heard(Bench.START.plus(Duration.ofDays(100)));
        unreachable = true;
        bench.time.advance(Duration.ofDays(300));
        device.advance(Duration.ofDays(175)); // from the floor on: 275 days of 360
        assertThat(asked).isPositive();

        int before = asked;
        start();
        device.advance(Duration.ofDays(175));
        assertThat(asked).isGreaterThan(before);
    }

    @Test
    void an_authority_that_is_away_is_asked_again_ever_more_seldom() {
        unreachable = true;
        device.setWall(Bench.START.plus(Duration.ofDays(300)), ClockQuality.SYNCHRONIZED);
        bench.time.advance(Duration.ofDays(300));
        start();
        advance(Duration.ofDays(1));
        assertThat(asked).isBetween(15, 32);

        unreachable = false;
        advance(Duration.ofHours(2));
        assertThat(renewed).containsExactlyInAnyOrder(KeyUse.CHANNEL, KeyUse.ALARM);
    }

    @Test
    void a_refusal_is_told_and_not_repeated_every_minute() throws IOException {
        bench.revoke(new Bench.Key(java.nio.file.Files.readString(folder.resolve("keys/dtls-key.pem"))));
        bench.time.advance(Duration.ofDays(300));
        device.setWall(bench.time.wallTime(), ClockQuality.SYNCHRONIZED);
        start();
        advance(Duration.ofDays(1));
        assertThat(asked).isBetween(1, 6);
        assertThat(remarks).anyMatch(remark -> remark.contains("revoked"));
    }

    @Test
    void a_centre_whose_clock_is_years_ahead_does_not_make_it_renew_for_ever() {
        Renewals renewals = start();
        for (int day = 0; day < 30; day++) {
            renewals.heard(Instant.parse("2099-01-01T00:00:00Z"));
            advance(Duration.ofDays(1));
        }
        assertThat(renewed).hasSize(2);
    }
}

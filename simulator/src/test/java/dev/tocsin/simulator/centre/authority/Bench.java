package dev.tocsin.simulator.centre.authority;

import dev.tocsin.sdk.crypto.CertificateRequest;
import dev.tocsin.sdk.crypto.ClaimProof;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.EnrolmentClaim;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.VirtualTime;
import dev.tocsin.simulator.centre.sqlite.SqliteAuthority;
import dev.tocsin.simulator.centre.x509.AuthorityFolder;
import dev.tocsin.simulator.centre.x509.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An authority in a folder, its time, and keys to come to it with. */
final class Bench implements AutoCloseable {

    static final Instant START = Instant.parse("2027-03-01T08:00:00Z");
    static final String DEVICE = "school-007/button-3";
    static final Policy POLICY = new Policy(Duration.ofDays(360), Duration.ofDays(200));

    final VirtualTime time = new VirtualTime();
    final SeededEntropy entropy = new SeededEntropy(11);
    final CertificateAuthority authority;
    final SqliteAuthority books;
    final EnrolmentDesk desk;

    Bench(Path folder) throws IOException {
        time.setWall(START, ClockQuality.SYNCHRONIZED);
        AuthorityFolder at = new AuthorityFolder(folder.resolve("ca"));
        authority = at.create("Test authority", START, entropy);
        books = SqliteAuthority.open(at.books());
        desk = new EnrolmentDesk(authority, books, POLICY, time);
    }

    /** A key to be certified. */
    record Key(String pem) {
        Bytes half() {
            try {
                return Keys.publicKey(pem);
            } catch (InvalidKeyException e) {
                throw new IllegalStateException(e);
            }
        }

        Bytes request(String device, Optional<String> challenge) {
            try {
                return CertificateRequest.make(Keys.signer(pem), half(), device, challenge);
            } catch (InvalidKeyException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    Key key(SignatureAlgorithm algorithm) {
        return new Key(Keys.generatePem(algorithm, entropy));
    }

    EnrolmentClaim claim(Claim.Decision decision) throws IOException {
        EnrolmentClaim claim = new EnrolmentClaim(
                DEVICE,
                Bytes.wrap(entropy.nextBytes(EnrolmentClaim.SECRET_BYTES)),
                authority.authority().fingerprint());
        books.change(pages -> {
            pages.write(Claim.fresh(DEVICE, claim.secret(), time.wallTime().plus(Duration.ofDays(14)), decision));
            return 0;
        });
        return claim;
    }

    EnrolmentDesk.Answer enrol(EnrolmentClaim claim, KeyUse use, Key key, Key channel) {
        return desk.enrol(
                key.request(claim.device(), Optional.of(ClaimProof.of(claim, use, key.half()))), stranger(channel));
    }

    /** Somebody with a bare key. */
    static Caller stranger(Key key) {
        return new Caller(Optional.of(key.half()), Optional.empty(), Optional.empty());
    }

    /** Somebody who shows the certificate that he was granted. */
    static Caller holder(EnrolmentDesk.Answer granted) {
        if (granted instanceof EnrolmentDesk.Answer.Granted g) {
            return new Caller(
                    Optional.of(g.certificate().publicKey()),
                    Optional.of(g.certificate().commonName()),
                    Optional.of(g.certificate().until()));
        }
        throw new AssertionError("not granted: " + granted);
    }

    void revoke(Key key) throws IOException {
        books.change(pages -> {
            pages.revoke(key.half(), time.wallTime());
            return 0;
        });
    }

    @Override
    public void close() {
        books.close();
    }
}

package dev.tocsin.simulator.centre.authority;

import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.CertificateRequest;
import dev.tocsin.sdk.crypto.ClaimProof;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.EnrolmentClaim;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.Refused;
import dev.tocsin.simulator.centre.authority.AuthorityBooks.Pages;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides on requests for certificates: by a claim the first time, by the certificate at hand afterwards. A request that
 * comes again gets the same answer again, and of strangers nothing is kept. Any thread; blocks.
 */
public final class EnrolmentDesk {

    private final Issuer issuer;
    private final AuthorityBooks books;
    private final Policy policy;
    private final Clock clock;

    /** What a request comes to. */
    public sealed interface Answer {
        /**
         * Here it is.
         *
         * @param before whether it was issued before, and is only said again
         */
        record Granted(KeyUse use, CertificateFacts certificate, boolean before) implements Answer {}

        /** A person has to decide; ask again after so long. */
        record Pending(String device, Duration askAgain) implements Answer {}

        /**
         * No.
         *
         * @param told what the asker may know
         * @param detail what happened, for the audit
         */
        record Denied(Refused why, String told, String detail) implements Answer {
            Denied(Refused why, String detail) {
                this(why, detail, detail);
            }
        }
    }

    /** A desk with books of its own. */
    public EnrolmentDesk(Issuer issuer, AuthorityBooks books, Policy policy, Clock clock) {
        this.issuer = issuer;
        this.books = books;
        this.policy = policy;
        this.clock = clock;
    }

    /** The authority's certificate ({@code crts}). */
    public CertificateFacts authority() {
        return issuer.authority();
    }

    /** A device's first certificate of a use ({@code sen}). */
    public Answer enrol(Bytes request, Caller caller) {
        return switch (CertificateRequest.read(request)) {
            case CertificateRequest.Reading.Malformed(String why) -> new Answer.Denied(Refused.MALFORMED, why);
            case CertificateRequest.Reading.Read(CertificateRequest r) -> change(pages -> enrol(r, caller, pages));
        };
    }

    /** The next certificate of a key that has one ({@code sren}). */
    public Answer renew(Bytes request, Caller caller) {
        return switch (CertificateRequest.read(request)) {
            case CertificateRequest.Reading.Malformed(String why) -> new Answer.Denied(Refused.MALFORMED, why);
            case CertificateRequest.Reading.Read(CertificateRequest r) -> change(pages -> renew(r, caller, pages));
        };
    }

    private interface Work {
        Answer on(Pages pages);
    }

    private Answer change(Work work) {
        try {
            return books.change(work::on);
        } catch (IOException e) {
            return new Answer.Denied(
                    Refused.UNAVAILABLE, "the authority cannot write its books now", "books: " + e.getMessage());
        }
    }

    private Answer enrol(CertificateRequest request, Caller caller, Pages pages) {
        String device = request.commonName();
        Optional<Claim> claim = pages.claim(device);
        Optional<KeyUse> use = claim.flatMap(c -> provenUse(c, request));
        if (use.isEmpty()) { // who has no claim shall not learn of whom there is one
            return new Answer.Denied(
                    Refused.WRONG_CLAIM,
                    "this is no claim of " + device,
                    claim.isEmpty()
                            ? "there is no claim of " + device
                            : request.challenge().isEmpty()
                                    ? "no challengePassword in a request of " + device
                                    : "not the claim of " + device + ", or not made for this key");
        }
        return enrol(request, claim.get(), use.get(), caller, pages);
    }

    private Answer enrol(CertificateRequest request, Claim claim, KeyUse use, Caller caller, Pages pages) {
        Bytes key = request.publicKey();
        Optional<Bytes> usedBy = claim.key(use);
        if (usedBy.isPresent() && !usedBy.get().equals(key)) {
            return new Answer.Denied(
                    Refused.CLAIM_USED,
                    "the claim of " + claim.device() + " was used before, with another key: make a new one"
                            + " (tocsin ca claim), and find out who used it");
        }
        Optional<Bytes> channel = use == KeyUse.CHANNEL ? Optional.of(key) : claim.channelKey();
        if (channel.isEmpty() || !channel.equals(caller.key())) {
            return new Answer.Denied(
                    Refused.WRONG_KEY,
                    use == KeyUse.CHANNEL
                            ? "the request is for another key than the one that opened this channel"
                            : "the alarm key is certified within the channel of the device's own key, after that");
        }
        if (pages.issuedTo(channel.get()).stream().anyMatch(i -> i.revoked().isPresent())) {
            return new Answer.Denied(
                    Refused.REVOKED, claim.device() + " was revoked: it needs a new label and new keys (--new-keys)");
        }
        if (usedBy.isPresent()) {
            return again(pages.issuedTo(key), use);
        }
        if (clock.wallTime().isAfter(claim.until())) {
            return new Answer.Denied(
                    Refused.CLAIM_EXPIRED,
                    "the claim of " + claim.device() + " lapsed at " + claim.until()
                            + ": make a new one (tocsin ca claim)");
        }
        if (claim.decision() == Claim.Decision.REJECTED) {
            return new Answer.Denied(Refused.REJECTED, "the enrolment of " + claim.device() + " was rejected");
        }
        Optional<String> unfit = unfit(use, request, pages);
        if (unfit.isPresent()) {
            return new Answer.Denied(Refused.WRONG_KEY, unfit.get());
        }
        if (claim.decision() == Claim.Decision.PENDING) {
            if (claim.asked().isEmpty()) {
                pages.write(claim.askedAt(clock.wallTime()));
            }
            return new Answer.Pending(claim.device(), Policy.ASK_AGAIN);
        }
        pages.write(claim.usedBy(use, key));
        for (Issued former : pages.issued(claim.device())) {
            if (former.use() == use && !former.certificate().publicKey().equals(key)) { // it has this key now, no other
                pages.revoke(former.certificate().publicKey(), clock.wallTime());
            }
        }
        return issue(claim.device(), use, key, pages);
    }

    /** What the claim was proven for. */
    private Optional<KeyUse> provenUse(Claim claim, CertificateRequest request) {
        EnrolmentClaim label = new EnrolmentClaim(
                claim.device(), claim.secret(), issuer.authority().fingerprint());
        for (KeyUse use : KeyUse.values()) {
            if (request.challenge()
                    .filter(proof -> ClaimProof.isOf(label, use, request.publicKey(), proof))
                    .isPresent()) {
                return Optional.of(use);
            }
        }
        return Optional.empty();
    }

    /** Why this key cannot be had for this use. */
    private static Optional<String> unfit(KeyUse use, CertificateRequest request, Pages pages) {
        if (use == KeyUse.CHANNEL && request.algorithm() != SignatureAlgorithm.ES256) {
            return Optional.of("DTLS needs a key on P-256");
        }
        return pages.issuedTo(request.publicKey()).stream()
                .filter(i ->
                        i.revoked().isPresent() || i.use() != use || !i.device().equals(request.commonName()))
                .findFirst()
                .map(i -> i.revoked().isPresent()
                        ? "this key was revoked at " + i.revoked().get() + ": the device has to make new ones"
                        : "this key is certified already, for " + i.device() + ", " + i.use()
                                + ": each use of each device has a key of its own");
    }

    private Answer renew(CertificateRequest request, Caller caller, Pages pages) {
        if (caller.name().isEmpty() || caller.key().isEmpty()) {
            return new Answer.Denied(
                    Refused.NOT_CERTIFIED, "only a device with a certificate of this authority renews one");
        }
        String device = caller.name().get();
        if (!request.commonName().equals(device)) {
            return new Answer.Denied(Refused.WRONG_PEER, device + " asks for a certificate of " + request.commonName());
        }
        Bytes channel = caller.key().get();
        List<Issued> presented = of(device, pages.issuedTo(channel));
        if (presented.isEmpty()) {
            return new Answer.Denied(
                    Refused.NOT_CERTIFIED, "the certificate of " + device + " is not in this authority's books");
        }
        if (presented.stream().anyMatch(i -> i.revoked().isPresent())) {
            return new Answer.Denied(Refused.REVOKED, device + " is revoked");
        }
        Instant now = clock.wallTime();
        Instant ends = caller.until().orElse(Instant.MIN);
        if (now.isAfter(ends.plus(policy.renewExpired()))) {
            return new Answer.Denied(
                    Refused.EXPIRED,
                    "the certificate of " + device + " expired at " + ends
                            + ", too long ago to renew it: make a claim (tocsin ca claim)");
        }
        List<Issued> known = of(device, pages.issuedTo(request.publicKey()));
        if (known.isEmpty() || known.stream().anyMatch(i -> i.revoked().isPresent())) {
            return new Answer.Denied(
                    Refused.WRONG_KEY, "a renewal is for the same key; this one " + device + " has not");
        }
        Issued latest = known.getLast();
        return now.isBefore(latest.at().plus(policy.repeat())) && !now.isBefore(latest.at())
                ? new Answer.Granted(latest.use(), latest.certificate(), true)
                : issue(device, latest.use(), request.publicKey(), pages);
    }

    private static List<Issued> of(String device, List<Issued> all) {
        return all.stream().filter(i -> i.device().equals(device)).toList();
    }

    private static Answer again(List<Issued> issued, KeyUse use) {
        if (issued.isEmpty() || issued.getLast().revoked().isPresent()) {
            return new Answer.Denied(Refused.REVOKED, "this key is revoked");
        }
        return new Answer.Granted(use, issued.getLast().certificate(), true);
    }

    private Answer issue(String device, KeyUse use, Bytes key, Pages pages) {
        Instant now = clock.wallTime();
        CertificateFacts certificate =
                issuer.issue(device, use, key, now.minus(policy.backdated()), now.plus(policy.lifetime()));
        pages.add(new Issued(use, certificate, now, Optional.empty()));
        return new Answer.Granted(use, certificate, false);
    }
}

package dev.tocsin.simulator.centre.authority;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.KeyUse;
import java.time.Instant;
import java.util.Optional;

/**
 * A claim in the authority's books. A device has one at most; a new one takes the old one's place.
 *
 * @param device whose it is
 * @param secret 16 bytes, as on the label
 * @param until when it lapses, if it is not used before
 * @param decision whether a person has to say yes, or has
 * @param asked when its holder first asked, while that was to be decided
 * @param channelKey SubjectPublicKeyInfo of the key that used it for its channel
 * @param alarmKey of the key that used it for its alarms
 */
public record Claim(
        String device,
        Bytes secret,
        Instant until,
        Decision decision,
        Optional<Instant> asked,
        Optional<Bytes> channelKey,
        Optional<Bytes> alarmKey) {

    /** What people say to it. */
    public enum Decision {
        /** Whoever holds the label is let in. */
        APPROVED,
        /** A person has to say so first. */
        PENDING,
        /** A person said no. */
        REJECTED
    }

    /** One that nobody has used. */
    public static Claim fresh(String device, Bytes secret, Instant until, Decision decision) {
        return new Claim(device, secret, until, decision, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The key that used it. */
    public Optional<Bytes> key(KeyUse use) {
        return use == KeyUse.CHANNEL ? channelKey : alarmKey;
    }

    Claim usedBy(KeyUse use, Bytes key) {
        return use == KeyUse.CHANNEL
                ? new Claim(device, secret, until, decision, asked, Optional.of(key), alarmKey)
                : new Claim(device, secret, until, decision, asked, channelKey, Optional.of(key));
    }

    Claim askedAt(Instant now) {
        return new Claim(device, secret, until, decision, Optional.of(now), channelKey, alarmKey);
    }

    /** The same with a person's word. */
    public Claim decided(Decision word) {
        return new Claim(device, secret, until, word, asked, channelKey, alarmKey);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "claim of " + device + ", " + decision + ", until " + until;
    }
}

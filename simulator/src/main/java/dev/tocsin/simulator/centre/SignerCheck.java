package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import java.util.Optional;

/** Whether an enrolled, unrevoked device signed an envelope, and the one that it names. Pure. */
final class SignerCheck {

    /** Who signed. */
    sealed interface Result {
        /** The device that it names. */
        record Signed(RegisteredDevice device) implements Result {}

        /** Nobody who may. */
        record Rejected(Refused why, String detail) implements Result {}
    }

    private SignerCheck() {}

    /**
     * Checks.
     *
     * @param claimed the alarm's id in the envelope
     * @param what what the envelope is, for people: {@code an alarm}
     */
    static Result check(SignedEnvelope envelope, AlarmId claimed, String what, Registry registry) {
        return check(envelope, claimed.device(), what, registry);
    }

    /** The same for what is about no alarm: the device that it names. */
    static Result check(SignedEnvelope envelope, String claimed, String what, Registry registry) {
        Optional<RegisteredDevice> holder = registry.byKey(envelope.keyId());
        if (holder.isEmpty()) {
            return new Result.Rejected(
                    Refused.UNKNOWN_KEY, "key " + envelope.keyId().hex() + " belongs to no device of the registry");
        }
        RegisteredDevice device = holder.get();
        if (!envelope.isSignedBy(device.key())) {
            return new Result.Rejected(Refused.BAD_SIGNATURE, "the signature is not that of " + device.id());
        }
        if (!claimed.equals(device.id())) {
            return new Result.Rejected(Refused.WRONG_KEY, what + " of " + claimed + " with the key of " + device.id());
        }
        if (device.revoked()) {
            return new Result.Rejected(Refused.REVOKED, device.id() + " is revoked");
        }
        return new Result.Signed(device);
    }
}

package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import java.util.Optional;

/** Whether bytes are an alarm of an enrolled, unrevoked device. A pure function of bytes and registry. */
final class AlarmCheck {

    /** What bytes turned out to be. */
    sealed interface Result {
        /** An alarm to act on. */
        record Verified(Alarm alarm, RegisteredDevice device) implements Result {}

        /**
         * Nothing to act on.
         *
         * @param alarm the id that the bytes claim, where they can be read
         */
        record Rejected(Refused why, String detail, Optional<AlarmId> alarm) implements Result {}
    }

    private AlarmCheck() {}

    static Result check(Bytes payload, Registry registry) {
        if (payload.size() > SignedEnvelope.MAX_BYTES) {
            return new Result.Rejected(
                    Refused.TOO_LONG,
                    payload.size() + " bytes where at most " + SignedEnvelope.MAX_BYTES + " can be",
                    Optional.empty());
        }
        return switch (SignedEnvelope.read(payload)) {
            case Decoded.Malformed<SignedEnvelope>(String why) -> malformed(why);
            case Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope) ->
                switch (Messages.readAlarm(envelope)) {
                    case Decoded.Malformed<Alarm>(String why) -> malformed(why);
                    case Decoded.Ok<Alarm>(Alarm alarm) -> check(envelope, alarm, registry);
                };
        };
    }

    private static Result check(SignedEnvelope envelope, Alarm alarm, Registry registry) {
        return switch (SignerCheck.check(envelope, alarm.id(), "an alarm", registry)) {
            case SignerCheck.Result.Signed(RegisteredDevice device) -> new Result.Verified(alarm, device);
            case SignerCheck.Result.Rejected(Refused why, String detail) ->
                new Result.Rejected(why, detail, Optional.of(alarm.id()));
        };
    }

    private static Result malformed(String why) {
        return new Result.Rejected(Refused.MALFORMED, why, Optional.empty());
    }
}

package dev.tocsin.sdk.codec;

import com.google.protobuf.ByteString;
import dev.tocsin.sdk.codec.proto.ChannelMessage;
import dev.tocsin.sdk.codec.proto.EvidenceMessage;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Channel;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.port.Signer;
import java.nio.ByteBuffer;

/** The message of evidence, as a value. Reading is strict: nobody is in danger because of it. Stateless; any thread. */
public final class EvidenceMessages {

    private EvidenceMessages() {}

    /** Encodes and signs evidence. */
    public static SignedEnvelope sign(Evidence e, Signer device) {
        EvidenceMessage.Builder b = EvidenceMessage.newBuilder()
                .setAlarm(Values.write(e.alarm()))
                .setAlarmSha256(ByteString.copyFrom(e.alarmSha256().readOnlyArray()))
                .setSensor(e.sensor())
                .setFirstNs(e.firstNs());
        for (Channel c : e.channels()) {
            b.addChannels(ChannelMessage.newBuilder()
                    .setName(c.name())
                    .setUnit(c.unit())
                    .setStep(c.step()));
        }
        ByteBuffer values =
                ByteBuffer.allocate(Short.BYTES * e.samples() * e.channels().size());
        for (int sample = 0; sample < e.samples(); sample++) {
            b.addGapsUs(e.gapUs(sample));
            for (int channel = 0; channel < e.channels().size(); channel++) {
                values.putShort(e.steps(sample, channel));
            }
        }
        b.setValues(ByteString.copyFrom(values.flip()));
        return SignedEnvelope.sign(MessageType.EVIDENCE, b.build().toByteArray(), device);
    }

    /** The evidence in an envelope. Says nothing about its signature. */
    public static Decoded<Evidence> read(SignedEnvelope envelope) {
        return Messages.read(envelope, MessageType.EVIDENCE, () -> {
            EvidenceMessage m = EvidenceMessage.parseFrom(envelope.payload());
            if (m.getValues().size() % Short.BYTES != 0) {
                return new Decoded.Malformed<>(
                        "values of 16 bits each in " + m.getValues().size() + " bytes");
            }
            short[] values = new short[m.getValues().size() / Short.BYTES];
            m.getValues().asReadOnlyByteBuffer().asShortBuffer().get(values);
            return new Decoded.Ok<>(new Evidence(
                    Values.read(m.getAlarm()),
                    Bytes.wrap(m.getAlarmSha256().toByteArray()),
                    m.getSensor(),
                    m.getChannelsList().stream()
                            .map(c -> new Channel(c.getName(), c.getUnit(), c.getStep()))
                            .toList(),
                    m.getFirstNs(),
                    m.getGapsUsList().stream().mapToInt(Integer::intValue).toArray(),
                    values));
        });
    }
}

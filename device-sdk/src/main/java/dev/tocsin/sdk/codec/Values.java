package dev.tocsin.sdk.codec;

import dev.tocsin.sdk.codec.proto.AlarmIdMessage;
import dev.tocsin.sdk.codec.proto.ClockQualityMessage;
import dev.tocsin.sdk.codec.proto.DeviceTimeMessage;
import dev.tocsin.sdk.codec.proto.PlaceMessage;
import dev.tocsin.sdk.codec.proto.PositionMessage;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.DeviceTime;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.StageTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The small values inside the messages. Reading is generous: what somebody signed shall not be lost because a remark is too
 * long or a clock is odd. Only an id must be one: reading it throws {@link IllegalArgumentException}.
 */
final class Values {

    private Values() {}

    static AlarmIdMessage write(AlarmId id) {
        return AlarmIdMessage.newBuilder()
                .setDevice(id.device())
                .setBoot(id.boot())
                .setNonce(id.nonce())
                .setSequence(id.sequence())
                .build();
    }

    static AlarmId read(AlarmIdMessage m) {
        return new AlarmId(m.getDevice(), m.getBoot(), m.getNonce(), m.getSequence());
    }

    static PlaceMessage write(Place p) {
        PlaceMessage.Builder b = PlaceMessage.newBuilder()
                .setCounty(p.county())
                .setSchool(p.school())
                .setBuilding(p.building())
                .setFloor(p.floor())
                .setSpot(p.spot());
        p.position()
                .ifPresent(at -> b.setPosition(PositionMessage.newBuilder()
                        .setLatitudeDeg(at.latitudeDeg())
                        .setLongitudeDeg(at.longitudeDeg())));
        return b.build();
    }

    static Place read(PlaceMessage m) {
        return new Place(
                shortened(m.getCounty(), Place.MAX_TEXT_BYTES),
                shortened(m.getSchool(), Place.MAX_TEXT_BYTES),
                shortened(m.getBuilding(), Place.MAX_TEXT_BYTES),
                shortened(m.getFloor(), Place.MAX_TEXT_BYTES),
                shortened(m.getSpot(), Place.MAX_TEXT_BYTES),
                m.hasPosition() ? position(m.getPosition()) : Optional.empty());
    }

    private static Optional<Place.Position> position(PositionMessage m) {
        try {
            return Optional.of(new Place.Position(m.getLatitudeDeg(), m.getLongitudeDeg()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not on the globe
        }
    }

    static DeviceTimeMessage write(DeviceTime t) {
        return DeviceTimeMessage.newBuilder()
                .setWallMs(t.wall().toEpochMilli())
                .setQuality(
                        switch (t.quality()) {
                            case UNKNOWN -> ClockQualityMessage.CLOCK_UNKNOWN;
                            case FREE_RUNNING -> ClockQualityMessage.CLOCK_FREE_RUNNING;
                            case SYNCHRONIZED -> ClockQualityMessage.CLOCK_SYNCHRONIZED;
                        })
                .setSinceBootUs(t.sinceBoot().toNanos() / 1000)
                .build();
    }

    static DeviceTime read(DeviceTimeMessage m) {
        ClockQuality quality = switch (m.getQuality()) {
            case CLOCK_SYNCHRONIZED -> ClockQuality.SYNCHRONIZED;
            case CLOCK_FREE_RUNNING -> ClockQuality.FREE_RUNNING;
            case CLOCK_UNKNOWN, UNRECOGNIZED -> ClockQuality.UNKNOWN;
        };
        return new DeviceTime(
                Instant.ofEpochMilli(m.getWallMs()),
                quality,
                Duration.of(Math.max(0, m.getSinceBootUs()), ChronoUnit.MICROS));
    }

    static StageTimes stages(long edgeNs, long decidedAfterNs) {
        return new StageTimes(edgeNs, Math.max(edgeNs, edgeNs + decidedAfterNs));
    }

    /** The longest beginning of a text that takes no more bytes of UTF-8 than that. */
    static String shortened(String text, int maxBytes) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                return text.substring(0, end);
            }
            end += Character.charCount(point);
        }
        return text;
    }

    /** Our constant of the same name; empty for the unspecified and for what a newer version may have added. */
    static <E extends Enum<E>> Optional<E> constant(Class<E> type, Enum<?> message) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(message.name())) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}

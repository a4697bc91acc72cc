package dev.tocsin.sdk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.testkit.TestAlarms;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelTest {

    @Test
    void an_alarm_id_reads_back_from_its_text() {
        for (AlarmId id : List.of(
                new AlarmId("school-007/button-3", 12, 0x9f3c2a11d05b7e60L, 4),
                new AlarmId("d", 0, 0, 1),
                new AlarmId("A.b_c-d/e", 999_999_999_999_999_999L, -1, 999_999_999_999_999_999L))) {
            assertThat(AlarmId.parse(id.toString())).contains(id);
        }
        assertThat(new AlarmId("school-007/button-3", 12, 0x9f3c2a11d05b7e60L, 4))
                .hasToString("school-007/button-3:12.4:9f3c2a11d05b7e60");
    }

    @Test
    void a_text_that_is_no_alarm_id_is_none() {
        for (String text : List.of(
                "",
                "d",
                "d:1.1",
                "d:1.0:0000000000000000",
                "d:1.1:000000000000000",
                "d:1.1:00000000000000000",
                "d:1.1:000000000000000G",
                "d:-1.1:0000000000000000",
                "d:1.1000000000000000000:0000000000000000",
                "-d:1.1:0000000000000000",
                "a b:1.1:0000000000000000",
                "d:1.1:0000000000000000\n")) {
            assertThat(AlarmId.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void a_device_id_has_its_letters_and_its_length() {
        assertThat(AlarmId.isDeviceId("x".repeat(AlarmId.MAX_DEVICE_ID))).isTrue();
        for (String bad : List.of("", "x".repeat(AlarmId.MAX_DEVICE_ID + 1), "/x", "x:y", "按钮", "x y", "x\n")) {
            assertThat(AlarmId.isDeviceId(bad)).as(bad).isFalse();
            assertThatThrownBy(() -> new AlarmId(bad, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new AlarmId("d", -1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AlarmId("d", 1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_alarm_holds_its_most_and_not_one_more() {
        assertThat(TestAlarms.largest().cameras()).hasSize(Alarm.MAX_CAMERAS);
        List<String> tooMany = Collections.nCopies(Alarm.MAX_CAMERAS + 1, "c");
        assertThatThrownBy(() -> Alarm.checkCameras(tooMany)).hasMessageContaining("more than 8 cameras");
        List<String> tooLong = List.of("c".repeat(Alarm.MAX_CAMERA_BYTES + 1));
        assertThatThrownBy(() -> Alarm.checkCameras(tooLong)).hasMessageContaining("camera reference");
        assertThatThrownBy(() -> new Place("", "", "", "", "钟".repeat(65), Optional.empty()))
                .hasMessageContaining("spot");
        Alarm a = TestAlarms.largest();
        assertThatThrownBy(() -> new Alarm(
                        a.id(),
                        a.kind(),
                        a.state(),
                        a.mode(),
                        a.place(),
                        a.cameras(),
                        a.time(),
                        a.stages(),
                        a.about(),
                        a.text() + "x"))
                .hasMessageContaining("text of more than 200");
    }

    @Test
    void a_position_lies_on_the_globe_and_a_decision_does_not_come_before_its_edge() {
        assertThat(new Place.Position(-90, 180)).isEqualTo(new Place.Position(-90, 180));
        for (double[] bad : new double[][] {{90.1, 0}, {0, -180.1}, {Double.NaN, 0}, {0, Double.POSITIVE_INFINITY}}) {
            assertThatThrownBy(() -> new Place.Position(bad[0], bad[1])).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new StageTimes(-5, -5).decidedNs()).isEqualTo(-5);
        assertThatThrownBy(() -> new StageTimes(-5, -6)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytes_are_equal_by_content_and_nobody_s_to_change() {
        byte[] array = {1, 2, 3};
        Bytes copy = Bytes.copyOf(array);
        array[0] = 9;
        copy.toArray()[1] = 9;
        assertThat(copy).isEqualTo(Bytes.ofHex("010203")).hasSameHashCodeAs(Bytes.ofHex("010203"));
        assertThat(copy.hex()).isEqualTo("010203");
        assertThat(Bytes.wrap("abc".getBytes(StandardCharsets.US_ASCII))
                        .sha256()
                        .hex())
                .as("FIPS 180-4")
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Bytes.wrap(new byte[20]))
                .asString()
                .startsWith("20 bytes 00000000")
                .endsWith("…");
    }

    @Test
    void only_faults_and_power_may_make_room_and_only_a_panic_latches() {
        for (AlarmKind kind : AlarmKind.values()) {
            assertThat(kind.isLife()).as(kind.name()).isEqualTo(kind != AlarmKind.FAULT && kind != AlarmKind.POWER);
            assertThat(kind.latches()).as(kind.name()).isEqualTo(kind == AlarmKind.PANIC);
        }
    }
}

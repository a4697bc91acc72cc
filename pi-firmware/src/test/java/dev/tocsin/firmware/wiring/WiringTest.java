package dev.tocsin.firmware.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.board.HeaderPin;
import dev.tocsin.firmware.board.Part;
import dev.tocsin.firmware.board.Pin;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class WiringTest {

    static final List<String> PROFILES = BoardProfiles.BUILT_IN;

    /** Header pin of BCM 2 to 27, from the Raspberry Pi documentation. */
    private static final List<Integer> PIN_OF_BCM =
            List.of(3, 5, 7, 29, 31, 26, 24, 21, 19, 23, 32, 33, 8, 10, 36, 11, 12, 35, 38, 40, 15, 16, 18, 22, 37, 13);

    private static final int GROUNDS = 8;

    private record Point(double x, double y) {}

    @Test
    void a_pressed_contact_to_ground_and_one_that_a_cut_wire_sets_off_are_told_apart() {
        String table = Wiring.of(profile("parapet-guard")).table(Locale.ENGLISH);

        assertThat(table)
                .contains("| panic | 11 | 17 | push button, in | normally open, to ground (pin 9);")
                .contains("| beam | 29 | 5 | light barrier's contact, in | normally closed, to ground (pin 30);");
    }

    @Test
    void what_pulls_down_goes_to_3_3_volts_and_what_is_driven_needs_a_common_ground() {
        BoardProfile profile = BoardProfiles.parse("x.toml", """
                        name = "x"
                        title = "An x"
                        model = "raspberry-pi-5"
                        buses = []
                        [inputs.high]
                        bcm = 17
                        header = 11
                        pull = "down"
                        [inputs.driven]
                        bcm = 27
                        header = 13
                        pull = "none"
                        [outputs.lamp]
                        bcm = 22
                        header = 15
                        active-low = true
                        part = "green-led"
                        """).orThrow();

        assertThat(Wiring.of(profile).table(Locale.ENGLISH))
                .contains("normally open, to 3.3 V (pin 17)")
                .contains("driven by the part between 0 and 3.3 V; its ground to pin 14")
                .contains("LED through 330 ohm to 3.3 V (pin 1); lit while the line is low");
    }

    @ParameterizedTest
    @FieldSource("PROFILES")
    void each_part_has_a_ground_of_its_own_while_there_are_enough(String name) {
        Wiring wiring = Wiring.of(profile(name));

        List<HeaderPin> grounds = wiring.wires().stream().map(Wire::returns).toList();
        assertThat(grounds).allMatch(HeaderPin.Ground.class::isInstance);
        assertThat(Set.copyOf(grounds)).hasSize(Math.min(GROUNDS, grounds.size()));
    }

    @Test
    void a_sensor_s_leads_go_to_its_bus_to_the_supply_that_it_takes_and_to_ground() {
        Wiring wiring = Wiring.of(sensors());

        assertThat(wiring.table(Locale.ENGLISH))
                .contains(
                        "| zone | 3, 5 | 2, 3 | tf-luna, i2c1 0x10 | SDA to pin 3, SCL to pin 5, 5 V to pin 2, GND to pin 6; its"
                                + " pin 5 to its ground: I2C, address 0x10 |")
                .contains(
                        "| imu | 19, 21, 23, 26 | 10, 9, 11, 7 | adxl345, spi0.1 | MOSI to pin 19, MISO to pin 21, SCLK to pin"
                                + " 23, CS to pin 26, 3.3 V to pin 17, GND to pin 20 |");
        assertThat(wiring.table(Locale.ENGLISH))
                .contains("its CS to 3.3 V: I2C; its SDO to 3.3 V: address 0x6B |")
                .contains("its ADDR to SDA: address 0x4A |");
        assertThat(wiring.text(Locale.ENGLISH))
                .containsPattern("zone +tf-luna, i2c1 0x10; SDA to pin 3")
                .contains("i2c1 SDA1 (zone, worn, probe)");
    }

    @Test
    void the_drawing_names_each_lead_of_a_sensor_with_its_pin() throws Exception {
        NodeList texts = parsed(Wiring.of(sensors()).svg(Locale.ENGLISH)).getElementsByTagName("text");
        List<String> said = IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();

        assertThat(said)
                .containsSubsequence("zone", "tf-luna, i2c1 0x10", "SDA", "pin 3", "SCL", "pin 5", "5 V", "pin 2");
        assertThat(said)
                .containsSubsequence("imu", "adxl345, spi0.1", "MOSI", "pin 19", "CS", "pin 26", "GND", "pin 20");
    }

    private static BoardProfile sensors() {
        return BoardProfiles.parse("x.toml", """
                        name = "x"
                        title = "An x"
                        model = "raspberry-pi-5"
                        buses = ["i2c1", "spi0"]
                        [sensors.zone]
                        type = "tf-luna"
                        bus = "i2c1"
                        [sensors.imu]
                        type = "adxl345"
                        bus = "spi0"
                        chip-select = 1
                        [sensors.worn]
                        type = "lsm6dso"
                        bus = "i2c1"
                        address = 0x6B
                        [sensors.probe]
                        type = "ads1115"
                        bus = "i2c1"
                        address = 0x4A
                        """).orThrow();
    }

    @ParameterizedTest
    @FieldSource("PROFILES")
    void the_terminal_shows_every_part_at_its_pin(String name) {
        String text = Wiring.of(profile(name)).text(Locale.ENGLISH);

        for (Pin pin : profile(name).pins()) {
            String mark = pin.header() % 2 == 1
                    ? "%s GPIO%d ─ %d●".formatted(pin.name(), pin.bcm(), pin.header())
                    : "●%d ─ %s GPIO%d".formatted(pin.header(), pin.name(), pin.bcm());
            assertThat(text).containsOnlyOnce(mark);
        }
    }

    @ParameterizedTest
    @FieldSource("PROFILES")
    void chinese_and_english_draw_the_same_wires(String name) throws Exception {
        Wiring wiring = Wiring.of(profile(name));

        assertThat(wires(wiring.svg(Locale.SIMPLIFIED_CHINESE))).isEqualTo(wires(wiring.svg(Locale.ENGLISH)));
        assertThat(wiring.svg(Locale.SIMPLIFIED_CHINESE)).contains("接线图").doesNotContain("Wiring:");
        assertThat(wiring.svg(Locale.GERMAN)).isEqualTo(wiring.svg(Locale.ENGLISH));
    }

    @ParameterizedTest
    @FieldSource("PROFILES")
    void each_wire_of_the_drawing_ends_in_a_frame(String name) throws Exception {
        BoardProfile profile = profile(name);

        assertThat(wires(Wiring.of(profile).svg(Locale.ENGLISH))).hasSameSizeAs(profile.pins());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void no_two_wires_of_any_board_cross_or_touch(long seed) throws Exception {
        List<List<Point>> wires = wires(Wiring.of(anyBoard(seed)).svg(Locale.ENGLISH));

        for (int i = 0; i < wires.size(); i++) {
            for (int j = i + 1; j < wires.size(); j++) {
                assertThat(meet(wires.get(i), wires.get(j)))
                        .as("wires %s and %s", wires.get(i), wires.get(j))
                        .isFalse();
            }
        }
    }

    @Test
    void a_title_with_marks_of_xml_stays_a_title() throws Exception {
        BoardProfile odd = new BoardProfile("x", "A & <B>", "raspberry-pi-4", List.of(), Map.of(), Map.of());

        Document svg = parsed(Wiring.of(odd).svg(Locale.ENGLISH));
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Wiring: A & <B>");
    }

    private static BoardProfile profile(String name) {
        return BoardProfiles.builtIn(name).orThrow();
    }

    /** Up to 26 parts of any kind on any lines. */
    private static BoardProfile anyBoard(long seed) {
        Random random = new Random(seed);
        Map<String, Pin> inputs = new LinkedHashMap<>();
        Map<String, Pin> outputs = new LinkedHashMap<>();
        int share = 1 + random.nextInt(10);
        for (int bcm = 2; bcm <= 27; bcm++) {
            if (random.nextInt(10) < share) {
                Part part = any(random, Part.values());
                boolean input = part.direction() == Pin.Direction.INPUT;
                Pin.Pull pull = input ? any(random, Pin.Pull.values()) : Pin.Pull.NONE;
                Pin pin = new Pin(
                        "p" + bcm,
                        bcm,
                        PIN_OF_BCM.get(bcm - 2),
                        part.direction(),
                        pull,
                        random.nextBoolean(),
                        false,
                        part);
                (input ? inputs : outputs).put(pin.name(), pin);
            }
        }
        return new BoardProfile("any", "Any board", "raspberry-pi-4", List.of(), inputs, outputs);
    }

    private static <T> T any(Random random, T[] values) {
        return List.of(values).get(random.nextInt(values.length));
    }

    /** The lines that lead from the header to the frames: they alone have four points and begin beside the middle. */
    private static List<List<Point>> wires(String svg) throws Exception {
        List<List<Point>> wires = new ArrayList<>();
        var lines = parsed(svg).getElementsByTagName("polyline");
        for (int i = 0; i < lines.getLength(); i++) {
            List<Point> points = List.of(
                            ((Element) lines.item(i)).getAttribute("points").split(" "))
                    .stream()
                    .map(p -> p.split(","))
                    .map(p -> new Point(Double.parseDouble(p[0]), Double.parseDouble(p[1])))
                    .toList();
            if (points.size() == 4 && Math.abs(points.get(0).x - 138.5) < 10) {
                wires.add(points);
            }
        }
        return wires;
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean meet(List<Point> a, List<Point> b) {
        for (int i = 0; i + 1 < a.size(); i++) {
            for (int j = 0; j + 1 < b.size(); j++) {
                if (overlap(a.get(i).x, a.get(i + 1).x, b.get(j).x, b.get(j + 1).x)
                        && overlap(a.get(i).y, a.get(i + 1).y, b.get(j).y, b.get(j + 1).y)) {
                    return true; // both are across or upright: their boxes are themselves
                }
            }
        }
        return false;
    }

    private static boolean overlap(double a1, double a2, double b1, double b2) {
        return Math.max(Math.min(a1, a2), Math.min(b1, b2)) <= Math.min(Math.max(a1, a2), Math.max(b1, b2));
    }
}

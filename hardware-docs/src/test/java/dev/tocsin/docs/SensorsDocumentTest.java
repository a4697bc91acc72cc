package dev.tocsin.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.board.sensor.Cause;
import dev.tocsin.firmware.board.sensor.SensorType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/sensors.md against the code. */
class SensorsDocumentTest {

    private final String document = Documents.read("docs/sensors.md");

    private List<String> cells(String firstCell) {
        return document.lines()
                .filter(line -> line.startsWith("| `" + firstCell + "` |"))
                .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row for " + firstCell));
    }

    @ParameterizedTest
    @EnumSource
    void a_part_s_row_says_what_its_driver_can(SensorType type) {
        List<String> row = cells(type.text());

        assertThat(row.get(3)).isEqualTo(type.isOnSpi() ? "SPI or I2C" : "I2C");
        int usual = type.addresses().get(0);
        assertThat(row.get(4)).startsWith("0x%02X".formatted(usual));
        for (int address : addresses(row.get(4))) {
            assertThat(type.addresses()).contains(address);
        }
        assertThat(type.addresses())
                .allSatisfy(address -> assertThat(addresses(row.get(4))).contains(address));
        assertThat(row.get(5).replace(" readings", "")).isEqualTo(choices(type.ratesHz(), type.usualRateHz()));
        if (!type.ranges().isEmpty()) {
            assertThat(row.get(6)).startsWith(choices(type.ranges(), type.usualRange()) + " " + type.rangeUnit());
        }
        if (type != SensorType.MCP23017 && type != SensorType.DS3231) {
            assertThat(row.get(7)).isEqualTo(String.join(", ", type.channels()));
        }
    }

    @Test
    void every_trouble_that_can_be_told_is_explained() {
        List<String> explained = document.substring(document.indexOf("| told as |"))
                .lines()
                .filter(line -> line.matches("\\| `[a-z]+` \\|.*"))
                .map(line -> line.split("`", -1)[1])
                .toList();
        assertThat(explained)
                .containsExactlyElementsOf(
                        Stream.of(Cause.values()).map(Cause::text).toList());
    }

    @Test
    void the_profile_in_the_document_can_be_used() {
        Matcher block = Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL).matcher(document);
        assertThat(block.find()).isTrue();
        assertThat(BoardProfiles.parse("sensors.md", block.group(1)).orThrow().sensors())
                .containsOnlyKeys("imu", "edge", "supply", "gates");
    }

    /** All that a cell names, with those in between where it says "to". */
    private static List<Integer> addresses(String cell) {
        Matcher m = Pattern.compile("0x([0-9A-F]{2})(?: to 0x([0-9A-F]{2}))?").matcher(cell);
        return m.results()
                .flatMapToInt(found -> {
                    int first = Integer.parseInt(found.group(1), 16);
                    return IntStream.rangeClosed(
                            first, found.group(2) == null ? first : Integer.parseInt(found.group(2), 16));
                })
                .boxed()
                .toList();
    }

    private static String choices(List<Integer> all, int usual) {
        return all.isEmpty()
                ? "-"
                : all.stream()
                        .map(one -> one == usual ? "**" + one + "**" : String.valueOf(one))
                        .collect(Collectors.joining(", "));
    }
}

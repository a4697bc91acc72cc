package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.app.doctor.Case;
import dev.tocsin.firmware.app.doctor.Doctor;
import dev.tocsin.firmware.app.doctor.Finding;
import dev.tocsin.firmware.app.doctor.Grade;
import dev.tocsin.firmware.app.doctor.LinuxMachine;
import dev.tocsin.firmware.app.doctor.Machine;
import dev.tocsin.firmware.app.doctor.Machine.Access;
import dev.tocsin.firmware.app.doctor.Machine.Reach;
import dev.tocsin.firmware.app.doctor.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every mistake that people make with a board is named, with what to do about it. */
class DoctorTest {

    private static final Path CHIP = Path.of("/dev/gpiochip0");
    private static final Path I2C = Path.of("/dev/i2c-1");

    @TempDir
    private Path folder = Path.of("");

    private final MadeUpMachine machine = new MadeUpMachine();

    /** What can be wrong, how it is seeded, and what the doctor must say. */
    enum Mistake {
        NO_GPIO_GROUP("pins.group", Grade.BROKEN, "sudo adduser tocsin gpio"),
        NO_GPIO("pins.missing", Grade.BROKEN, "stock Raspberry Pi OS"),
        GPIO_OF_ANOTHER_GROUP("pins.denied", Grade.BROKEN, "udev rule"),
        I2C_OFF("buses.off", Grade.BROKEN, "sudo raspi-config nonint do_i2c 0"),
        NO_I2C_GROUP("buses.denied", Grade.BROKEN, "sudo adduser tocsin i2c"),
        PART_NOT_THERE("buses.part", Grade.BROKEN, "SDA and SCL"),
        CLOCK_AT_1970("clock.wrong", Grade.WARNING, "timedatectl set-ntp true"),
        CLOCK_UNKEPT("clock.free", Grade.WARNING, "UDP port 123"),
        CLOCK_BEHIND_THE_CENTRE("clock.behind", Grade.WARNING, "compare with a phone"),
        DISK_FULL("disk.full", Grade.BROKEN, "journalctl --vacuum-size"),
        DISK_READ_ONLY("disk.unwritable", Grade.BROKEN, "worn out"),
        JOURNAL_UNDER_AN_OVERLAY("disk.forgets", Grade.BROKEN, "overlayroot=tmpfs:recurse=0"),
        JOURNAL_IN_MEMORY("disk.forgets", Grade.BROKEN, "a partition of its own"),
        CENTRE_SILENT("centres.silent", Grade.BROKEN, "let UDP through"),
        CENTRE_OF_ANOTHER_AUTHORITY("centres.authority", Grade.BROKEN, "ca.pem"),
        CENTRE_DISBELIEVES_US("centres.certificate", Grade.BROKEN, "enrol school-001/button-1 again"),
        CENTRE_KNOWS_NO_SUCH_DEVICE("centres.refuses", Grade.BROKEN, "claim on its label"),
        CENTRE_WITH_ANOTHER_RECEIPT_KEY("centres.unsigned", Grade.BROKEN, "receipt-keys"),
        ANOTHER_DEVICE_OF_THIS_ID("centres.duplicate", Grade.BROKEN, "a copied card"),
        CARD_COPIED_FROM_ANOTHER("certificates.foreign", Grade.BROKEN, "label of its own"),
        CERTIFICATE_EXPIRED("certificates.expired", Grade.BROKEN, "enrol again"),
        CERTIFICATE_BROKEN("certificates.unreadable", Grade.BROKEN, "copy it again"),
        KEY_UNREADABLE("keys.unreadable", Grade.BROKEN, "sudo chown tocsin:tocsin"),
        KEY_OPEN_TO_ALL("keys.open", Grade.BROKEN, "sudo chmod 600"),
        KEY_NOT_THERE("keys.missing", Grade.BROKEN, "tocsin-firmware enrol --config"),
        NOT_ENROLLED("configuration.unenrolled", Grade.BROKEN, "tocsin-firmware enrol --config"),
        TWO_THINGS_ON_ONE_PIN("configuration.mistake", Grade.BROKEN, "tocsin-firmware check --config"),
        CONFIGURATION_UNREADABLE("configuration.denied", Grade.BROKEN, "sudo chmod 640"),
        NO_NETWORK("network.none", Grade.BROKEN, "check the cable"),
        NO_NAME_SERVER("network.name", Grade.BROKEN, "resolvectl query"),
        HOT("board.hot", Grade.BROKEN, "out of the sun"),
        LOW_SUPPLY("board.supply", Grade.BROKEN, "5.1 V, 3 A"),
        NOT_STARTED("service.none", Grade.WARNING, "systemctl enable --now tocsin"),
        STUCK("service.stale", Grade.BROKEN, "systemctl restart tocsin");

        private final String key;
        private final Grade grade;
        private final String advice;

        Mistake(String key, Grade grade, String advice) {
            this.key = key;
            this.grade = grade;
            this.advice = advice;
        }
    }

    @BeforeEach
    void a_parapet_guard_on_a_board() throws Exception {
        TestConfigs.write(folder, "audible", "journal");
        edit("device.toml", "[board]\nhardware = \"desk\"", "[board]\nprofile = \"parapet-guard\"\nhardware = \"pi\"");
        edit("device.toml", "coaps://127.0.0.1:9", "coaps://192.0.2.10:5684");
    }

    private void seed(Mistake mistake) throws IOException {
        switch (mistake) {
            case NO_GPIO_GROUP -> {
                machine.groups = Set.of("tocsin");
                machine.accesses.put(CHIP, Access.NONE);
            }
            case NO_GPIO -> machine.accesses.put(CHIP, Access.MISSING);
            case GPIO_OF_ANOTHER_GROUP -> machine.accesses.put(CHIP, Access.NONE);
            case I2C_OFF -> machine.accesses.put(I2C, Access.MISSING);
            case NO_I2C_GROUP -> machine.accesses.put(I2C, Access.NONE);
            case PART_NOT_THERE -> machine.partAnswers = false;
            case CLOCK_AT_1970 -> machine.now = Instant.EPOCH;
            case CLOCK_UNKEPT -> machine.synchronised = Optional.of(false);
            case CLOCK_BEHIND_THE_CENTRE ->
                reach(new Reach.Heard(
                        Duration.ofMillis(9), Optional.of(machine.now.plusSeconds(600)), Optional.empty()));
            case DISK_FULL -> machine.freeBytes = 3 << 20;
            case DISK_READ_ONLY -> machine.whyNotWritable = Optional.of("Read-only file system");
            case JOURNAL_UNDER_AN_OVERLAY -> machine.fileSystem = "overlay";
            case JOURNAL_IN_MEMORY -> machine.fileSystem = "tmpfs";
            case CENTRE_SILENT -> reach(new Reach.Silent());
            case CENTRE_OF_ANOTHER_AUTHORITY -> reach(new Reach.NotBelieved("handshake refused: unknown authority"));
            case CENTRE_DISBELIEVES_US -> reach(new Reach.NotBelievedThere("the peer refused: unknown ca"));
            case CENTRE_KNOWS_NO_SUCH_DEVICE -> reach(new Reach.Objected(403, "no such device in the registry"));
            case CENTRE_WITH_ANOTHER_RECEIPT_KEY ->
                reach(new Reach.Heard(Duration.ofMillis(9), Optional.empty(), Optional.empty()));
            case ANOTHER_DEVICE_OF_THIS_ID ->
                reach(new Reach.Heard(
                        Duration.ofMillis(9), Optional.of(machine.now), Optional.of("boots 3 and 4 take turns")));
            case CARD_COPIED_FROM_ANOTHER -> edit("device.toml", "school-001/button-1", "school-001/button-2");
            case CERTIFICATE_EXPIRED -> machine.now = Instant.now().plus(Duration.ofDays(400));
            case CERTIFICATE_BROKEN -> Files.writeString(folder.resolve("ca.pem"), "nothing of the kind");
            case KEY_UNREADABLE -> machine.accesses.put(folder.resolve("alarm-key.pem"), Access.NONE);
            case KEY_OPEN_TO_ALL -> machine.rights.put(folder.resolve("dtls-key.pem"), "rw-r--r--");
            case KEY_NOT_THERE -> Files.delete(folder.resolve("alarm-key.pem"));
            case NOT_ENROLLED -> unenrol();
            case TWO_THINGS_ON_ONE_PIN -> wrongPinMap();
            case CONFIGURATION_UNREADABLE -> machine.accesses.put(config(), Access.NONE);
            case NO_NETWORK -> machine.addresses = List.of();
            case NO_NAME_SERVER -> machine.hostsKnown = false;
            case HOT -> machine.temperatureC = OptionalDouble.of(86);
            case LOW_SUPPLY -> machine.supplyLow = true;
            case NOT_STARTED -> machine.running = Optional.empty();
            case STUCK -> machine.running = Optional.of(new Machine.Running(true, Duration.ofMinutes(5), List.of()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void each_mistake_is_named_with_what_to_do(Mistake mistake) throws IOException {
        seed(mistake);

        List<Finding> found = new ArrayList<>();
        Grade worst = Doctor.look(Case.of(config()), machine, found::add);

        Finding named = found.stream()
                .filter(f -> f.key().equals(mistake.key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not named: " + mistake + ", only " + found));
        assertThat(named.grade()).isEqualTo(mistake.grade);
        assertThat(new Texts(Locale.ENGLISH).advice(named)).contains(mistake.advice);
        assertThat(new Texts(Locale.CHINESE).advice(named)).isNotBlank().isNotEqualTo(mistake.advice);
        assertThat(worst).isGreaterThanOrEqualTo(mistake.grade);
    }

    @Test
    void where_all_is_well_every_line_says_so() {
        List<Finding> found = new ArrayList<>();

        assertThat(Doctor.look(Case.of(config()), machine, found::add)).isEqualTo(Grade.OK);
        assertThat(found).allMatch(f -> f.grade() == Grade.OK);
        assertThat(found.stream().map(Finding::check).distinct())
                .containsExactly(
                        "configuration",
                        "keys",
                        "certificates",
                        "clock",
                        "disk",
                        "board",
                        "pins",
                        "buses",
                        "network",
                        "centres",
                        "service");
    }

    /** A desk forgets what it likes: somebody is playing there. */
    @Test
    void a_journal_in_memory_is_a_warning_only_on_a_desk() throws IOException {
        edit("device.toml", "hardware = \"pi\"", "hardware = \"desk\"");
        seed(Mistake.JOURNAL_IN_MEMORY);
        List<Finding> found = new ArrayList<>();

        assertThat(Doctor.look(Case.of(config()), machine, found::add)).isEqualTo(Grade.WARNING);
        assertThat(found).extracting(Finding::key).contains("disk.forgets").doesNotContain("disk.good");
    }

    @Test
    void this_machine_says_on_what_kind_of_file_system_a_folder_lies() throws IOException {
        LinuxMachine here = new LinuxMachine(config -> Optional.empty());

        assertThat(here.fileSystem(folder.resolve("not/there/yet")))
                .contains(Files.getFileStore(folder).type());
    }

    /** A mistake in the pin map is told with the two things and the line in the profile. */
    @Test
    void a_wrong_pin_map_is_told_with_the_pins_that_meet() throws IOException {
        seed(Mistake.TWO_THINGS_ON_ONE_PIN);
        List<Finding> found = new ArrayList<>();
        Doctor.look(Case.of(config()), machine, found::add);

        assertThat(found)
                .extracting(new Texts(Locale.ENGLISH)::what)
                .anyMatch(text -> text.contains("panic and reset are both on BCM 17"));
    }

    /** Files that enrolment makes are not there yet: no line of the configuration needs mending. */
    @Test
    void a_device_that_is_not_enrolled_yet_is_told_to_enrol_and_not_to_mend_lines() throws IOException {
        seed(Mistake.NOT_ENROLLED);
        List<Finding> found = new ArrayList<>();
        Doctor.look(Case.of(config()), machine, found::add);

        assertThat(found)
                .extracting(Finding::key)
                .contains("configuration.unenrolled", "keys.missing")
                .doesNotContain("configuration.mistake");
    }

    @Test
    void both_languages_say_the_same_with_the_same_values() throws IOException {
        Properties english = texts("doctor.properties");
        Properties chinese = texts("doctor_zh.properties");

        assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(placeholders(chinese, key)).as(key).isEqualTo(placeholders(english, key));
        }
    }

    private static Set<String> placeholders(Properties texts, String key) {
        return Set.copyOf(Pattern.compile("\\{\\d}")
                .matcher(texts.getProperty(key))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList());
    }

    private static Properties texts(String name) throws IOException {
        Properties texts = new Properties();
        try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream(name), name)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return texts;
    }

    private Path config() {
        return folder.resolve("device.toml");
    }

    private void unenrol() throws IOException {
        for (String made : List.of("alarm-key.pem", "dtls-key.pem", "dtls.pem", "ca.pem")) {
            Files.delete(folder.resolve(made));
        }
    }

    private void reach(Reach reach) {
        machine.reach = Optional.of(reach);
    }

    private void wrongPinMap() throws IOException {
        edit("device.toml", "\"parapet-guard\"", "\"mine.toml\"");
        Files.writeString(folder.resolve("mine.toml"), """
                name = "mine"
                title = "Two contacts, one pin"
                model = "raspberry-pi-4"
                [inputs.panic]
                bcm = 17
                header = 11
                pull = "up"
                [inputs.reset]
                bcm = 17
                header = 11
                pull = "up"
                """);
    }

    private void edit(String file, String what, String with) throws IOException {
        Path path = folder.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(what);
        Files.writeString(path, text.replace(what, with));
    }
}

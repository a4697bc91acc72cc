package dev.tocsin.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.TestCentre;
import dev.tocsin.simulator.centre.TestDevice;
import dev.tocsin.simulator.centre.TextFiles;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.sqlite.SqliteLedger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code tocsin centre} and {@code tocsin ledger}, as a person types them. */
final class CentreCommandsTest {

    @TempDir
    Path folder;

    private final TestDevice button = new TestDevice("school-007/button-3");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String config = "";
    private String ledger = "";

    @BeforeEach
    void keepTwoAlarms() {
        TestCentre files = TestCentre.in(folder, button);
        config = files.config().toString();
        ledger = files.ledger().toString();
        keep(button.received(button.panic(1)), button.received(button.panic(2)));
    }

    private void keep(Submission... submissions) {
        try (SqliteLedger opened = switch (SqliteLedger.open(Path.of(ledger), new SystemClock())) {
            case SqliteLedger.Opening.Opened(SqliteLedger l) -> l;
            case SqliteLedger.Opening.Unusable(String why) -> throw new AssertionError(why);
        }) {
            for (Submission submission : submissions) {
                CompletableFuture<Object> done = new CompletableFuture<>();
                opened.submit(submission, done::complete);
                done.join();
            }
        }
    }

    private String id(int sequence) {
        return button.alarmId(sequence).toString();
    }

    private int centre(String... arguments) {
        return run(new CommandLine(new CentreCommand()), arguments);
    }

    private int ledger(String... arguments) {
        return run(new CommandLine(new LedgerCommand()), arguments);
    }

    private int run(CommandLine command, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(arguments);
    }

    @Test
    void a_drill_that_another_centre_holds_is_listed_before_the_alarms_and_verified_with_its_key() throws Exception {
        TestDevice education = new TestDevice("education");
        Instant now = new SystemClock().wallTime().truncatedTo(ChronoUnit.MILLIS);
        DrillNotice notice = new DrillNotice(
                "education", "police", "fire-7", "school-007/*", "", now, now.plusSeconds(600), false, "Zhang");
        keep(new Submission.Notified(
                notice, DrillMessages.sign(notice, education.signer()).bytes()));

        assertThat(centre("list", "--config", config)).isEqualTo(Exit.OK);
        assertThat(out.toString().lines())
                .hasSize(3)
                .first()
                .asString()
                .contains("DRILL_NOTICE  school-007/*  by Zhang");

        assertThat(ledger("verify", "--config", config)).isEqualTo(Exit.OK);
        assertThat(out.toString()).contains("2 signatures verified, 1 not");
        TextFiles.write(folder.resolve("education.pem"), education.publicPem());
        TextFiles.write(
                Path.of(config),
                Files.readString(Path.of(config)) + "notices-from: {education: {keys: [education.pem]}}\n");
        assertThat(ledger("verify", "--config", config)).isEqualTo(Exit.OK);
        assertThat(out.toString()).contains("3 signatures verified, 0 not");
    }

    @Test
    void open_alarms_are_listed_with_who_accepted_them() {
        assertThat(centre("accept", id(1), "--by", "Li Na", "--config", config)).isEqualTo(Exit.OK);
        assertThat(out.toString()).contains("ACCEPTED").contains("by Li Na");

        assertThat(centre("list", "--config", config)).isEqualTo(Exit.OK);
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains(id(2)).endsWith("NOT ACCEPTED"),
                        line -> assertThat(line).contains(id(1)).endsWith("accepted by Li Na"));
    }

    @Test
    void the_configuration_may_stand_before_the_subcommand_and_the_ledger_be_named_instead() {
        assertThat(centre("--config", config, "list")).isEqualTo(Exit.OK);
        assertThat(centre("list", "--ledger", ledger)).isEqualTo(Exit.OK);
        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void accepting_twice_names_the_first() {
        centre("accept", id(1), "--by", "Li Na", "--config", config);

        assertThat(centre("accept", id(1), "--by", "Wang", "--config", config)).isEqualTo(Exit.OK);
        assertThat(out.toString()).startsWith("already so: ").contains("by Li Na");
    }

    @Test
    void a_closed_alarm_is_not_open_any_more() {
        assertThat(close()).isEqualTo(Exit.OK);
        assertThat(out.toString()).contains("CLOSED").contains("false; leant on it");

        centre("list", "--config", config);
        assertThat(out.toString()).doesNotContain(id(1)).contains(id(2));
    }

    private int close() {
        return centre("close", id(1), "--as", "false", "--why", "leant on it", "--by", "Li", "--config", config);
    }

    @Test
    void a_closed_alarm_cannot_be_accepted_any_more() {
        close();
        assertThat(centre("accept", id(1), "--by", "Wang", "--config", config)).isEqualTo(Exit.INVALID);
        assertThat(err.toString()).startsWith("already closed: ").contains("by Li");
    }

    @Test
    void whoever_looks_is_told_that_the_key_was_turned_and_which_device_is_silent() {
        keep(
                button.received(button.about(button.alarmId(1), 3, AlarmState.RESTORED)),
                new Submission.Silence(button.id(), "no sign for 200 s"));
        assertThat(centre("list", "--config", config)).isEqualTo(Exit.OK);
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("OFFLINE  " + button.id()),
                        line -> assertThat(line).contains(id(2)).doesNotContain("reset"),
                        line -> assertThat(line).contains(id(1)).contains("reset on the spot at "));
    }

    @Test
    void a_fault_that_is_right_again_says_so() {
        keep(
                button.received(button.fault(4, AlarmState.RAISED, "supply: low")),
                button.received(button.fault(5, AlarmState.RAISED, "clock: wrong")),
                button.received(button.fault(6, AlarmState.RESTORED, "supply: low")));
        centre("list", "--config", config);
        assertThat(out.toString().lines().filter(line -> line.contains("right again")))
                .singleElement()
                .asString()
                .contains("supply: low");
    }

    private void holdsDrills() throws IOException {
        TextFiles.write(Path.of(config), Files.readString(Path.of(config)) + "drills: true\n");
    }

    @Test
    void a_drill_that_can_have_no_effect_is_refused() throws IOException {
        assertThat(centre("drill", "--devices", "*", "--for", "15m", "--by", "Zhang", "--config", config))
                .isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("this centre holds no drills");
        holdsDrills();
        assertThat(centre("drill", "--devices", "nosuch-*", "--for", "15m", "--by", "Zhang", "--config", config))
                .isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("no device of the registry matches 'nosuch-*'");
        assertThat(centre("drill", "--devices", "*", "--for", "15m", "--by", "Zhang", "--ledger", ledger))
                .isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("--config");
        assertThat(centre("drill", "--devices", "*", "--for", "0s", "--by", "Zhang", "--config", config))
                .isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("--for is out of range");

        centre("drill", "list", "--config", config);
        assertThat(out.toString()).contains("no drill runs or is to come");
    }

    @Test
    void a_drill_is_listed_until_it_is_ended() throws IOException {
        holdsDrills();
        centre("drill", "--devices", "*", "--for", "15m", "--by", "Zhang", "--config", config);
        assertThat(out.toString()).contains("for 1 device of the registry");
        String name = out.toString().replaceFirst("(?s).*- drill (\\S+) from.*", "$1");
        centre("drill", "list", "--config", config);
        assertThat(out.toString()).contains(name).contains("  runs");
        centre("list", "--config", config);
        assertThat(out.toString()).contains(name);
        centre("drill", "end", name, "--by", "Li", "--config", config);
        centre("drill", "list", "--config", config);
        assertThat(out.toString()).contains("no drill runs or is to come");
    }

    @Test
    void a_drill_is_ordered_and_ended_by_its_name() throws IOException {
        holdsDrills();
        assertThat(centre(
                        "drill",
                        "--devices",
                        "school-007/*",
                        "--for",
                        "15m",
                        "--in",
                        "5m",
                        "--by",
                        "Zhang",
                        "--at",
                        "building B",
                        "--config",
                        config))
                .isEqualTo(Exit.OK);
        assertThat(out.toString())
                .contains("DRILL_BEGUN")
                .contains("school-007/*")
                .contains("at building B");
        String name = out.toString().replaceFirst("(?s).*- drill (\\S+) from.*", "$1");

        assertThat(centre("drill", "end", name, "--by", "Li", "--config", config))
                .isEqualTo(Exit.OK);
        assertThat(out.toString()).contains("DRILL_ENDED").contains(name).contains("by Li");
        assertThat(centre("drill", "end", "no-such", "--by", "Li", "--config", config))
                .isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("no drill no-such");
    }

    @Test
    void a_drill_that_no_device_would_believe_is_not_ordered() {
        assertThat(centre("drill", "--devices", "*", "--for", "3h", "--by", "Zhang", "--config", config))
                .isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("more than 2h");
        assertThat(centre("drill", "--devices", "*", "--for", "1h", "--in", "61m", "--by", "Z", "--config", config))
                .isEqualTo(Exit.INVALID);
        assertThat(centre("drill", "--for", "1h", "--config", config)).isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("needs --devices");
    }

    @Test
    void what_cannot_be_used_is_told_and_ends_with_two() {
        assertThat(centre("accept", "nonsense", "--by", "Li Na", "--config", config))
                .isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("'nonsense' is no alarm id");

        assertThat(centre("accept", id(9), "--by", "Li Na", "--config", config)).isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("no alarm " + id(9));

        assertThat(centre("accept", id(1), "--config", config)).isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("--by");
        assertThat(centre("close", id(1), "--as", "real", "--why", "x", "--config", config))
                .isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("--by");

        assertThat(centre("close", id(1), "--as", "maybe", "--why", "x", "--by", "Li", "--config", config))
                .isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("real, false, test");

        assertThat(centre("list", "--ledger", folder.resolve("none.db").toString()))
                .isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("there is no ledger file");

        assertThat(centre("list", "--ledger", ledger, "--config", config)).isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("exclude each other");

        assertThat(centre()).isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("centre.yaml: no such file");
    }

    @Test
    void a_wrong_configuration_is_told_with_file_and_line() {
        TextFiles.write(Path.of(config), "id: police\nlisten: coaps://127.0.0.1:0\nport: 5\n");

        assertThat(centre("--config", config)).isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains(config + ":3:1: unknown key port");
    }

    @Test
    void a_sound_ledger_is_verified_with_its_signatures() {
        assertThat(ledger("verify", "--config", config)).isEqualTo(Exit.OK);
        assertThat(out.toString()).startsWith("sound: 2 entries").contains("2 signatures verified, 0 not");

        assertThat(ledger("verify", "--ledger", ledger)).isEqualTo(Exit.OK);
        assertThat(out.toString()).contains("0 signatures verified, 2 not");
    }

    @Test
    void a_changed_ledger_is_found() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
                var statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER entries_never_UPDATE");
            statement.execute("UPDATE entries SET mode = 'TEST' WHERE number = 2");
        }

        assertThat(ledger("verify", "--ledger", ledger)).isEqualTo(Exit.VIOLATED);
        assertThat(out.toString()).startsWith("broken: entry 2: ");
    }

    @Test
    void entries_are_shown() {
        assertThat(ledger("show", "--ledger", ledger, "--from", "2")).isEqualTo(Exit.OK);
        assertThat(out.toString().lines()).singleElement().asString().startsWith("#2 ");

        assertThat(ledger("show", "--ledger", ledger, "--alarm", id(1))).isEqualTo(Exit.OK);
        assertThat(out.toString().lines()).singleElement().asString().startsWith("#1 ");
    }

    @Test
    void every_command_explains_itself() {
        assertThat(centre("--help")).isEqualTo(Exit.OK);
        assertThat(out.toString()).contains("--config", "accept", "close", "list", "Examples:");
        assertThat(centre("close", "--help")).isEqualTo(Exit.OK);
        assertThat(out.toString()).contains("real|false|test");
        assertThat(ledger("verify", "--help")).isEqualTo(Exit.OK);
        assertThat(ledger()).isEqualTo(Exit.INVALID);
    }

    @Test
    void what_goes_on_record_is_not_empty() {
        assertThat(centre("accept", id(1), "--by", " ", "--config", config)).isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("--by is empty");
        assertThat(centre("close", id(1), "--as", "real", "--why", "", "--by", "Li", "--config", config))
                .isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("--why is empty");
    }

    @Test
    void a_limit_below_one_is_refused() {
        assertThat(centre("list", "--limit", "0", "--config", config)).isEqualTo(Exit.INVALID);
        assertThat(ledger("show", "--limit", "-3", "--ledger", ledger)).isEqualTo(Exit.INVALID);
    }

    @Test
    void an_entry_that_cannot_be_read_is_told_without_a_trace() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
                var statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER entries_never_UPDATE");
            statement.execute("UPDATE entries SET mode = 'NONE' WHERE number = 2");
        }
        assertThat(centre("list", "--ledger", ledger)).isEqualTo(Exit.VIOLATED);
        assertThat(err.toString()).contains("entry 2 cannot be read").contains("tocsin ledger verify");
    }
}

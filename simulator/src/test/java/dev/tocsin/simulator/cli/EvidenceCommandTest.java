package dev.tocsin.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.EvidenceMessages;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.sdk.testkit.TestEvidence;
import dev.tocsin.simulator.centre.TestCentre;
import dev.tocsin.simulator.centre.TestDevice;
import dev.tocsin.simulator.centre.evidence.EvidenceStore;
import dev.tocsin.simulator.centre.sqlite.SqliteEvidence;
import dev.tocsin.simulator.centre.sqlite.SqliteLedger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code tocsin centre evidence}, as a person types it. */
final class EvidenceCommandTest {

    @TempDir
    Path folder;

    private final TestDevice rail = new TestDevice("school-007/rail-1");
    private final TestDevice impostor = new TestDevice("school-007/rail-1");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AlarmId alarm = rail.alarmId(1);
    private final Bytes envelope = rail.sign(rail.panic(1));
    private String config = "";
    private Path ledger = Path.of("");

    @BeforeEach
    void keepAnAlarm() {
        TestCentre files = TestCentre.in(folder, rail);
        config = files.config().toString();
        ledger = files.ledger();
        if (!(SqliteLedger.open(ledger, new SystemClock()) instanceof SqliteLedger.Opening.Opened(SqliteLedger l))) {
            throw new AssertionError("no ledger");
        }
        try (l) {
            CompletableFuture<Object> done = new CompletableFuture<>();
            l.submit(rail.received(rail.panic(1)), done::complete);
            done.join();
        }
    }

    private void keep(TestDevice by) {
        if (!(SqliteEvidence.open(SqliteEvidence.beside(ledger), new SystemClock())
                instanceof SqliteEvidence.Opening.Opened(SqliteEvidence store))) {
            throw new AssertionError("no store");
        }
        try (store) {
            CompletableFuture<EvidenceStore.Outcome> done = new CompletableFuture<>();
            store.keep(
                    alarm,
                    EvidenceMessages.sign(TestEvidence.small(alarm, envelope), by.signer())
                            .bytes(),
                    done::complete);
            done.join();
        }
    }

    private int evidence(String... arguments) {
        String[] all = new String[arguments.length + 4];
        all[0] = "evidence";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = alarm.toString();
        all[arguments.length + 2] = "--config";
        all[arguments.length + 3] = config;
        return new CommandLine(new CentreCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }

    @Test
    void it_is_shown_with_its_range_and_whether_the_device_signed_it() {
        keep(rail);
        assertThat(evidence()).isEqualTo(Exit.OK);
        assertThat(out.toString().lines().toList())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("waist: 3 samples over 0.010 s, received "),
                        up -> assertThat(up).isEqualTo("  up: -0.003 to 32.767 g"),
                        wet -> assertThat(wet).isEqualTo("  wet: 0 to 1"),
                        last -> assertThat(last).startsWith("  SHA-256 ").endsWith(", signature verified"));
    }

    @Test
    void its_samples_come_as_csv_from_the_moment_of_the_decision_on() throws IOException {
        keep(rail);
        Path csv = folder.resolve("rail.csv");
        assertThat(evidence("--csv", csv.toString())).isEqualTo(Exit.OK);
        assertThat(Files.readAllLines(csv))
                .containsExactly("t_s,up [g],wet", "4.999998,1.002,0", "5.004998,32.767,1", "5.010123,-0.003,");
    }

    @Test
    void a_wrong_signature_is_told_and_nothing_is_exported() {
        keep(impostor);
        Path csv = folder.resolve("rail.csv");
        assertThat(evidence("--csv", csv.toString())).isEqualTo(Exit.VIOLATED);
        assertThat(out.toString()).contains("SIGNATURE WRONG");
        assertThat(csv).doesNotExist();
    }

    @Test
    void what_is_not_there_is_said_with_what_could_be() {
        assertThat(evidence()).isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("police.db.evidence: no such file");
        keep(rail);
        assertThat(evidence("--sensor", "wrist")).isEqualTo(Exit.INVALID);
        assertThat(err.toString()).contains("no evidence of this alarm from sensor wrist");
    }
}

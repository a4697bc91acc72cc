package dev.tocsin.simulator.centre.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.centre.HandTime;
import dev.tocsin.simulator.centre.evidence.EvidenceStore;
import dev.tocsin.simulator.centre.evidence.EvidenceStore.Outcome;
import dev.tocsin.simulator.centre.evidence.EvidenceStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteEvidenceTest extends EvidenceStoreContract {

    private static final AlarmId ALARM = new AlarmId("school-007/rail-1", 1, 7, 1);

    @TempDir
    Path folder;

    private SqliteEvidence store = unopened();

    @BeforeEach
    void open() {
        store = switch (SqliteEvidence.open(folder.resolve("police.db.evidence"), new HandTime())) {
            case SqliteEvidence.Opening.Opened(SqliteEvidence opened) -> opened;
            case SqliteEvidence.Opening.Unusable(String why) -> throw new AssertionError(why);
        };
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected EvidenceStore store() {
        return store;
    }

    private Outcome keep(Bytes envelope) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        store.keep(ALARM, envelope, outcome::complete);
        return outcome.join();
    }

    @Test
    void what_was_kept_is_there_after_a_restart_with_its_time() {
        keep(Bytes.ofHex("0102"));
        EvidenceStore.Piece before = store.of(ALARM).getFirst();
        store.close();
        open();
        assertThat(store.of(ALARM)).containsExactly(before);
    }

    @Test
    void a_closed_store_says_that_it_keeps_nothing() {
        store.close();
        assertThat(keep(Bytes.ofHex("0102"))).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void somebody_else_s_file_is_left_alone() throws IOException {
        Path other = folder.resolve("other");
        Files.writeString(other, "not a database, and longer than the header of one would be: ".repeat(20));
        assertThat(SqliteEvidence.open(other, new HandTime())).isInstanceOf(SqliteEvidence.Opening.Unusable.class);
        assertThat(Files.readString(other)).startsWith("not a database");
        assertThat(SqliteEvidence.openExisting(folder.resolve("nowhere"), new HandTime()))
                .isInstanceOf(SqliteEvidence.Opening.Unusable.class);
    }

    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // set before each test
    private static SqliteEvidence unopened() {
        return null;
    }
}

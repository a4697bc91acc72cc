package dev.tocsin.simulator.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.EnrolmentClaim;
import dev.tocsin.sdk.system.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardCentresTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void both_centres_listen_one_enrols_and_the_board_is_given_no_secret_but_its_label() throws IOException {
        try (BoardCentres centres = BoardCentres.start(folder, new SystemClock(), (centre, entry) -> {})) {
            assertThat(centres.servers().keySet()).containsExactlyElementsOf(BoardCentres.CENTRES);
            assertThat(centres.servers().values())
                    .filteredOn(server -> server.enrolmentAddress().isPresent())
                    .hasSize(1);
            try (var files = Files.list(centres.seed())) {
                assertThat(files.map(f -> f.getFileName().toString()))
                        .containsExactlyInAnyOrder(
                                "claim",
                                "device.toml",
                                "emulated-board.toml",
                                "police-receipts.pem",
                                "education-receipts.pem");
            }
            String claim = Files.readString(centres.seed().resolve("claim")).strip();
            assertThat(EnrolmentClaim.parse(claim))
                    .isInstanceOfSatisfying(
                            EnrolmentClaim.Reading.Read.class,
                            read -> assertThat(read.claim().device()).isEqualTo(BoardCentres.DEVICE));
            assertThat(Files.readString(centres.seed().resolve("police-receipts.pem")))
                    .contains("PUBLIC KEY");
        }
    }
}

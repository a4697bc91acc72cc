package dev.tocsin.simulator.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tocsin.sdk.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorEvaluationTest {

    /** RFC 8152, appendix C.2.1: its signature, and the same with the last byte of the payload changed. */
    private static final String SIGN1 = """
            {"fail": %b, "input": {"sign0": {"alg": "ES256", "protected": {"alg": "ES256"}, "key": {"kty": "EC",
              "crv": "P-256", "x": "usWxHK2PmfnHKwXPS54m0kTcGJ90UiglWiGahtagnv8",
              "y": "IBOL-C3BttVivg-lSreASjpkttcsz-1rb7btKLv8EX4"}}},
             "output": {"cbor": "D28443A10126A10442313154546869732069732074686520636F6E74656E742%s58408EB33E4CA31D1C465\
            AB05AAC34CC6B23D58FEF5C083106C4D25A91AEF0B0117E2AF9A291AA32E14AB834DC56ED2A223444547E01F11D3B0916E5A4C345CACB36"}}
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void every_published_vector_comes_out_as_it_is_marked_or_for_a_named_reason() {
        Path data = SharedData.orSkip("vectors");
        assertThat(VectorEvaluation.of(data))
                .asInstanceOf(type(VectorEvaluation.Outcome.Tried.class))
                .satisfies(tried -> {
                    List<VectorFile> files = tried.evaluation().files();
                    assertThat(files).flatExtracting(VectorFile::unexplained).isEmpty();
                    assertThat(files).allMatch(f -> f.accepted() + f.rejected() > 0);
                    assertThat(files.stream().limit(3))
                            .allMatch(f -> f.deviations().isEmpty());
                    assertThat(tried.evaluation().held()).isTrue();
                });
    }

    @Test
    void a_cose_example_is_accepted_and_its_changed_copy_is_not() throws IOException {
        Files.writeString(folder.resolve("pass.json"), SIGN1.formatted(false, "E"));
        Files.writeString(folder.resolve("fail.json"), SIGN1.formatted(true, "F"));
        VectorFile file = CoseVectors.read("cose", folder);
        assertThat(file.accepted()).isEqualTo(1);
        assertThat(file.rejected()).isEqualTo(1);
        assertThat(file.unexplained()).isEmpty();
    }

    @Test
    void what_is_marked_otherwise_than_it_comes_out_is_named() throws IOException {
        Files.writeString(folder.resolve("pass.json"), SIGN1.formatted(true, "E"));
        Files.writeString(folder.resolve("fail.json"), SIGN1.formatted(false, "F"));
        assertThat(CoseVectors.read("cose", folder).unexplained())
                .containsExactly("fail.json: marked valid, and refused", "pass.json: marked invalid, and accepted");
    }

    @Test
    void a_reason_to_refuse_does_not_excuse_accepting() {
        Vector vector = new Vector("tcId 1", true, Optional.of("another curve"), true);
        VectorFile file = new VectorFile("x", "", List.of(vector));
        assertThat(file.unexplained()).containsExactly("tcId 1: accepted, though another curve");
        assertThat(new VectorEvaluation(List.of(file)).held()).isFalse();
    }

    /** The first example of GM/T 0004, and a wrong one. */
    @Test
    void a_hash_that_comes_out_otherwise_is_named_with_its_line() throws IOException {
        Path file = Files.writeString(folder.resolve("sm3.vec"), """
                [SM3]
                # abc
                In = 616263
                Out = 66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0
                In = 616264
                Out = 66C7F0F462EEEDD9D1F2D46BDC10E4E24167C4875CF2F7A2297DA02B8F4BA8E0
                """);
        VectorFile tried = BotanVectors.sm3("sm3.vec", file);
        assertThat(tried.accepted()).isEqualTo(1);
        assertThat(tried.unexplained()).containsExactly("line 6: marked valid, and refused");
    }

    @Test
    void a_folder_that_lacks_a_file_is_refused_with_its_name() {
        assertThat(VectorEvaluation.of(folder))
                .asInstanceOf(type(VectorEvaluation.Outcome.Unusable.class))
                .satisfies(bad -> assertThat(bad.why())
                        .contains("ed25519_test.json cannot be read: no such file; the folder must hold"));
    }
}

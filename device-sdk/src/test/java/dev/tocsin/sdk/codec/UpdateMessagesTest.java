package dev.tocsin.sdk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.model.UpdatePhase;
import dev.tocsin.sdk.model.UpdateReport;
import dev.tocsin.sdk.testkit.TestKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpdateMessagesTest {

    private static final Bytes VENDOR = UpdateManifest.Ids.vendor("example.com");

    private static UpdateManifest manifest(String centre, String text, Map<String, ProgramVersion> needs) {
        return new UpdateManifest(
                centre,
                Long.MAX_VALUE,
                VENDOR,
                UpdateManifest.Ids.deviceClass(VENDOR, "button/arm"),
                new ProgramVersion("2.0.0-rc.1"),
                Bytes.ofHex("ab".repeat(32)),
                UpdateManifest.MAX_PAYLOAD_BYTES,
                true,
                Optional.of(new ProgramVersion("1.9")),
                Optional.of(Bytes.ofHex("cd".repeat(32))),
                needs,
                text);
    }

    @Test
    void a_manifest_comes_back_as_it_was() {
        UpdateManifest m = manifest("education", "new: a quieter lamp", Map.of("java", new ProgramVersion("25")));
        SignedEnvelope signed = UpdateMessages.sign(m, TestKeys.signer("education"));
        SignedEnvelope read = SignedEnvelope.read(signed.bytes()).orThrow();
        assertThat(read.isSignedBy(TestKeys.verifier("education"))).isTrue();
        assertThat(UpdateMessages.readManifest(read)).isEqualTo(new Decoded.Ok<>(m));
    }

    @Test
    void the_largest_manifest_fits_into_an_envelope() {
        Map<String, ProgramVersion> needs = new TreeMap<>();
        for (int i = 0; i < UpdateManifest.MAX_NEEDS; i++) {
            needs.put(i + "n".repeat(UpdateManifest.MAX_NAME_BYTES - 1), new ProgramVersion("1.2.3"));
        }
        UpdateManifest m =
                manifest("c".repeat(UpdateManifest.MAX_NAME_BYTES), "t".repeat(UpdateManifest.MAX_TEXT_BYTES), needs);
        Bytes bytes = UpdateMessages.sign(m, TestKeys.signer("education")).bytes();
        assertThat(SignedEnvelope.read(bytes)).isInstanceOf(Decoded.Ok.class);
    }

    @Test
    void another_kind_of_message_is_no_manifest() {
        SignedEnvelope order = SignedEnvelope.sign(MessageType.ORDER, new byte[0], TestKeys.signer("education"));
        assertThat(UpdateMessages.readManifest(order)).isInstanceOf(Decoded.Malformed.class);
        SignedEnvelope empty = SignedEnvelope.sign(MessageType.MANIFEST, new byte[0], TestKeys.signer("education"));
        assertThat(UpdateMessages.readManifest(empty)).isInstanceOf(Decoded.Malformed.class);
    }

    @ParameterizedTest
    @EnumSource
    void a_report_comes_back_as_it_was(UpdatePhase phase) {
        UpdateReport r = new UpdateReport(
                "school-007/button-3",
                VENDOR,
                UpdateManifest.Ids.deviceClass(VENDOR, "button/arm"),
                new ProgramVersion("1.9"),
                phase,
                17,
                4_096,
                "why");
        assertThat(UpdateMessages.readReport(UpdateMessages.write(r))).isEqualTo(new Decoded.Ok<>(r));
    }

    @Test
    void names_are_uuids_of_version_5() {
        // RFC 9562, appendix A.4: the DNS name www.example.com
        assertThat(UpdateManifest.Ids.vendor("www.example.com").hex()).isEqualTo("2ed6657de927568b95e12665a8aea6a2");
    }

    @Test
    void versions_are_ordered_as_people_mean_them() {
        List<String> inOrder = List.of("0.9", "1.0-rc.1", "1.0-rc.2", "1.0", "1.0.1", "1.2", "1.10", "2");
        for (int i = 1; i < inOrder.size(); i++) {
            assertThat(new ProgramVersion(inOrder.get(i - 1)))
                    .as(inOrder.get(i))
                    .isLessThan(new ProgramVersion(inOrder.get(i)));
        }
        assertThat(new ProgramVersion("1.0")).isEqualByComparingTo(new ProgramVersion("1"));
    }
}

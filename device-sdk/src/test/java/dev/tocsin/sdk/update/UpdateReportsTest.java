package dev.tocsin.sdk.update;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.UpdateMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.model.UpdatePhase;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.testkit.TestKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a device tells of its program, and what it does with the answer. */
class UpdateReportsTest {

    private static final Transport.Outcome NOBODY = new Transport.Outcome.NoAnswer(5);
    private static final Transport.Outcome NOTHING = answer(204, Bytes.EMPTY);

    private final UpdateRig rig = new UpdateRig().boot();
    private final List<String> posts = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    private static Transport.Outcome answer(int code, Bytes payload) {
        return new Transport.Outcome.Answered(code, payload, Duration.ofMillis(10), 1);
    }

    /** A centre with two addresses. */
    private void report(Function<String, Transport.Outcome> centre) {
        Transport transport = new Transport() {
            @Override
            public void serve(PushHandler handler) {}

            @Override
            public Timers.Cancellable post(Post post, ExchangeListener listener) {
                posts.add(post.to());
                return rig.life.schedule(1, () -> listener.ended(centre.apply(post.to())));
            }

            @Override
            public void close() {}
        };
        UpdateReports reports = new UpdateReports(
                rig.updates(),
                List.of(new UpdateCentre(
                        "education",
                        List.of("coaps://first", "coaps://second"),
                        List.of(TestKeys.verifier("education")))),
                transport,
                rig.life,
                Duration.ofHours(1),
                new UpdateReports.Listener() {
                    @Override
                    public void refused(String why) {
                        heard.add("refused: " + why);
                    }

                    @Override
                    public void heard() {
                        heard.add("heard");
                    }
                });
        rig.time.advance(Duration.ofSeconds(30));
        reports.stop();
    }

    @Test
    void where_the_first_address_does_not_answer_the_next_is_told() {
        report(to -> to.equals("coaps://first") ? NOBODY : NOTHING);
        assertThat(posts).containsExactly("coaps://first", "coaps://second");
        assertThat(heard).containsExactly("heard");
    }

    @Test
    void a_manifest_in_the_answer_is_taken() {
        UpdateManifest m = rig.serve(1, "1.1", 5000);
        report(to -> answer(205, UpdateRig.signed(m).bytes()));
        assertThat(heard).isEmpty();
        assertThat(rig.updates().report().phase()).isNotEqualTo(UpdatePhase.IDLE);
    }

    @Test
    void an_older_version_is_refused_with_the_reason() {
        UpdateManifest older = UpdateRig.manifest(1, "0.9", UpdateRig.program("0.9", 100));
        report(to -> answer(205, UpdateRig.signed(older).bytes()));
        assertThat(heard)
                .containsExactly("refused: version 0.9 is older than 1.0, which runs, and no downgrade was ordered");
        assertThat(rig.updates().report().phase()).isEqualTo(UpdatePhase.REFUSED);
    }

    @Test
    void another_architecture_is_refused_with_the_reason() {
        UpdateManifest good = UpdateRig.manifest(1, "1.1", UpdateRig.program("1.1", 100));
        UpdateManifest other = new UpdateManifest(
                good.centre(),
                1,
                good.vendor(),
                UpdateManifest.Ids.deviceClass(good.vendor(), "tocsin-firmware/amd64"),
                good.version(),
                good.payloadSha256(),
                good.payloadBytes(),
                false,
                Optional.empty(),
                Optional.empty(),
                good.needs(),
                "");
        report(to -> answer(205, UpdateRig.signed(other).bytes()));
        assertThat(heard).containsExactly("refused: it is for another class of device or another architecture");
    }

    @Test
    void what_a_stranger_signed_and_what_is_no_manifest_is_refused_and_changes_nothing() {
        UpdateManifest good = UpdateRig.manifest(1, "1.1", UpdateRig.program("1.1", 100));
        report(to -> answer(
                205, UpdateMessages.sign(good, TestKeys.signer("somebody")).bytes()));
        report(to -> answer(205, Bytes.copyOf("what is this".getBytes(UTF_8))));
        assertThat(heard).hasSize(2);
        assertThat(heard.get(0)).isEqualTo("refused: it is not signed by a key that may update this device");
        assertThat(heard.get(1)).startsWith("refused: what a centre offers is no signed manifest");
        assertThat(rig.updates().report().phase()).isEqualTo(UpdatePhase.IDLE);
    }
}

package dev.tocsin.simulator.emulated;

import dev.tocsin.sdk.codec.UpdateMessages;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.config.CentreConfig;
import dev.tocsin.simulator.centre.rollout.Progress;
import dev.tocsin.simulator.centre.rollout.Rollout;
import dev.tocsin.simulator.centre.sqlite.SqliteRollouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rolls programs out to an emulated board as {@code tocsin package sign} and {@code tocsin rollout start} do, beside the
 * running centre. Used by one thread; blocks.
 */
final class BoardRollout implements AutoCloseable {

    private static final String VENDOR = "tocsin.dev";
    private static final String CLASS = "tocsin-firmware/aarch64";
    private static final int TO_ALL = 100;

    private final CentreConfig centre;
    private final SqliteRollouts rollouts;
    private final Clock clock;

    private BoardRollout(CentreConfig centre, SqliteRollouts rollouts, Clock clock) {
        this.centre = centre;
        this.rollouts = rollouts;
        this.clock = clock;
    }

    /**
     * Works beside the centre that has this configuration.
     *
     * @throws IOException if that or its rollouts cannot be had
     */
    static BoardRollout beside(Path config, Clock clock) throws IOException {
        return switch (CentreConfig.load(config)) {
            case Loaded.Bad<CentreConfig>(var problems) -> throw new IOException(problems.toString());
            case Loaded.Ok<CentreConfig>(CentreConfig centre) ->
                new BoardRollout(
                        centre,
                        SqliteRollouts.open(SqliteRollouts.beside(centre.files().ledger())),
                        clock);
        };
    }

    /** Signs a program, and offers it to every device; the first failure stops it. */
    void start(Path program, String version, long sequence) throws IOException {
        Bytes payload = Bytes.wrap(Files.readAllBytes(program));
        Bytes owner = UpdateManifest.Ids.vendor(VENDOR);
        UpdateManifest manifest = new UpdateManifest(
                centre.settings().id(),
                sequence,
                owner,
                UpdateManifest.Ids.deviceClass(owner, CLASS),
                new ProgramVersion(version),
                payload.sha256(),
                payload.size(),
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                "");
        Path folder =
                Files.createDirectories(SqliteRollouts.payloads(centre.files().ledger()));
        Files.write(folder.resolve(payload.sha256().hex()), payload.toArray());
        rollouts.begin(new Rollout(
                sequence,
                version,
                UpdateMessages.sign(manifest, centre.signer()).bytes(),
                payload.sha256(),
                "*",
                List.of(TO_ALL),
                1,
                "walk",
                clock.wallTime(),
                Rollout.State.RUNNING,
                0,
                ""));
    }

    /** What the board has told the centre of one; empty if nothing. */
    Optional<Progress> told(long sequence) {
        return rollouts.progress(sequence).stream()
                .filter(p -> p.device().equals(BoardCentres.DEVICE))
                .findFirst();
    }

    @Override
    public void close() {
        rollouts.close();
    }
}

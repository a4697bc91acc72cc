package dev.tocsin.sdk.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.codec.UpdateMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.Slot;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.port.Slots;
import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.testkit.MemoryStorage;
import dev.tocsin.sdk.testkit.TestKeys;
import dev.tocsin.sdk.testkit.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A device with two slots, its launcher, and a centre that serves payloads. */
final class UpdateRig implements UpdateListener {

    static final Bytes VENDOR = UpdateManifest.Ids.TOCSIN;
    static final Bytes CLASS = UpdateManifest.Ids.deviceClass(VENDOR, "tocsin-firmware/aarch64");
    static final UpdateSettings SETTINGS =
            new UpdateSettings(1024, Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(15));

    final VirtualTime time = new VirtualTime();
    final ScriptedSource source = new ScriptedSource(time);
    final List<String> faults = new ArrayList<>();
    final List<String> news = new ArrayList<>();
    final List<String> restarts = new ArrayList<>();
    VirtualTime.Life life = time.life();
    MemoryStorage medium = new MemoryStorage(life);
    List<UpdateCentre> centres =
            List.of(new UpdateCentre("education", "coaps://education", TestKeys.verifier("education")));
    Slot running = Slot.PACKAGED;
    ProgramVersion version = new ProgramVersion("1.0");

    @Nullable
    Updates updates;

    /** Deterministic bytes that are the program of that version. */
    static byte[] program(String version, int size) {
        byte[] bytes = new byte[size];
        new Random(version.hashCode()).nextBytes(bytes);
        return bytes;
    }

    static UpdateManifest manifest(long sequence, String version, byte[] payload) {
        return new UpdateManifest(
                "education",
                sequence,
                VENDOR,
                CLASS,
                new ProgramVersion(version),
                Bytes.copyOf(payload).sha256(),
                payload.length,
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                "");
    }

    static SignedEnvelope signed(UpdateManifest manifest) {
        return UpdateMessages.sign(manifest, TestKeys.signer("education"));
    }

    UpdateManifest serve(long sequence, String programVersion, int size) {
        byte[] payload = program(programVersion, size);
        UpdateManifest m = manifest(sequence, programVersion, payload);
        source.serve(m.payloadSha256(), payload);
        return m;
    }

    Updates updates() {
        if (updates == null) {
            throw new IllegalStateException("not booted");
        }
        return updates;
    }

    /** What a launcher does: chooses, counts the try, starts. What it starts must be whole. */
    UpdateRig boot() {
        running = launch();
        try {
            Storage boot = new PartOfMedium(medium, "boot/");
            BootState state = BootRecords.open(boot).state();
            version = state.trial()
                    .filter(t -> t.slot() == running)
                    .or(state::confirmed)
                    .filter(p -> p.slot() == running)
                    .map(BootState.Program::version)
                    .orElse(new ProgramVersion("1.0"));
            Installation here = new Installation(
                    "school-007/button-3", VENDOR, CLASS, version, running, Map.of("java", new ProgramVersion("25.0")));
            updates = Updates.open(here, centres, slots(), source, life, SETTINGS, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private Slot launch() {
        try {
            PartOfMedium boot = new PartOfMedium(medium, "boot/");
            BootRecords records = BootRecords.open(boot);
            BootState state = records.state();
            Slot chosen = SlotChoice.of(
                    Optional.of(state),
                    records.tries(),
                    state.trial().map(this::isSound).orElse(true));
            if (state.trial().map(BootState.Program::slot).equals(Optional.of(chosen))) {
                boot.append("tries." + state.generation(), new byte[] {'x'});
                boot.sync("tries." + state.generation(), result -> {});
                time.advance(Duration.ofMillis(10));
            } else if (chosen != Slot.PACKAGED) {
                assertThat(state.confirmed().map(this::isSound)).as("bootable").contains(true);
            }
            return chosen;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isSound(BootState.Program program) {
        byte[] there = medium.contents()
                .get(program.slot().label() + "/" + Staging.PROGRAM
                        + program.sha256().hex());
        return there != null && Bytes.copyOf(there).sha256().equals(program.sha256());
    }

    Slots slots() {
        return new Slots() {
            @Override
            public Storage boot() {
                return new PartOfMedium(medium, "boot/");
            }

            @Override
            public Storage slot(Slot slot) {
                return new PartOfMedium(medium, slot.label() + "/");
            }

            @Override
            public void close() {}
        };
    }

    /** The program ends, and is started again. */
    UpdateRig restart() {
        life.end();
        life = time.life();
        medium = new MemoryStorage(life, medium.contents());
        return boot();
    }

    /** Starts on what a power cut left. */
    UpdateRig bootOn(Function<VirtualTime.Life, MemoryStorage> left) {
        life.end();
        life = time.life();
        medium = left.apply(life);
        return boot();
    }

    /** Lets it be fetched and put in place, until it asks for a restart. */
    UpdateRig untilRestart() {
        int before = restarts.size();
        assertThat(time.runUntil(() -> restarts.size() > before, Duration.ofHours(1)))
                .as("it asks for a restart; %s", updates().report())
                .isTrue();
        return this;
    }

    UpdateRig rest() {
        time.advance(Duration.ofSeconds(1));
        return this;
    }

    UpdateRig proven() {
        updates().selfTest(true, "");
        updates().receipt();
        return rest();
    }

    @Override
    public void restart(String why) {
        restarts.add(why);
    }

    @Override
    public void fault(String what) {
        faults.add(what);
    }

    @Override
    public void news(String what) {
        news.add(what);
    }

    @Override
    public void moved() {}
}

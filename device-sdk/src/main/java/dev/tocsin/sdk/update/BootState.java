package dev.tocsin.sdk.update;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.Slot;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which program starts: the boot record. On the medium it is one line of text that ends in its own SHA-256, so that a
 * launcher of ten lines of shell can read it:
 *
 * <pre>{@code
 * tocsin-boot-1 GENERATION CONFIRMED TRIAL HIGHEST FAILED SHA256
 * }</pre>
 *
 * <p>{@code CONFIRMED} and {@code TRIAL} are {@code slot:version:sequence:sha256}, {@code FAILED} is {@code
 * reason:version:sequence:told}; {@code -} where there is none.
 *
 * @param generation rises with each record written; names its files and the launcher's count of tries
 * @param confirmed what proved itself; empty: what the package brought
 * @param trial what is to be tried
 * @param highestSequence of all manifests that ever came to be tried: none so low is taken again
 * @param failed the last trial that failed
 */
public record BootState(
        long generation,
        Optional<Program> confirmed,
        Optional<Program> trial,
        long highestSequence,
        Optional<Failure> failed) {

    /** What starts on a device that has never been updated. */
    public static final BootState NEW = new BootState(0, Optional.empty(), Optional.empty(), 0, Optional.empty());

    private static final String FORM = "tocsin-boot-1";

    /** A program in a slot, {@link Slot#A} or {@link Slot#B}. */
    public record Program(Slot slot, ProgramVersion version, long sequence, Bytes sha256) {
        public Program {
            if (slot == Slot.PACKAGED || sequence < 1 || sha256.size() != 32) {
                throw new IllegalArgumentException("not a program of an update");
            }
        }

        private String text() {
            return slot.label() + ":" + version + ":" + sequence + ":" + sha256.hex();
        }

        private static Optional<Program> read(String text) {
            if (text.equals("-")) {
                return Optional.empty();
            }
            String[] parts = parts(text);
            Slot slot = Arrays.stream(Slot.values())
                    .filter(s -> s.label().equals(parts[0]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no slot " + parts[0]));
            return Optional.of(
                    new Program(slot, new ProgramVersion(parts[1]), Long.parseLong(parts[2]), Bytes.ofHex(parts[3])));
        }
    }

    /**
     * Why a trial failed.
     *
     * @param told whether a person has been told
     */
    public record Failure(Reason reason, ProgramVersion version, long sequence, boolean told) {

        private String text() {
            return reason + ":" + version + ":" + sequence + ":" + told;
        }

        private static Optional<Failure> read(String text) {
            if (text.equals("-")) {
                return Optional.empty();
            }
            String[] parts = parts(text);
            return Optional.of(new Failure(
                    Reason.valueOf(parts[0]),
                    new ProgramVersion(parts[1]),
                    Long.parseLong(parts[2]),
                    Boolean.parseBoolean(parts[3])));
        }

        /** For people: what failed and why. */
        public String sentence() {
            return "the update to " + version + " was rolled back: " + reason.sentence();
        }
    }

    /** In what way a trial failed. */
    public enum Reason {
        /** It was started as often as the launcher tries, and never came to confirm itself. */
        NO_START("it did not keep running after its start"),
        /** Its self-test failed. */
        SELF_TEST("its self-test failed"),
        /** No centre gave a receipt in time. */
        NO_RECEIPT("no centre gave it a receipt in time"),
        /** What lies in the slot is not what was installed. */
        DAMAGED("it is damaged on the medium");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /** For people. */
        public String sentence() {
            return sentence;
        }
    }

    /** The record as it lies on the medium. */
    public byte[] line() {
        String text = String.join(
                " ",
                FORM,
                Long.toString(generation),
                confirmed.map(Program::text).orElse("-"),
                trial.map(Program::text).orElse("-"),
                Long.toString(highestSequence),
                failed.map(Failure::text).orElse("-"));
        return (text + " " + Bytes.wrap(text.getBytes(UTF_8)).sha256().hex() + "\n").getBytes(UTF_8);
    }

    /** Reads a record; empty for anything else, a record cut short or damaged included. */
    public static Optional<BootState> read(byte[] line) {
        String text = new String(line, UTF_8);
        int last = text.lastIndexOf(' ');
        if (last < 0 || !text.endsWith("\n")) {
            return Optional.empty();
        }
        String said = text.substring(0, last);
        if (!text.substring(last + 1, text.length() - 1)
                .equals(Bytes.wrap(said.getBytes(UTF_8)).sha256().hex())) {
            return Optional.empty();
        }
        String[] words = said.split(" ", -1);
        if (words.length != 6 || !words[0].equals(FORM)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BootState(
                    Long.parseLong(words[1]),
                    Program.read(words[2]),
                    Program.read(words[3]),
                    Long.parseLong(words[4]),
                    Failure.read(words[5])));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // whole, and yet of some other version
        }
    }

    private static String[] parts(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not four parts");
        }
        return parts;
    }

    /** A program is to be tried. */
    BootState trying(Program program) {
        return new BootState(
                generation, confirmed, Optional.of(program), Math.max(highestSequence, program.sequence), failed);
    }

    /** What was tried proved itself. */
    BootState confirming() {
        return new BootState(generation, trial, Optional.empty(), highestSequence, Optional.empty());
    }

    /** What was tried did not. */
    BootState failing(Reason reason) {
        return new BootState(
                generation,
                confirmed,
                Optional.empty(),
                highestSequence,
                trial.map(t -> new Failure(reason, t.version, t.sequence, false))
                        .or(() -> failed));
    }

    /** A person was told of the last failure. */
    BootState told() {
        return new BootState(
                generation,
                confirmed,
                trial,
                highestSequence,
                failed.map(f -> new Failure(f.reason, f.version, f.sequence, true)));
    }

    BootState numbered(long newGeneration) {
        return new BootState(newGeneration, confirmed, trial, highestSequence, failed);
    }
}

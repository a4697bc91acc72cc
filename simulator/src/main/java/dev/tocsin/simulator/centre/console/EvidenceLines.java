package dev.tocsin.simulator.centre.console;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.EvidenceMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Channel;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.simulator.centre.Plain;
import dev.tocsin.simulator.centre.evidence.EvidenceStore;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One piece of evidence for people: what it is, who signed it, and its samples as CSV.
 *
 * @param piece as it was kept
 * @param evidence what it says
 * @param signature whether the device that it names signed it, for people
 * @param isGenuine whether it did; false too where the registry does not know the device
 */
public record EvidenceLines(EvidenceStore.Piece piece, Evidence evidence, String signature, boolean isGenuine) {

    private static final double NS_PER_S = 1e9;
    private static final double US_PER_S = 1e6;

    /** Reads a piece; empty if it was changed after it was kept, so that it cannot be read. */
    public static Optional<EvidenceLines> of(EvidenceStore.Piece piece, Registry registry) {
        if (!(SignedEnvelope.readEvidence(piece.envelope()) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope e))
                || !(EvidenceMessages.read(e) instanceof Decoded.Ok<Evidence>(Evidence evidence))) {
            return Optional.empty();
        }
        Optional<RegisteredDevice> device = registry.byId(evidence.alarm().device());
        boolean isGenuine = device.filter(d -> e.isSignedBy(d.key())).isPresent()
                && evidence.alarm().equals(piece.alarm());
        String signature = isGenuine
                ? "signature verified"
                : device.isPresent() ? "SIGNATURE WRONG" : "signature not verified (key unknown here)";
        return Optional.of(new EvidenceLines(piece, evidence, signature, isGenuine));
    }

    /** Sensor, samples, time; then a line a channel with its smallest and largest value; then hash and signature. */
    public List<String> summary() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %d samples over %.3f s, received %s",
                Plain.line(evidence.sensor()),
                evidence.samples(),
                spanS(),
                piece.received()));
        for (int c = 0; c < evidence.channels().size(); c++) {
            Channel channel = evidence.channels().get(c);
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            int numbers = 0;
            for (int i = 0; i < evidence.samples(); i++) {
                double value = evidence.value(i, c);
                if (!Double.isNaN(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                    numbers++;
                }
            }
            lines.add("  " + Plain.line(channel.name())
                    + (numbers == 0
                            ? ": no number"
                            : String.format(
                                    Locale.ROOT,
                                    ": %s to %s%s",
                                    shown(least, channel),
                                    shown(most, channel),
                                    unit(channel))));
        }
        lines.add("  SHA-256 " + piece.envelope().sha256().hex() + ", " + signature);
        return lines;
    }

    /**
     * The samples: a header, then a line a sample. A value that was no number is left empty.
     *
     * @param zeroNs the device's monotonic time that {@code t_s} counts from: the alarm's decision
     */
    public List<String> csv(long zeroNs) {
        List<String> lines = new ArrayList<>();
        lines.add("t_s,"
                + evidence.channels().stream()
                        .map(c -> quoted(c.unit().equals("1") ? c.name() : c.name() + " [" + c.unit() + "]"))
                        .collect(Collectors.joining(",")));
        double timeS = (evidence.firstNs() - zeroNs) / NS_PER_S;
        long sinceUs = 0;
        for (int i = 0; i < evidence.samples(); i++) {
            sinceUs += evidence.gapUs(i);
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%.6f", timeS + sinceUs / US_PER_S));
            for (int c = 0; c < evidence.channels().size(); c++) {
                double value = evidence.value(i, c);
                line.append(',')
                        .append(
                                Double.isNaN(value)
                                        ? ""
                                        : shown(value, evidence.channels().get(c)));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private double spanS() {
        long us = 0;
        for (int i = 0; i < evidence.samples(); i++) {
            us += evidence.gapUs(i);
        }
        return us / US_PER_S;
    }

    private static String unit(Channel channel) {
        return channel.unit().equals("1") ? "" : " " + Plain.line(channel.unit());
    }

    /** With as many digits as the step has. */
    private static String shown(double value, Channel channel) {
        int digits = (int) Math.max(0, Math.min(9, Math.ceil(-Math.log10(channel.step()) - 1e-9)));
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String quoted(String text) {
        String line = Plain.line(text);
        return line.matches("[^,\"]*") ? line : '"' + line.replace("\"", "\"\"") + '"';
    }
}

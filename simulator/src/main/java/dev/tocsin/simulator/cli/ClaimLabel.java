package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.model.EnrolmentClaim;
import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;

/** A claim to look at, to scan and to print. */
record ClaimLabel(EnrolmentClaim claim) {

    /** Light modules around a code (ISO/IEC 18004, section 6.3.8). */
    private static final int QUIET = 4;

    private static final int GROUP = 4;

    /** The code in a terminal, two modules a character, dark on light whatever the terminal's colours are. */
    List<String> qrLines() {
        QrCode code = code();
        List<String> lines = new ArrayList<>();
        for (int y = -QUIET; y < code.size + QUIET; y += 2) {
            StringBuilder line = new StringBuilder("\u001b[30;107m");
            for (int x = -QUIET; x < code.size + QUIET; x++) {
                boolean upper = code.getModule(x, y);
                boolean lower = code.getModule(x, y + 1);
                line.append(upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ');
            }
            lines.add(line.append("\u001b[0m").toString());
        }
        return lines;
    }

    /** The label on paper: code, device, text. */
    String svg() {
        QrCode code = code();
        int side = code.size + 2 * QUIET;
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append("M")
                            .append(x + QUIET)
                            .append(',')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        StringBuilder text = new StringBuilder();
        List<String> lines = textLines();
        for (int i = 0; i < lines.size(); i++) {
            text.append("<text x=\"%d\" y=\"%d\">%s</text>%n".formatted(side + 2, QUIET + 4 + 5 * i, lines.get(i)));
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="monospace" font-size="3.4">
                <rect width="100%%" height="100%%" fill="#fff"/>
                <path d="%s"/>
                %s</svg>
                """.formatted(side + 62, side, path, text);
    }

    /** Device first, then the code in short lines of groups of four, to be typed where nothing can be scanned. */
    List<String> textLines() {
        String[] parts = claim.text().split(":", -1);
        List<String> lines = new ArrayList<>();
        lines.add(claim.device());
        lines.add(parts[0] + ":" + parts[1] + ":");
        lines.addAll(grouped(parts[2] + ":"));
        lines.addAll(grouped(parts[3] + ":"));
        lines.add(parts[4]);
        return lines;
    }

    private static List<String> grouped(String digits) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < digits.length(); i += GROUP) {
            String group = digits.substring(i, Math.min(digits.length(), i + GROUP));
            if (line.length() + group.length() > 28) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(group).append(' ');
        }
        lines.add(line.toString().stripTrailing().replace(" :", ":"));
        return lines;
    }

    private QrCode code() {
        return QrCode.encodeText(claim.text(), QrCode.Ecc.MEDIUM);
    }
}

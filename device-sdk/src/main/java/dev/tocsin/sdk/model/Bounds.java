package dev.tocsin.sdk.model;

import java.nio.charset.StandardCharsets;

/** Keeps every text so short that the largest alarm and the largest answer still fit into one envelope. */
final class Bounds {

    private Bounds() {}

    /** Refuses a text that is too long, saying which. */
    static void check(String what, String text, int maxBytes) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > maxBytes) {
            throw new IllegalArgumentException("a " + what + " of more than " + maxBytes + " bytes: " + bytes + ", '"
                    + text.substring(0, Math.min(text.length(), 16)) + "…'");
        }
    }
}

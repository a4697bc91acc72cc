package dev.tocsin.simulator.report;

/**
 * Where the movements of the contacts come from.
 *
 * @param recorded presses that follow a recording
 * @param synthetic presses that are drawn
 * @param note what there is to say about it; may be empty
 */
public record Input(int recorded, int synthetic, String note) {

    /** In one or two words. */
    public String kind() {
        if (recorded == 0) {
            return "synthetic";
        }
        return synthetic == 0 ? "recorded" : "recorded and synthetic";
    }
}

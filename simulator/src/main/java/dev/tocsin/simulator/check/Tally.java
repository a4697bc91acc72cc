package dev.tocsin.simulator.check;

/**
 * The count of what became of what was owed.
 *
 * @param raised owed
 * @param durable of those, kept on the device's medium or in a centre's ledger
 * @param undurable of those, neither
 * @param delivered in the ledger of every centre on the route
 * @param lost missing in at least one, though no power cut and no doubly damaged medium excuses it
 * @param duplicated entries too many: an alarm id twice in one ledger, or one press told as two
 * @param conflicts entries that the centres filed as conflicts
 * @param forgedAccepted entries that no enrolled device signed, or that nobody's deed explains
 * @param spoilt durable, and then damaged on the medium in more than one copy, as was seen from outside and as the device told
 */
public record Tally(
        int raised,
        int durable,
        int undurable,
        int delivered,
        int lost,
        int duplicated,
        int conflicts,
        int forgedAccepted,
        int spoilt) {

    /** Of media that spoilt nothing. */
    public Tally(
            int raised,
            int durable,
            int undurable,
            int delivered,
            int lost,
            int duplicated,
            int conflicts,
            int forgedAccepted) {
        this(raised, durable, undurable, delivered, lost, duplicated, conflicts, forgedAccepted, 0);
    }

    /** Nothing was owed. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

    /** The sum. */
    public Tally plus(Tally t) {
        return new Tally(
                raised + t.raised,
                durable + t.durable,
                undurable + t.undurable,
                delivered + t.delivered,
                lost + t.lost,
                duplicated + t.duplicated,
                conflicts + t.conflicts,
                forgedAccepted + t.forgedAccepted,
                spoilt + t.spoilt);
    }

    /** Whether nothing is lost, doubled or forged. */
    public boolean isClean() {
        return lost == 0 && duplicated == 0 && forgedAccepted == 0;
    }
}

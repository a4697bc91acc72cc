package dev.tocsin.firmware.board.sensor;

/**
 * Puts the words of an LSM6DSO's FIFO together: the acceleration and the turning of one time slot are one sample. The slot's
 * number counts modulo four, so a half whose other half was lost is known and dropped.
 */
final class SlotPairs {

    private final double gPerStep;
    private final double radSPerStep;
    private final double[][] complete;
    private final double[] half = new double[6];
    private int count;
    private int slot;
    private int halves;

    SlotPairs(double gPerStep, double radSPerStep, int mostWords) {
        this.gPerStep = gPerStep;
        this.radSPerStep = radSPerStep;
        this.complete = new double[mostWords / 2 + 1][6];
    }

    /** A new reading; a half that the last one ended with is kept. */
    void begin() {
        count = 0;
    }

    /** Words were lost. */
    void forget() {
        halves = 0;
    }

    /**
     * Takes a word.
     *
     * @throws PartException if the parity of its tag is odd
     */
    void word(byte[] words, int at) throws PartException {
        int tag = words[at] & 0xFF;
        if (Integer.bitCount(tag) % 2 != 0) {
            throw new PartException(Cause.NONSENSE, "a FIFO word's tag 0x%02X has odd parity".formatted(tag));
        }
        int sensor = tag >> 3;
        if (sensor != Lsm6dso.TAG_ACCELERATION && sensor != Lsm6dso.TAG_TURNING) {
            return;
        }
        int itsSlot = (tag >> 1) & 3;
        int itsHalf = sensor == Lsm6dso.TAG_ACCELERATION ? 1 : 2;
        if (itsSlot != slot || (halves & itsHalf) != 0) {
            halves = 0;
        }
        slot = itsSlot;
        halves |= itsHalf;
        int first = sensor == Lsm6dso.TAG_ACCELERATION ? 0 : 3;
        double scale = sensor == Lsm6dso.TAG_ACCELERATION ? gPerStep : radSPerStep;
        for (int axis = 0; axis < 3; axis++) {
            int low = at + 1 + 2 * axis;
            half[first + axis] = (short) ((words[low] & 0xFF) | (words[low + 1] << 8)) * scale;
        }
        if (halves == 3) {
            System.arraycopy(half, 0, complete[count++], 0, half.length);
            halves = 0;
        }
    }

    /** How many samples are whole since {@link #begin}. */
    int complete() {
        return count;
    }

    void into(SampleClock clock, Samples samples) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(complete[i], 0, samples.add(clock.next()), 0, half.length);
        }
    }
}

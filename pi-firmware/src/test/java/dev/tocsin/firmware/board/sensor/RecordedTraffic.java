package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;
import dev.tocsin.firmware.board.bus.I2cBus;
import dev.tocsin.firmware.board.bus.SpiBus;
import dev.tocsin.sdk.testkit.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a logic analyser saw between some controller and a chip, played to a driver: what the driver sends must be the next
 * thing that was sent then, byte for byte, and what it gets is what the chip said. What the other controller did besides is
 * passed over. Not part of the project: read from where {@link SharedData} finds it.
 */
final class RecordedTraffic implements I2cBus, SpiBus {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final List<Transfer> transfers;
    private int next;

    private RecordedTraffic(List<Transfer> transfers) {
        this.transfers = transfers;
    }

    /** Skips the test where there is no such recording. */
    static RecordedTraffic i2c(String file, int address) {
        List<Transfer> transfers = new ArrayList<>();
        byte[] written = new byte[0];
        for (String[] row : rows(file)) {
            if (Integer.decode(row[1]) != address || row[6].equals("(cut)")) {
                continue;
            }
            byte[] data = row[4].isEmpty() ? new byte[0] : HEX.parseHex(row[4]);
            if (row[2].equals("R")) {
                transfers.add(new Transfer(written, data));
                written = new byte[0];
            } else if (row[6].equals("Sr")) {
                written = data;
            } else {
                transfers.add(new Transfer(data, new byte[0]));
            }
        }
        return new RecordedTraffic(transfers);
    }

    /** Skips the test where there is no such recording. */
    static RecordedTraffic spi(String file) {
        return new RecordedTraffic(rows(file).stream()
                .map(row -> new Transfer(HEX.parseHex(row[1]), HEX.parseHex(row[2])))
                .toList());
    }

    List<Transfer> transfers() {
        return transfers;
    }

    boolean isAtItsEnd() {
        return next == transfers.size();
    }

    @Override
    public String name() {
        return "recorded";
    }

    @Override
    public void transfer(int address, byte[] out, int outLength, byte[] in, int inLength) throws BusException {
        byte[] answer = answer(Arrays.copyOf(out, outLength), inLength);
        System.arraycopy(answer, 0, in, 0, inLength);
    }

    @Override
    public void transfer(byte[] out, byte[] in, int length) throws BusException {
        byte[] answer = answer(Arrays.copyOf(out, length), length);
        System.arraycopy(answer, 0, in, 0, length);
    }

    private byte[] answer(byte[] out, int length) throws BusException {
        for (; next < transfers.size(); next++) {
            Transfer transfer = transfers.get(next);
            if (Arrays.equals(transfer.out(), out) && transfer.in().length == length) {
                next++;
                return transfer.in();
            }
        }
        throw new BusException(
                BusException.Kind.NO_ANSWER, "%s, %d back: not in the recording".formatted(HEX.formatHex(out), length));
    }

    private static List<String[]> rows(String file) {
        try {
            return Files.readAllLines(SharedData.orSkip("signals/" + file)).stream()
                    .skip(1)
                    .map(row -> row.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What went over the bus between two stops.
     *
     * @param out what the controller sent
     * @param in what the chip sent; on SPI meanwhile, on I2C after it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Transfer(byte[] out, byte[] in) {}
}

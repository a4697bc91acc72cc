package dev.tocsin.sdk.model;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one alarm for ever. Two alarms never share an id: the boot counter is synced before a device arms, and where it
 * could not be written the random nonce keeps the boots apart. A clock plays no part in it.
 *
 * <p>As text: {@code DEVICE:BOOT.SEQUENCE:NONCE}, for example {@code school-007/button-3:12.4:9f3c2a11d05b7e60}.
 *
 * @param device id of the device that raised it, see {@link #isDeviceId}
 * @param boot boot counter of that device, 1 or more; {@link #UNCOUNTED} where it could not be counted
 * @param nonce 64 random bits drawn at that boot
 * @param sequence number of the alarm within that boot, 1 or more
 */
public record AlarmId(String device, long boot, long nonce, long sequence) {

    /** Longest device id, in characters. */
    public static final int MAX_DEVICE_ID = 64;

    /**
     * The boot counter where the medium could not keep the next one: the boot after it would count the same again. Only the
     * nonce tells such boots apart, and a centre takes no two of them for a cloned card.
     */
    public static final long UNCOUNTED = 0;

    private static final Pattern TEXT = Pattern.compile("([^:]+):(\\d{1,18})\\.(\\d{1,18}):([0-9a-f]{16})");

    public AlarmId {
        if (!isDeviceId(device)) {
            throw new IllegalArgumentException("not a device id: '" + device + "'");
        }
        if (boot < 0 || sequence < 1) {
            throw new IllegalArgumentException("boot must be >= 0 and sequence >= 1: " + boot + ", " + sequence);
        }
    }

    /** Whether a text can name a device: 1 to 64 letters, digits, dots, dashes, underscores and slashes, no empty part between them. */
    public static boolean isDeviceId(String text) {
        int length = text.length();
        if (length == 0 || length > MAX_DEVICE_ID || !isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        int partBegins = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '/') {
                if (leadsElsewhere(text, partBegins, i)) {
                    return false;
                }
                partBegins = i + 1;
            } else if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return !leadsElsewhere(text, partBegins, length);
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** Ids become folder names: no part of one may be empty, {@code .} or {@code ..}. */
    private static boolean leadsElsewhere(String text, int from, int to) {
        return to - from <= 2 && text.substring(from, to).chars().allMatch(c -> c == '.');
    }

    /** Reads the text form; empty if it is none. */
    public static Optional<AlarmId> parse(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches() || !isDeviceId(m.group(1)) || Long.parseLong(m.group(3)) < 1) {
            return Optional.empty();
        }
        return Optional.of(new AlarmId(
                m.group(1),
                Long.parseLong(m.group(2)),
                Long.parseUnsignedLong(m.group(4), 16),
                Long.parseLong(m.group(3))));
    }

    @Override
    public String toString() {
        return device + ":" + boot + "." + sequence + ":" + HexFormat.of().toHexDigits(nonce);
    }
}

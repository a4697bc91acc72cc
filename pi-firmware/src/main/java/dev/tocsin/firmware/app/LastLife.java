package dev.tocsin.firmware.app;

import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.session.AlarmStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the program that ran here before stopped as told. Its mark lies in memory, where it is made at the start and taken
 * away at an orderly end: one that is found was left by a program that hung, ran out of memory or was killed, for a power cut
 * or a reboot takes it away with the rest. A restart that took seconds would otherwise be noticed by nobody.
 */
final class LastLife {

    /** The fault under which it is told. */
    static final String FAULT = "restarted";

    /** A program that fails time and again must not fill the ledgers with the news of it. */
    private static final Duration APART = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(LastLife.class);
    private static final String NAME = "running";
    private static final Pattern MARK = Pattern.compile("(\\d{1,9}) (never|-?\\d{1,18})");

    private final Optional<Path> file;
    private final Mark mark;
    private final long nowNs;

    /**
     * What the mark says.
     *
     * @param untold programs that did not stop as told, since this was told last
     * @param toldNs when that was, on the machine's monotonic clock
     */
    private record Mark(int untold, OptionalLong toldNs) {

        static final Mark NEW = new Mark(0, OptionalLong.empty());

        static Mark read(String text) {
            Matcher m = MARK.matcher(text);
            if (!m.matches()) {
                return NEW; // a write that was cut short
            }
            return new Mark(
                    Integer.parseInt(m.group(1)),
                    m.group(2).equals("never") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(m.group(2))));
        }

        @Override
        public String toString() {
            return untold + " " + (toldNs.isPresent() ? String.valueOf(toldNs.getAsLong()) : "never");
        }
    }

    private LastLife(Optional<Path> file, Mark mark, long nowNs) {
        this.file = file;
        this.mark = mark;
        this.nowNs = nowNs;
    }

    /**
     * Looks for the mark and makes it anew.
     *
     * @param environment this process's; {@code RUNTIME_DIRECTORY} says where (systemd.exec(5)). Without it nothing is done
     * @param nowNs on the clock that every process of this machine shares until it is switched off: {@link System#nanoTime}
     */
    static LastLife begin(Map<String, String> environment, long nowNs) {
        Optional<Path> file = Optional.ofNullable(environment.get("RUNTIME_DIRECTORY"))
                .map(folders -> Path.of(folders.split(":", 2)[0]).resolve(NAME));
        Mark before = file.filter(Files::exists)
                .map(LastLife::read)
                .map(m -> new Mark(m.untold() + 1, m.toldNs()))
                .orElse(Mark.NEW);
        LastLife life = new LastLife(file, before, nowNs);
        life.write(before);
        return life;
    }

    private static Mark read(Path file) {
        try {
            return Mark.read(Files.readString(file));
        } catch (IOException e) {
            return Mark.NEW;
        }
    }

    private void write(Mark now) {
        file.ifPresent(f -> {
            try {
                Files.writeString(f, now.toString());
            } catch (IOException e) {
                LOG.warn("{}: {}; a program that does not stop as told would not be noticed", f, FileTrouble.of(e));
            }
        });
    }

    /**
     * Raises the fault if there is one to tell, until a centre has it: nothing is wrong any more, and somebody knows. Within
     * an hour of the last one it is only counted, for the next to say.
     */
    void tell(Device device) {
        if (mark.untold() == 0) {
            return;
        }
        if (mark.toldNs().isPresent() && nowNs - mark.toldNs().getAsLong() < APART.toNanos()) {
            LOG.warn("the program did not stop as told, {} times since its centres were told last", mark.untold());
            return;
        }
        device.onAlarm(status -> {
            if (isTold(status)) {
                device.clearFault(FAULT);
            }
        });
        device.raiseFault(
                FAULT,
                "the program did not stop as told: it failed, hung, ran out of memory or was killed, and runs again"
                        + (mark.untold() > 1 ? "; " + mark.untold() + " times since this was told" : ""));
        write(new Mark(0, OptionalLong.of(nowNs)));
    }

    private static boolean isTold(AlarmStatus status) {
        return status.signedNs() != 0 // of this life
                && status.alarm().kind() == AlarmKind.FAULT
                && status.alarm().text().startsWith(FAULT + ":")
                && status.deliveries().values().stream().anyMatch(d -> d.state().isReceived());
    }

    /** It stops as told. */
    void end() {
        file.ifPresent(f -> {
            try {
                Files.deleteIfExists(f);
            } catch (IOException e) {
                LOG.warn("{}: {}; the next start tells of an end that was none", f, FileTrouble.of(e));
            }
        });
    }
}

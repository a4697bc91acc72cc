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
    private static final Pattern MARK =
            Pattern.compile("(runs|stopped) (\\d{1,9}) (never|-?\\d{1,18})(?: (raised|told))?");

    private final Optional<Path> file;
    private final long nowNs;
    private boolean raisedHere; // once, before the device tells of its alarms or by the event loop

    /** Written by the program's own thread at its start and end, by the event loop in between. */
    private volatile Mark mark;

    /**
     * What the mark says.
     *
     * @param runs whether its program has not stopped as told
     * @param untold earlier programs that did not, since the fault was raised last
     * @param raisedNs when that was, on the machine's monotonic clock
     * @param told whether a centre has it
     */
    private record Mark(boolean runs, int untold, OptionalLong raisedNs, boolean told) {

        static final Mark NEW = new Mark(true, 0, OptionalLong.empty(), false);

        static Mark read(String text) {
            Matcher m = MARK.matcher(text);
            if (!m.matches()) {
                return NEW; // a write that was cut short
            }
            OptionalLong raised =
                    m.group(3).equals("never") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(m.group(3)));
            return new Mark(m.group(1).equals("runs"), Integer.parseInt(m.group(2)), raised, "told".equals(m.group(4)));
        }

        /** That of the next program. */
        Mark next() {
            return new Mark(true, runs ? untold + 1 : untold, raisedNs, told);
        }

        Mark stopped() {
            return new Mark(false, untold, raisedNs, told);
        }

        Mark raised(long ns) {
            return new Mark(runs, 0, OptionalLong.of(ns), false);
        }

        Mark nowTold() {
            return new Mark(runs, untold, raisedNs, true);
        }

        boolean isRecent(long ns) {
            return raisedNs.isPresent()
                    && ns - raisedNs.getAsLong() >= 0
                    && ns - raisedNs.getAsLong() < APART.toNanos();
        }

        @Override
        public String toString() {
            return (runs ? "runs " : "stopped ")
                    + untold
                    + (raisedNs.isPresent() ? " " + raisedNs.getAsLong() + (told ? " told" : " raised") : " never");
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
        Mark mark =
                file.filter(Files::exists).map(LastLife::read).map(Mark::next).orElse(Mark.NEW);
        LastLife life = new LastLife(file, mark, nowNs);
        life.write(mark);
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
        mark = now;
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
     * an hour of the last one it is only counted, for the next to say; that last one is told right again all the same, once
     * a centre has it.
     */
    void tell(Device device) {
        if (mark.untold() > 0 && !mark.isRecent(nowNs)) {
            raise(device);
            return;
        }
        if (mark.untold() > 0) {
            LOG.warn("the program did not stop as told; {} times since that was raised as a fault", mark.untold());
        }
        if (mark.raisedNs().isPresent() && !mark.told()) {
            device.onAlarm(status -> {
                if (!raisedHere && status.signedNs() == 0 && isTold(status)) {
                    raise(device); // the life that raised it ended before: nobody could say that it is right again
                }
            });
        }
    }

    private void raise(Device device) {
        raisedHere = true;
        boolean again = mark.raisedNs().isPresent();
        int times = mark.untold();
        write(mark.raised(nowNs));
        device.onAlarm(status -> {
            if (status.signedNs() != 0 && isTold(status)) {
                write(mark.nowTold());
                device.clearFault(FAULT);
            }
        });
        device.raiseFault(
                FAULT,
                "the program did not stop as told: it failed, hung, ran out of memory or was killed, and runs again"
                        + (times < 2 ? "" : "; " + times + " times" + (again ? " since this was told" : "")));
    }

    private static boolean isTold(AlarmStatus status) {
        return status.alarm().kind() == AlarmKind.FAULT
                && status.alarm().text().startsWith(FAULT + ":")
                && status.deliveries().values().stream().anyMatch(d -> d.state().isReceived());
    }

    /** It stops as told. What is not told yet, and when it was raised last, stays for the next. */
    void end() {
        if (mark.untold() > 0 || mark.raisedNs().isPresent()) {
            write(mark.stopped());
        } else {
            file.ifPresent(f -> {
                try {
                    Files.deleteIfExists(f);
                } catch (IOException e) {
                    LOG.warn("{}: {}; the next start tells of an end that was none", f, FileTrouble.of(e));
                }
            });
        }
    }
}

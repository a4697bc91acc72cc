package dev.tocsin.firmware.app;

import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.session.AlarmStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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

    private static final Logger LOG = LoggerFactory.getLogger(LastLife.class);
    private static final String NAME = "running";

    private final Optional<Path> mark;
    private final boolean broken;

    private LastLife(Optional<Path> mark, boolean broken) {
        this.mark = mark;
        this.broken = broken;
    }

    /**
     * Looks for the mark and makes it anew.
     *
     * @param environment this process's; {@code RUNTIME_DIRECTORY} says where (systemd.exec(5)). Without it nothing is done
     */
    static LastLife begin(Map<String, String> environment) {
        Optional<Path> mark = Optional.ofNullable(environment.get("RUNTIME_DIRECTORY"))
                .map(folders -> Path.of(folders.split(":", 2)[0]).resolve(NAME));
        boolean broken = mark.filter(Files::exists).isPresent();
        mark.ifPresent(file -> {
            try {
                Files.writeString(file, "");
            } catch (IOException e) {
                LOG.warn("{}: {}; a program that does not stop as told would not be noticed", file, FileTrouble.of(e));
            }
        });
        return new LastLife(mark, broken);
    }

    /** Raises the fault if there is one to tell, until a centre has it: nothing is wrong any more, and somebody knows. */
    void tell(Device device) {
        if (!broken) {
            return;
        }
        device.onAlarm(status -> {
            if (isTold(status)) {
                device.clearFault(FAULT);
            }
        });
        device.raiseFault(
                FAULT,
                "the program did not stop as told: it failed, hung, ran out of memory or was killed, and runs again");
    }

    private static boolean isTold(AlarmStatus status) {
        return status.signedNs() != 0 // of this life
                && status.alarm().kind() == AlarmKind.FAULT
                && status.alarm().text().startsWith(FAULT + ":")
                && status.deliveries().values().stream().anyMatch(d -> d.state().isReceived());
    }

    /** It stops as told. */
    void end() {
        mark.ifPresent(file -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("{}: {}; the next start tells of an end that was none", file, FileTrouble.of(e));
            }
        });
    }
}

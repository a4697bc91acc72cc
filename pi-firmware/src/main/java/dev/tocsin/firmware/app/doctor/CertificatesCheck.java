package dev.tocsin.firmware.app.doctor;

import dev.tocsin.sdk.EnrolmentConfig;
import dev.tocsin.sdk.crypto.CertificateFacts;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The certificates are of this device, valid today, and renewed in time by somebody. */
final class CertificatesCheck implements Check {

    /** So long before the end somebody should see to it, where nothing renews it. */
    static final Duration SOON = Duration.ofDays(30);

    @Override
    public List<Finding> look(Case device, Machine machine) {
        List<Finding> found = new ArrayList<>();
        device.enrolment().ifPresent(e -> {
            look(e.places().channelCertificate(), true, e, device.file(), machine, found);
            look(e.places().alarmCertificate(), true, e, device.file(), machine, found);
            look(e.places().authority(), false, e, device.file(), machine, found);
        });
        return found;
    }

    private static void look(
            Path file, boolean own, EnrolmentConfig enrolment, Path config, Machine machine, List<Finding> found) {
        Optional<String> pem = machine.text(file);
        if (pem.isEmpty()) {
            return; // that it is missing says the configuration's check; an alarm certificate need not be
        }
        CertificateFacts facts;
        try {
            facts = CertificateFacts.readPem(pem.get());
        } catch (InvalidKeyException e) {
            found.add(Finding.broken("certificates.unreadable", file, String.valueOf(e.getMessage())));
            return;
        }
        Instant now = machine.now();
        if (own && !facts.commonName().equals(enrolment.device())) {
            found.add(Finding.broken("certificates.foreign", file, facts.commonName(), enrolment.device(), config));
        } else if (now.isAfter(facts.until())) {
            found.add(Finding.broken("certificates.expired", file, facts.until()));
        } else if (now.isBefore(facts.from())) {
            found.add(Finding.warning("certificates.early", file, facts.from(), now));
        } else if (now.plus(SOON).isAfter(facts.until())
                && (enrolment.authority().isEmpty() || !own)) {
            found.add(Finding.warning("certificates.soon", file, facts.until()));
        } else {
            found.add(Finding.ok("certificates.good", file, facts.until()));
        }
    }
}

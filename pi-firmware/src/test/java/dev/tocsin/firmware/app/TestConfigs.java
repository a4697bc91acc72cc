package dev.tocsin.firmware.app;

import dev.tocsin.sdk.coap.TestAuthority;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;

/** A button's configuration on a desk, with keys of its own and a centre that is not there. */
final class TestConfigs {

    private TestConfigs() {}

    /** Writes {@code device.toml} and all that it names. */
    static void write(Path folder, String annunciation, String journal) throws IOException, InvalidKeyException {
        TestAuthority authority = TestAuthority.create("test");
        TestAuthority.Issued dtls = authority.device("school-001/button-1");
        Files.writeString(folder.resolve("ca.pem"), authority.pem());
        Files.writeString(folder.resolve("dtls.pem"), dtls.certificatePem());
        Files.writeString(folder.resolve("dtls-key.pem"), dtls.keyPem());
        Files.writeString(folder.resolve("alarm-key.pem"), Keys.generatePem(SignatureAlgorithm.ED25519));
        Files.writeString(folder.resolve("receipts.pem"), Keys.publicPem(Keys.generatePem(SignatureAlgorithm.ED25519)));
        Files.writeString(folder.resolve("device.toml"), """
                device = "school-001/button-1"
                journal = "%s"
                [keys]
                alarm = "alarm-key.pem"
                certificate = "dtls.pem"
                key = "dtls-key.pem"
                trust = "ca.pem"
                [board]
                hardware = "desk"
                annunciation = "%s"
                [[centres]]
                id = "police"
                addresses = ["coaps://127.0.0.1:9"]
                receipt-keys = ["receipts.pem"]
                """.formatted(journal, annunciation));
    }
}

package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.TestAuthority;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import java.nio.file.Path;

/** The files of a centre in a folder: configuration, keys, certificates, a registry. */
public final class TestCentre {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Test authority");

    private final Path folder;

    private TestCentre(Path folder) {
        this.folder = folder;
    }

    /** A centre that listens on a free loopback port with DTLS and knows these devices. */
    public static TestCentre in(Path folder, TestDevice... devices) {
        return in(folder, "coaps://127.0.0.1:0", devices);
    }

    /** A centre that was given a device's certificate by mistake. */
    public static TestCentre withDevicesCertificateIn(Path folder, TestDevice... devices) {
        TestCentre centre = in(folder, devices);
        TestAuthority.Issued issued = AUTHORITY.device("police");
        TextFiles.write(folder.resolve("police.pem"), issued.certificatePem());
        TextFiles.write(folder.resolve("police.key"), issued.keyPem());
        return centre;
    }

    /** A centre on plain CoAP. */
    public static TestCentre plainIn(Path folder, TestDevice... devices) {
        return in(folder, "coap://127.0.0.1:0", devices);
    }

    private static TestCentre in(Path folder, String listen, TestDevice... devices) {
        TestCentre centre = new TestCentre(folder);
        TestAuthority.Issued issued = AUTHORITY.centre("police", "127.0.0.1");
        TextFiles.write(folder.resolve("police.pem"), issued.certificatePem());
        TextFiles.write(folder.resolve("police.key"), issued.keyPem());
        TextFiles.write(folder.resolve("authority.pem"), AUTHORITY.pem());
        TextFiles.write(folder.resolve("receipts.key"), Keys.generatePem(SignatureAlgorithm.ED25519));
        centre.register(devices);
        TextFiles.write(
                centre.config(),
                "id: police\nname: Linxiang county police\nlisten: " + listen + "\n"
                        + (listen.startsWith("coaps")
                                ? "dtls: {certificate: police.pem, key: police.key, trust: authority.pem}\n"
                                : "")
                        + "signing-key: receipts.key\nregistry: registry.yaml\nledger: police.db\n");
        return centre;
    }

    /** Writes the registry. */
    public void register(TestDevice... devices) {
        StringBuilder text = new StringBuilder("counties: {\"530902\": Linxiang}\ndevices:\n");
        for (TestDevice device : devices) {
            text.append("  ").append(device.id()).append(":\n    spot: corridor\n    key: |\n");
            text.append(device.publicPem().indent(6));
        }
        TextFiles.write(folder.resolve("registry.yaml"), devices.length == 0 ? "devices: {}\n" : text.toString());
    }

    /** Its configuration file. */
    public Path config() {
        return folder.resolve("police.yaml");
    }

    /** Its ledger. */
    public Path ledger() {
        return folder.resolve("police.db");
    }

    /** What a device with a certificate of this centre's authority is within DTLS. */
    public static DtlsIdentity identityOf(String name) {
        return AUTHORITY.identity(AUTHORITY.device(name));
    }
}

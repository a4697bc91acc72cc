package dev.tocsin.sdk.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.model.Bytes;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Certificates whose extensions are not what they say. The library reads an extension when it is asked for, and throws then:
 * a fuzzer found that in a device's event loop, long after the certificate was taken.
 */
class CertificateFactsTest {

    private static final Map<String, ASN1ObjectIdentifier> EXTENSIONS = Map.of(
            "keyUsage", Extension.keyUsage,
            "extendedKeyUsage", Extension.extendedKeyUsage,
            "basicConstraints", Extension.basicConstraints);

    private static Bytes certificate(String extension, String valueHex) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair key = generator.generateKeyPair();
        X500Name name = new X500Name("CN=centre");
        return Bytes.wrap(new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(Instant.EPOCH),
                        Date.from(Instant.parse("2099-01-01T00:00:00Z")),
                        name,
                        key.getPublic())
                .addExtension(EXTENSIONS.get(extension), true, HexFormat.of().parseHex(valueHex))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                .getEncoded());
    }

    @ParameterizedTest
    @CsvSource({"keyUsage, 030205a0", "extendedKeyUsage, 300a06082b06010505070302", "basicConstraints, 30030101ff"})
    void extensions_as_they_should_be_are_read(String extension, String valueHex) throws Exception {
        CertificateFacts facts = CertificateFacts.read(certificate(extension, valueHex));
        assertThat(facts.commonName()).isEqualTo("centre");
        assertThat(facts.isForDevices()).isEqualTo(extension.equals("extendedKeyUsage"));
        assertThat(facts.isAuthority()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "keyUsage, 3000", // a sequence where bits are meant
        "keyUsage, 0c0161", // text
        "keyUsage, 0309", // more bits than there are
        "extendedKeyUsage, 020101", // a number
        "extendedKeyUsage, 3003020101", // a list of numbers
        "extendedKeyUsage, ff",
        "basicConstraints, 030205a0",
        "basicConstraints, 30060c01610c0162",
        "basicConstraints, 308030",
    })
    void a_certificate_with_a_broken_extension_is_none(String extension, String valueHex) throws Exception {
        Bytes broken = certificate(extension, valueHex);
        assertThatThrownBy(() -> CertificateFacts.read(broken))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage("not a certificate (X.509)");
    }
}

package dev.tocsin.sdk.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A label as text. */
class EnrolmentClaimTest {

    private static final EnrolmentClaim CLAIM = new EnrolmentClaim(
            "school-007/button-3",
            Bytes.ofHex("000102030405060708090a0b0c0d0eff"),
            Bytes.wrap("anything".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .sha256());

    @Test
    void a_label_is_read_as_it_was_written() {
        assertThat(EnrolmentClaim.parse(CLAIM.text())).isEqualTo(new EnrolmentClaim.Reading.Read(CLAIM));
    }

    @Test
    void the_secret_is_26_digits_and_the_fingerprint_52() {
        String[] parts = CLAIM.text().split(":", -1);
        assertThat(parts).hasSize(5);
        assertThat(parts[2]).hasSize(26);
        assertThat(parts[3]).hasSize(52);
        assertThat(parts[4]).hasSize(4);
    }

    @Test
    void a_person_may_type_it_with_gaps_and_in_the_other_case_and_take_one_for_an_i() {
        String[] parts = CLAIM.text().split(":", -1);
        String typed = "tocsin:" + parts[1] + ":"
                + parts[2].toLowerCase(Locale.ROOT).replace('1', 'i').replace('0', 'o') + ":"
                + parts[3].replaceAll("(.{4})", "$1 ").strip() + ":" + parts[4];
        assertThat(EnrolmentClaim.parse(typed)).isEqualTo(new EnrolmentClaim.Reading.Read(CLAIM));
    }

    @Test
    void any_one_sign_mistyped_is_told() {
        String text = CLAIM.text();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == '7' ? '8' : '7';
            String mistyped = text.substring(0, i) + other + text.substring(i + 1);
            assertThat(EnrolmentClaim.parse(mistyped))
                    .as(mistyped)
                    .isInstanceOf(EnrolmentClaim.Reading.Unreadable.class);
        }
    }

    @Test
    void the_secret_shows_in_no_log() {
        assertThat(CLAIM.toString()).doesNotContain("000G40R4").doesNotContain("0e0f");
    }
}

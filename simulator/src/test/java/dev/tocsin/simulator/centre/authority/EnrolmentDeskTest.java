package dev.tocsin.simulator.centre.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.crypto.ClaimProof;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.EnrolmentClaim;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.simulator.centre.Refused;
import dev.tocsin.simulator.centre.authority.EnrolmentDesk.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets a certificate, and who does not. */
class EnrolmentDeskTest {

    @TempDir
    Path folder;

    private Bench bench;
    private Bench.Key channel;
    private Bench.Key alarm;

    @BeforeEach
    void open() throws IOException {
        bench = new Bench(folder);
        channel = bench.key(SignatureAlgorithm.ES256);
        alarm = bench.key(SignatureAlgorithm.ED25519);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static void assertDenied(Answer answer, Refused why) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Denied.class, d -> assertThat(d.why()).isEqualTo(why));
    }

    private Answer.Granted granted(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Granted.class);
        return (Answer.Granted) answer;
    }

    @ParameterizedTest
    @EnumSource
    void a_claim_is_good_for_one_key_of_each_use(SignatureAlgorithm algorithm) throws IOException {
        EnrolmentClaim claim = bench.claim(Claim.Decision.APPROVED);
        Bench.Key signing = bench.key(algorithm);

        Answer.Granted first = granted(bench.enrol(claim, KeyUse.CHANNEL, channel, channel));
        Answer.Granted second = granted(bench.enrol(claim, KeyUse.ALARM, signing, channel));

        assertThat(first.certificate().isForDevices()).isTrue();
        assertThat(first.certificate().isForAlarms()).isFalse();
        assertThat(second.certificate().isForAlarms()).isTrue();
        assertThat(second.certificate().isForDevices()).isFalse();
        assertThat(first.certificate().isIssuedBy(bench.authority.authority())).isTrue();
        assertThat(second.certificate().isIssuedBy(bench.authority.authority())).isTrue();
        assertThat(bench.books.read().devices())
                .singleElement()
                .satisfies(d -> assertThat(d.alarmKey()).isEqualTo(signing.half()));
    }

    @Test
    void whoever_asks_again_for_a_lost_answer_gets_the_same_certificate() throws IOException {
        EnrolmentClaim claim = bench.claim(Claim.Decision.APPROVED);
        Answer.Granted first = granted(bench.enrol(claim, KeyUse.CHANNEL, channel, channel));
        bench.time.advance(Duration.ofDays(20)); // the claim has lapsed meanwhile

        Answer.Granted again = granted(bench.enrol(claim, KeyUse.CHANNEL, channel, channel));

        assertThat(again.certificate()).isEqualTo(first.certificate());
        assertThat(again.before()).isTrue();
    }

    @Test
    void a_used_claim_is_good_for_no_other_key() throws IOException {
        EnrolmentClaim claim = bench.claim(Claim.Decision.APPROVED);
        bench.enrol(claim, KeyUse.CHANNEL, channel, channel);
        bench.enrol(claim, KeyUse.ALARM, alarm, channel);
        Bench.Key thief = bench.key(SignatureAlgorithm.ES256);

        assertDenied(bench.enrol(claim, KeyUse.CHANNEL, thief, thief), Refused.CLAIM_USED);
        assertDenied(bench.enrol(claim, KeyUse.ALARM, thief, channel), Refused.CLAIM_USED);
    }

    @Test
    void a_wrong_claim_is_told_no_more_than_that() throws IOException {
        EnrolmentClaim claim = bench.claim(Claim.Decision.APPROVED);
        EnrolmentClaim guessed = new EnrolmentClaim(Bench.DEVICE, Bytes.wrap(new byte[16]), claim.authority());
        EnrolmentClaim nobodys = new EnrolmentClaim("school-007/button-4", claim.secret(), claim.authority());

        Answer wrong = bench.enrol(guessed, KeyUse.CHANNEL, channel, channel);
        Answer none = bench.enrol(nobodys, KeyUse.CHANNEL, channel, channel);

        assertDenied(wrong, Refused.WRONG_CLAIM);
        assertDenied(none, Refused.WRONG_CLAIM);
        assertThat(((Answer.Denied) wrong).told().replace("button-3", "button-4"))
                .isEqualTo(((Answer.Denied) none).told());
        assertThat(bench.books.<Integer>change(pages -> pages.issued().size())).isZero();
    }

    @Test
    void a_request_without_a_claim_is_refused() throws IOException {
        bench.claim(Claim.Decision.APPROVED);
        assertDenied(
                bench.desk.enrol(channel.request(Bench.DEVICE, Optional.empty()), Bench.stranger(channel)),
                Refused.WRONG_CLAIM);
    }

    @Test
    void a_stolen_request_gets_nothing_in_another_channel() throws IOException {
        EnrolmentClaim claim = bench.claim(Claim.Decision.APPROVED);
        Bench.Key thief = bench.key(SignatureAlgorithm.ES256);
        assertDenied(bench.enrol(claim, KeyUse.CHANNEL, channel, thief), Refused.WRONG_KEY);
        bench.enrol(claim, KeyUse.CHANNEL, channel, channel);
        assertDenied(bench.enrol(claim, KeyUse.ALARM, alarm, thief), Refused.WRONG_KEY);
    }

    @Test
    void a_proof_made_for_one_key_is_none_for_another() throws IOException {
        EnrolmentClaim claim = bench.claim(Claim.Decision.APPROVED);
        Bench.Key thief = bench.key(SignatureAlgorithm.ES256);
        String stolen = ClaimProof.of(claim, KeyUse.CHANNEL, channel.half());
        assertDenied(
                bench.desk.enrol(thief.request(Bench.DEVICE, Optional.of(stolen)), Bench.stranger(thief)),
                Refused.WRONG_CLAIM);
    }

    @Test
    void the_alarm_key_comes_after_the_channel_and_is_another() throws IOException {
        EnrolmentClaim claim = bench.claim(Claim.Decision.APPROVED);
        assertDenied(bench.enrol(claim, KeyUse.ALARM, alarm, channel), Refused.WRONG_KEY);
        bench.enrol(claim, KeyUse.CHANNEL, channel, channel);
        assertDenied(bench.enrol(claim, KeyUse.ALARM, channel, channel), Refused.WRONG_KEY);
    }

    @Test
    void a_claim_lapses() throws IOException {
        EnrolmentClaim claim = bench.claim(Claim.Decision.APPROVED);
        bench.time.advance(Duration.ofDays(14).plusSeconds(1));
        assertDenied(bench.enrol(claim, KeyUse.CHANNEL, channel, channel), Refused.CLAIM_EXPIRED);
    }

    @Test
    void a_new_claim_takes_the_place_of_the_one_before() throws IOException {
        EnrolmentClaim old = bench.claim(Claim.Decision.APPROVED);
        EnrolmentClaim claim = bench.claim(Claim.Decision.APPROVED);
        assertDenied(bench.enrol(old, KeyUse.CHANNEL, channel, channel), Refused.WRONG_CLAIM);
        granted(bench.enrol(claim, KeyUse.CHANNEL, channel, channel));
    }

    @Test
    void a_person_decides_where_that_was_asked_for() throws IOException {
        EnrolmentClaim claim = bench.claim(Claim.Decision.PENDING);
        assertThat(bench.enrol(claim, KeyUse.CHANNEL, channel, channel))
                .isEqualTo(new Answer.Pending(Bench.DEVICE, Policy.ASK_AGAIN));
        decide(Claim.Decision.APPROVED);
        granted(bench.enrol(claim, KeyUse.CHANNEL, channel, channel));
        granted(bench.enrol(claim, KeyUse.ALARM, alarm, channel));
    }

    @Test
    void a_person_may_say_no() throws IOException {
        EnrolmentClaim claim = bench.claim(Claim.Decision.PENDING);
        decide(Claim.Decision.REJECTED);
        assertDenied(bench.enrol(claim, KeyUse.CHANNEL, channel, channel), Refused.REJECTED);
    }

    private void decide(Claim.Decision decision) throws IOException {
        bench.books.change(pages -> {
            pages.write(pages.claim(Bench.DEVICE).orElseThrow().decided(decision));
            return 0;
        });
    }

    @Test
    void garbage_is_malformed_and_leaves_nothing_behind() throws IOException {
        EnrolmentClaim claim = bench.claim(Claim.Decision.APPROVED);
        byte[] good = channel.request(Bench.DEVICE, Optional.of(ClaimProof.of(claim, KeyUse.CHANNEL, channel.half())))
                .toArray();
        for (int length : new int[] {0, 1, 10, good.length / 2, good.length - 1}) {
            Bytes cut = Bytes.wrap(Arrays.copyOf(good, length));
            assertDenied(bench.desk.enrol(cut, Bench.stranger(channel)), Refused.MALFORMED);
            assertDenied(bench.desk.renew(cut, Bench.stranger(channel)), Refused.MALFORMED);
        }
        assertThat(bench.books.<Integer>change(pages -> pages.issued().size())).isZero();
    }

    private Caller enrolled() throws IOException {
        EnrolmentClaim claim = bench.claim(Claim.Decision.APPROVED);
        Answer first = bench.enrol(claim, KeyUse.CHANNEL, channel, channel);
        granted(bench.enrol(claim, KeyUse.ALARM, alarm, channel));
        return Bench.holder(first);
    }

    @Test
    void both_keys_are_renewed_by_who_holds_the_channel_s_certificate() throws IOException {
        Caller device = enrolled();
        bench.time.advance(Duration.ofDays(250));

        Answer.Granted c = granted(bench.desk.renew(channel.request(Bench.DEVICE, Optional.empty()), device));
        Answer.Granted a = granted(bench.desk.renew(alarm.request(Bench.DEVICE, Optional.empty()), device));

        assertThat(c.use()).isEqualTo(KeyUse.CHANNEL);
        assertThat(a.use()).isEqualTo(KeyUse.ALARM);
        assertThat(c.certificate().until()).isEqualTo(bench.time.wallTime().plus(Bench.POLICY.lifetime()));
        assertThat(a.certificate().publicKey()).isEqualTo(alarm.half());
    }

    @Test
    void a_renewal_asked_for_twice_is_one() throws IOException {
        Caller device = enrolled();
        bench.time.advance(Duration.ofDays(250));
        Bytes request = channel.request(Bench.DEVICE, Optional.empty());

        Answer.Granted first = granted(bench.desk.renew(request, device));
        bench.time.advance(Duration.ofMinutes(5));
        assertThat(granted(bench.desk.renew(request, device)).certificate()).isEqualTo(first.certificate());
    }

    @Test
    void a_certificate_that_lapsed_in_the_holidays_still_renews() throws IOException {
        Caller device = enrolled();
        bench.time.advance(Duration.ofDays(360 + 90));
        granted(bench.desk.renew(channel.request(Bench.DEVICE, Optional.empty()), device));
    }

    @Test
    void one_that_lapsed_longer_ago_than_the_policy_says_does_not() throws IOException {
        Caller device = enrolled();
        bench.time.advance(Duration.ofDays(360 + 201));
        assertDenied(bench.desk.renew(channel.request(Bench.DEVICE, Optional.empty()), device), Refused.EXPIRED);
    }

    @Test
    void a_stranger_a_neighbour_and_another_key_renew_nothing() throws IOException {
        Caller device = enrolled();
        Bytes request = channel.request(Bench.DEVICE, Optional.empty());
        Bench.Key other = bench.key(SignatureAlgorithm.ES256);

        assertDenied(bench.desk.renew(request, Bench.stranger(channel)), Refused.NOT_CERTIFIED);
        assertDenied(
                bench.desk.renew(channel.request("school-007/button-4", Optional.empty()), device), Refused.WRONG_PEER);
        assertDenied(bench.desk.renew(other.request(Bench.DEVICE, Optional.empty()), device), Refused.WRONG_KEY);
        assertDenied(
                bench.desk.renew(request, new Caller(Optional.of(other.half()), device.name(), device.until())),
                Refused.NOT_CERTIFIED);
    }

    @Test
    void a_revoked_device_renews_nothing_and_does_not_come_back_by_its_old_claim() throws IOException {
        EnrolmentClaim claim = bench.claim(Claim.Decision.APPROVED);
        Caller device = Bench.holder(bench.enrol(claim, KeyUse.CHANNEL, channel, channel));
        bench.enrol(claim, KeyUse.ALARM, alarm, channel);
        bench.revoke(channel);
        bench.revoke(alarm);

        assertDenied(bench.desk.renew(channel.request(Bench.DEVICE, Optional.empty()), device), Refused.REVOKED);
        assertDenied(bench.enrol(claim, KeyUse.CHANNEL, channel, channel), Refused.REVOKED);
        assertThat(bench.books.read().devices())
                .singleElement()
                .satisfies(d -> assertThat(d.revoked()).isTrue());
    }

    @Test
    void a_new_claim_with_new_keys_brings_a_device_back_and_the_old_keys_stay_out() throws IOException {
        enrolled();
        EnrolmentClaim claim = bench.claim(Claim.Decision.APPROVED);
        Bench.Key newChannel = bench.key(SignatureAlgorithm.ES256);
        Bench.Key newAlarm = bench.key(SignatureAlgorithm.SM2);

        granted(bench.enrol(claim, KeyUse.CHANNEL, newChannel, newChannel));
        granted(bench.enrol(claim, KeyUse.ALARM, newAlarm, newChannel));

        assertThat(bench.books.read().devices())
                .singleElement()
                .satisfies(d -> assertThat(d.alarmKey()).isEqualTo(newAlarm.half()))
                .satisfies(d -> assertThat(d.revoked()).isFalse());
        assertThat(bench.books.read().revokedKeys()).containsExactlyInAnyOrder(channel.half(), alarm.half());
        assertThat(bench.books.read().former())
                .as("what it signed before is in ledgers")
                .containsExactly(alarm.half());
    }
}

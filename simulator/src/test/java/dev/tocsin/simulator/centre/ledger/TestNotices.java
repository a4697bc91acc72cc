package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.sdk.model.NoticeReceipt;
import dev.tocsin.simulator.centre.HandTime;
import java.time.Duration;

/** Notices of drills that education tells police. */
public final class TestNotices {

    private TestNotices() {}

    /** A notice of a drill of a quarter of an hour at school-007, in five minutes. */
    public static DrillNotice of(String order, boolean over) {
        return new DrillNotice(
                "education",
                "police",
                order,
                "school-007/*",
                "building B",
                HandTime.START.plus(Duration.ofMinutes(5)),
                HandTime.START.plus(Duration.ofMinutes(20)),
                over,
                "Zhang");
    }

    /** The receipt of police for a notice, in entry 7. */
    public static NoticeReceipt receipt(DrillNotice notice, Bytes signed) {
        return new NoticeReceipt(
                notice.to(),
                notice.centre(),
                notice.order(),
                notice.over(),
                signed.sha256(),
                7,
                Head.EMPTY.hash(),
                HandTime.START);
    }
}

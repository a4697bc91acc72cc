package dev.tocsin.sdk.codec;

/** What a signed envelope holds, named in its protected {@code typ} header (RFC 9596), so that no kind passes for another. */
public enum MessageType {
    /** {@link dev.tocsin.sdk.model.Alarm}, signed by a device. */
    ALARM("application/vnd.tocsin.alarm"),
    /** {@link dev.tocsin.sdk.model.Evidence}, signed by the device that raised the alarm. */
    EVIDENCE("application/vnd.tocsin.evidence"),
    /** {@link dev.tocsin.sdk.model.Answer}, signed by a centre. */
    ANSWER("application/vnd.tocsin.answer"),
    /** {@link dev.tocsin.sdk.model.UpdateManifest}, signed by a centre for a class of devices. */
    MANIFEST("application/vnd.tocsin.manifest"),
    /** {@link dev.tocsin.sdk.model.Presence}, signed by a centre. */
    PRESENCE("application/vnd.tocsin.presence"),
    /** {@link dev.tocsin.sdk.model.DrillOrder}, signed by a centre for a device. */
    ORDER("application/vnd.tocsin.order"),
    /** {@link dev.tocsin.sdk.model.DrillNotice}, signed by a centre for a centre. */
    NOTICE("application/vnd.tocsin.notice"),
    /** {@link dev.tocsin.sdk.model.NoticeReceipt}, signed by the centre that was told. */
    NOTICE_RECEIPT("application/vnd.tocsin.notice-receipt"),
    /** {@link dev.tocsin.sdk.model.DeviceOrder}, signed by a centre for a device. */
    DEVICE_ORDER("application/vnd.tocsin.device-order"),
    /** {@link dev.tocsin.sdk.model.OrderResult}, signed by the device. */
    ORDER_RESULT("application/vnd.tocsin.order-result");

    private final String mediaType;

    MessageType(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The media type in the header. */
    public String mediaType() {
        return mediaType;
    }
}

package dev.tocsin.sdk.update;

/** What becomes of a manifest that was offered. */
public sealed interface Offer {

    /** It is being fetched from now on. */
    record Taken() implements Offer {}

    /** It was taken before: being fetched, tried, or what runs. */
    record Known() implements Offer {}

    /** It is not taken, and nothing has changed. */
    record Refused(String why) implements Offer {}
}

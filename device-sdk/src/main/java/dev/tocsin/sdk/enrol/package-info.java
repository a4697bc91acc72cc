/**
 * How a device comes by its certificates, and keeps them: the first time by the claim on its label, then by renewing them
 * before they lapse, or after. Uses ports, the model and the crypto adapter's values; owns no thread.
 */
@NullMarked
package dev.tocsin.sdk.enrol;

import org.jspecify.annotations.NullMarked;

/** Tests of detectors: samples with their times in, findings out. */
@NullMarked
package dev.tocsin.sdk.detect;

import org.jspecify.annotations.NullMarked;

/** Tests of updates. */
@NullMarked
package dev.tocsin.sdk.update;

import org.jspecify.annotations.NullMarked;

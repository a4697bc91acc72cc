/** Tests of the vendor's door. */
@NullMarked
package dev.tocsin.sdk;

import org.jspecify.annotations.NullMarked;

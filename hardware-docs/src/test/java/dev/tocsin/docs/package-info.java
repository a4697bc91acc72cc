/** Holds the documents against the code. */
@NullMarked
package dev.tocsin.docs;

import org.jspecify.annotations.NullMarked;

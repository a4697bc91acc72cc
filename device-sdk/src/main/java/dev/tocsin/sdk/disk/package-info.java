/** {@code port.Storage} on a folder of a real file system. Uses {@code port} and the JDK. */
@NullMarked
package dev.tocsin.sdk.disk;

import org.jspecify.annotations.NullMarked;

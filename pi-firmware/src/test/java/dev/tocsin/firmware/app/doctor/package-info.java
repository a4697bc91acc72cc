/** Tests of the doctor: on a machine that is made up, and against a centre on loopback. */
@NullMarked
package dev.tocsin.firmware.app.doctor;

import org.jspecify.annotations.NullMarked;

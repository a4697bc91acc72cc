/**
 * A laboratory in a folder: a throw-away certificate authority, alarm centres and devices with everything they need to talk
 * to each other on loopback. What a scenario runs on, what a vendor tries the SDK against, and what foreign clients are
 * tested with. Its keys must never be used outside.
 */
@NullMarked
package dev.tocsin.simulator.lab;

import org.jspecify.annotations.NullMarked;

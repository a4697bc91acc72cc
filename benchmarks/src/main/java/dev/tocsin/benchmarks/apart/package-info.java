/**
 * Devices in processes of their own, beside a centre in another: what a fresh process does first, and what a centre alone
 * costs. {@link dev.tocsin.benchmarks.apart.Child} is the parent's end, the programs answer in lines of JSON.
 */
@NullMarked
package dev.tocsin.benchmarks.apart;

import org.jspecify.annotations.NullMarked;

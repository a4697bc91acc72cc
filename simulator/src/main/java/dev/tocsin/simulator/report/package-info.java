/**
 * What a run came to, as it is written and shown: {@code result.json}, JUnit XML, a table for people, and a page with plots
 * and timelines. A world hands in a {@code RunReport}; what only the page shows is its {@code Scene}. Values and formatting;
 * judges nothing. Uses check, the SDK's model and Jackson's generator; the page's scripts and uPlot are among the resources.
 */
@NullMarked
package dev.tocsin.simulator.report;

import org.jspecify.annotations.NullMarked;

/**
 * The protocol between the benchmark's driver and the senders that it measures.
 *
 * <p>A contender is a process. Its arguments are {@code key=value} pairs ({@link
 * dev.as2.benchmarks.contender.Setup}), each line of its standard input is a command ({@code send
 * FILE COUNT THREADS}), and it answers each by one line of JSON on its standard output. The end of
 * the input ends it. Whatever else it prints goes to the standard error.
 *
 * <p>Start at {@link dev.as2.benchmarks.contender.Contender}.
 */
package dev.as2.benchmarks.contender;

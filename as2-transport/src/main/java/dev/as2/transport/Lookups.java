package dev.as2.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;

/**
 * Who knows the addresses of hosts, and the threads that ask, since an answer may take long.
 *
 * @param threads for lookups alone
 */
record Lookups(Executor threads, Directory directory) {
  /** Gives a host's addresses, in the order in which they are tried; at least one. */
  @FunctionalInterface
  interface Directory {
    InetAddress[] lookUp(String host) throws UnknownHostException;
  }
}

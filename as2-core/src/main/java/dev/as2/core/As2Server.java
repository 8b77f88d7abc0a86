package dev.as2.core;

import java.net.InetSocketAddress;

/** A listener for partners' requests. Closing it ends what is under way. */
public interface As2Server extends AutoCloseable {
  /** Where it listens. */
  InetSocketAddress address();

  @Override
  void close();
}

package dev.as2.mime;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How much content went through a stage; JMH divides by the time. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Volume {
  /** Content, in bytes. The name is that of the figure that comes of it. */
  public long bytesPerSecond;
}

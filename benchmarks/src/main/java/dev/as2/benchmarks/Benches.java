package dev.as2.benchmarks;

import dev.as2.benchmarks.Lab.Traffic;
import dev.as2.benchmarks.SendBench.Load;
import dev.as2.benchmarks.SendBench.Ours;
import dev.as2.benchmarks.SendBench.Results;
import dev.as2.benchmarks.SendBench.Rsa;
import java.util.ArrayList;
import java.util.List;

/** All rows, in the order of the table. */
final class Benches {
  private static final Traffic SEALED = new Traffic(false, false);
  private static final Traffic PACKED = new Traffic(true, false);
  private static final Traffic PROVEN = new Traffic(true, true);
  private static final Ours WITHOUT_DISK = new Ours(Lab.HEAP, Rsa.NATIVE, Results.IN_MEMORY);
  private static final Ours WITH_JDK = new Ours(Lab.HEAP, Rsa.JDK, Results.IN_MEMORY);

  private Benches() {}

  static List<Bench> all() {
    List<Bench> all = new ArrayList<>();
    all.add(bulk("1g-sign-encrypt", Size.GIB1, SEALED, new Load(1, 1, true)));
    all.add(new HeapBench("1g-sign-encrypt-64m"));
    all.add(bulk("1g-compress-sign-encrypt", Size.GIB1, PACKED, new Load(1, 1, true)));
    all.add(bulk("100m-sign-encrypt", Size.MIB100, SEALED, new Load(3, 1, true)));
    all.add(bulk("100m-compress-sign-encrypt", Size.MIB100, PACKED, new Load(3, 1, true)));
    all.add(bulk("1m-sign-encrypt", Size.MIB1, SEALED, new Load(50, 1, true)));
    all.add(small("4k-compress-sign-encrypt", 8, WITHOUT_DISK, true));
    all.add(small("4k-compress-sign-encrypt-jdk", 8, WITH_JDK, false));
    all.add(small("4k-with-results-on-disk", 8, Ours.USUAL, false));
    all.add(small("4k-at-1", 1, WITHOUT_DISK, false));
    all.add(small("4k-at-64", 64, WITHOUT_DISK, false));
    all.add(small("4k-at-1000", 1000, WITHOUT_DISK, false));
    all.add(new QueueBench("4k-queue-sqlite", QueueBench.Product.SQLITE));
    all.add(new QueueBench("4k-queue-postgresql", QueueBench.Product.POSTGRESQL));
    all.add(new WaitingBench("10k-waiting"));
    all.add(new ManyBench("64x100m"));
    all.add(new S3Bench("1g-from-s3"));
    all.add(new ColdBench("cold-send"));
    all.add(new GrowthBench("growth"));
    return all;
  }

  private static Bench bulk(String id, Size size, Traffic traffic, Load load) {
    return new SendBench(
        id,
        Unit.MB_PER_S,
        size,
        load,
        traffic,
        traffic.compress() ? Limit.DEFLATE : Limit.CRYPTO,
        Ours.USUAL);
  }

  private static Bench small(String id, int atOnce, Ours ours, boolean peers) {
    return new SendBench(
        id,
        Unit.MESSAGES_PER_S,
        Size.KIB4,
        new Load(4000, atOnce, peers),
        PROVEN,
        ours.rsa() == Rsa.NATIVE ? Limit.RSA_NATIVE : Limit.RSA_JDK,
        ours);
  }
}

package dev.as2.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The scripted partner inside a JUnit Jupiter test of a sender:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestPartnerExtension PARTNER = TestPartnerExtension.of(partner, sender);
 *
 * @Test
 * void aWrongMicIsNoProof() {
 *   send(PARTNER.url("mic-wrong"));
 * }
 * }</pre>
 *
 * <p>It listens on a loopback port from before the first test of a class until after its last.
 */
public final class TestPartnerExtension implements BeforeAllCallback, AfterAllCallback {
  private final TestPartner.Sides sides;
  private final List<Visit> visits = new CopyOnWriteArrayList<>();
  private Optional<TestPartner> running = Optional.empty();

  private TestPartnerExtension(TestPartner.Sides sides) {
    this.sides = sides;
  }

  /**
   * @param partner who the partner is
   * @param sender the sender under test
   */
  public static TestPartnerExtension of(Party partner, Partner sender) {
    return new TestPartnerExtension(new TestPartner.Sides(partner, sender));
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    running =
        Optional.of(
            TestPartner.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                sides,
                Clock.systemUTC(),
                visits::add));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (running.isPresent()) {
      running.get().close();
      running = Optional.empty();
    }
  }

  /**
   * Where to send a message for a scenario.
   *
   * @param scenario its id
   * @throws IllegalArgumentException where there is none of that id
   * @throws IllegalStateException outside of a test
   */
  public URI url(String scenario) {
    return running
        .orElseThrow(() -> new IllegalStateException("the partner listens during tests only"))
        .url(
            SenderCatalogue.named(scenario)
                .orElseThrow(
                    () -> new IllegalArgumentException("there is no scenario " + scenario)));
  }

  /**
   * What came for a scenario so far, in its order. Waits for requests that are just being answered.
   */
  public List<Visit> visits(String scenario) {
    try {
      if (running.isPresent()) {
        running.get().awaitTold();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return visits.stream().filter(visit -> visit.scenario().id().equals(scenario)).toList();
  }
}

package dev.as2.daemon;

import dev.as2.conformance.PartnerTransport;
import dev.as2.conformance.SenderCatalogue;
import dev.as2.conformance.SenderScenario;
import dev.as2.conformance.TestPartner;
import dev.as2.conformance.Visit;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code as2 conformance serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Test a sender: be a partner that answers well, oddly or not at all, as the path says that a"
          + " message is posted to.",
      ""
    },
    footer = {
      "",
      "Each message is taken apart, and what is wrong with it is printed; so is a message that"
          + " comes again. A GET of the root lists the paths. Those that begin with async- are for"
          + " senders that ask for asynchronous MDNs."
    })
final class ConformanceServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TestKeys keys = new TestKeys();
  @Mixin private TestPartnerTls tls = new TestPartnerTls();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "4090",
      description = "Where to listen (default: ${DEFAULT-VALUE}; 0 takes any that is free).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "localhost",
      description = "The address to listen on (default: ${DEFAULT-VALUE}).")
  private String host = "";

  @Option(
      names = "--as2-id",
      required = true,
      paramLabel = "NAME",
      description = "The partner's AS2 name, to which the sender sends.")
  private String name = "";

  @Option(
      names = "--as2-from",
      required = true,
      paramLabel = "NAME",
      description = "The AS2 name of the sender under test.")
  private String from = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    TestPartner.Sides sides = new TestPartner.Sides(keys.us(name), keys.them(from));
    PartnerTransport transport = tls.transport(host, out);
    try (TestPartner partner =
        TestPartner.start(
            new InetSocketAddress(host, port),
            sides,
            transport,
            Clock.systemUTC(),
            v -> print(v, out))) {
      out.printf(
          "Listening on %s://%s:%s/ with %s scenarios; post to one of them, for example to %s%n",
          transport.tls().isPresent() ? "https" : "http",
          host,
          partner.port(),
          SenderCatalogue.all().size(),
          partner.url(SenderCatalogue.all().get(0)));
      new CountDownLatch(1).await(); // until the process is told to end
      return 0;
    }
  }

  private static synchronized void print(Visit visit, PrintWriter out) {
    SenderScenario scenario = visit.scenario();
    out.printf(
        "%s  %-28s %s%s%n",
        visit.at(),
        scenario.id(),
        visit.messageId(),
        visit
            .repetition()
            .map(r ->
                " for the %s. time, after %.1f s"
                    .formatted(r.attempt(), r.after().toMillis() / 1000.0))
            .orElse(""));
    visit.faults().forEach(fault -> out.println("    ! " + fault));
    if (visit.repetition().isEmpty()) {
      out.println(
          "    " + scenario.title() + ": a good sender " + scenario.expectation().words() + ".");
    }
    out.flush();
  }
}

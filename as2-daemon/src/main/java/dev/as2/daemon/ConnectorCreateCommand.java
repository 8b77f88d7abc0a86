package dev.as2.daemon;

import dev.as2.core.As2Config;
import dev.as2.core.As2Config.AsyncMdn;
import dev.as2.core.As2Config.Compression;
import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.As2Config.MdnSigningAlgorithm;
import dev.as2.core.As2Config.PreserveContentType;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.ProfileId;
import dev.as2.core.ServerId;
import dev.as2.daemon.aws.AwsText;
import dev.as2.daemon.aws.Members;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code as2 connector create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Add the way to a partner to the configuration.")
final class ConnectorCreateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "The partner's AS2 endpoint.")
  private String url = "";

  @Option(
      names = "--local-profile",
      required = true,
      paramLabel = "ID",
      description = "Who sends: p-...")
  private String localProfile = "";

  @Option(
      names = "--partner-profile",
      required = true,
      paramLabel = "ID",
      description = "Who receives: p-...")
  private String partnerProfile = "";

  @Option(
      names = "--encryption-algorithm",
      paramLabel = "CIPHER",
      defaultValue = "AES256_CBC",
      description =
          "AES128_CBC, AES192_CBC, AES256_CBC, DES_EDE3_CBC or NONE (default: ${DEFAULT-VALUE}).")
  private String encryption = "";

  @Option(
      names = "--signing-algorithm",
      paramLabel = "DIGEST",
      defaultValue = "SHA256",
      description = "SHA256, SHA384, SHA512, SHA1 or NONE (default: ${DEFAULT-VALUE}).")
  private String signing = "";

  @Option(
      names = "--compression",
      paramLabel = "HOW",
      defaultValue = "ZLIB",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Compression compression = Compression.ZLIB;

  @Option(
      names = "--mdn-response",
      paramLabel = "HOW",
      defaultValue = "SYNC",
      description = "SYNC, ASYNC or NONE (default: ${DEFAULT-VALUE}).")
  private MdnResponse mdnResponse = MdnResponse.SYNC;

  @Option(
      names = "--async-mdn-url",
      paramLabel = "URL",
      description = "Where the partner is to post an asynchronous MDN.")
  private Optional<String> asyncMdnUrl = Optional.empty();

  @Option(
      names = "--async-mdn-server-id",
      paramLabel = "OUR-SERVER-ID",
      description = "A server that may take it: s-...; repeatable.")
  private List<String> asyncMdnServers = new ArrayList<>();

  @Option(
      names = "--mdn-signing-algorithm",
      paramLabel = "DIGEST",
      defaultValue = "DEFAULT",
      description =
          "The MDN's signature; DEFAULT is that of the message (default: ${DEFAULT-VALUE}).")
  private MdnSigningAlgorithm mdnSigning = MdnSigningAlgorithm.DEFAULT;

  @Option(
      names = "--preserve-content-type",
      paramLabel = "ENABLED|DISABLED",
      defaultValue = "DISABLED",
      description = "Whether to send the store's content type (default: ${DEFAULT-VALUE}).")
  private PreserveContentType preserve = PreserveContentType.DISABLED;

  @Option(
      names = "--message-subject",
      paramLabel = "TEXT",
      description = "The Subject of messages (default: made from the file's name).")
  private Optional<String> subject = Optional.empty();

  @Option(
      names = "--basic-auth-secret-id",
      paramLabel = "NAME",
      description = "secrets/NAME.json has the user name and password; https only.")
  private Optional<String> secret = Optional.empty();

  @Option(
      names = "--access-role",
      paramLabel = "ARN",
      description = "The role under which S3 is read and written.")
  private Optional<String> accessRole = Optional.empty();

  @Option(
      names = "--option",
      paramLabel = "as2:NAME=VALUE",
      description = {"An option besides AWS's; repeatable;", "for example as2:framing=CHUNKED."})
  private Map<String, String> options = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException {
    Connector connector = connector(ConnectorId.random(new SecureRandom()));
    List<String> problems = new ConnectorCheck(config.open(), connector).problems();
    Path file = config.writer().connector(connector);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%-12s %s%n", "Connector", connector.id());
    out.println("Written to " + file);
    problems.forEach(problem -> spec.commandLine().getErr().println("warning: " + problem));
    return 0;
  }

  private Connector connector(ConnectorId id) {
    checkUrl();
    options.keySet().forEach(this::checkOption);
    As2Config as2 =
        new As2Config(
            new ProfileId(localProfile),
            new ProfileId(partnerProfile),
            subject,
            compression,
            unlessNone("--encryption-algorithm", encryption, As2Config.CIPHERS),
            unlessNone("--signing-algorithm", signing, As2Config.DIGESTS),
            mdnSigning,
            mdnResponse,
            preserve,
            secret,
            asyncMdn());
    return new Connector(id, URI.create(url), as2, accessRole, Optional.empty(), options);
  }

  private Optional<AsyncMdn> asyncMdn() {
    List<ServerId> servers = asyncMdnServers.stream().map(ServerId::new).toList();
    return asyncMdnUrl.map(place -> new AsyncMdn(URI.create(place), servers));
  }

  private void checkUrl() {
    if (!AwsText.URL.allows(url)) {
      throw new ParameterException(
          spec.commandLine(), "--url is '%s', not %s".formatted(url, AwsText.URL.words()));
    }
  }

  private void checkOption(String name) {
    if (!name.startsWith("as2:")) {
      throw new ParameterException(
          spec.commandLine(),
          "--option %s has no as2: before its name; did you mean as2:%s?".formatted(name, name));
    }
  }

  private <E extends Enum<E>> Optional<E> unlessNone(String option, String value, Set<E> known) {
    if (value.equalsIgnoreCase("NONE")) {
      return Optional.empty();
    }
    String name = value.toUpperCase(Locale.ROOT);
    Optional<E> chosen = known.stream().filter(each -> each.name().equals(name)).findFirst();
    if (chosen.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is '%s', not one of %s"
              .formatted(option, value, String.join(", ", Members.names(known, "NONE"))));
    }
    return chosen;
  }
}

package dev.as2.daemon;

import dev.as2.core.As2Id;
import dev.as2.core.CertificateId;
import dev.as2.core.Profile;
import dev.as2.core.ProfileId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code as2 profile create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = "Add yourself (LOCAL) or a partner (PARTNER) to the configuration.",
    footer = {
      "",
      "A LOCAL profile has your certificates with their keys: SIGNING to sign with. A PARTNER"
          + " profile has the partner's: ENCRYPTION to encrypt to, SIGNING to verify MDNs with,"
          + " TLS to recognise a private server with."
    })
final class ProfileCreateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--as2-id",
      required = true,
      paramLabel = "NAME",
      description = "The AS2 name that both sides agreed on; case counts.")
  private String as2Id = "";

  @Option(
      names = "--type",
      required = true,
      paramLabel = "TYPE",
      description = "One of ${COMPLETION-CANDIDATES}.")
  private Profile.Type type = Profile.Type.LOCAL;

  @Option(
      names = "--certificate",
      paramLabel = "ID",
      description = "A certificate of this side; can be given up to ten times.")
  private List<String> certificates = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    List<CertificateId> ids = certificates.stream().map(CertificateId::new).toList();
    Profile profile =
        new Profile(ProfileId.random(new SecureRandom()), type, new As2Id(as2Id), ids);
    for (CertificateId id : ids) {
      config.open().certificate(id); // it must be there, and whole
    }
    Path file = config.writer().profile(profile);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%-12s %s%n", "Profile", profile.id());
    out.printf("%-12s %s %s%n", "AS2 name", profile.type(), profile.as2Id());
    out.println("Written to " + file);
    return 0;
  }
}

package dev.as2.daemon.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Exception;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.CertificateId;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code aws transfer describe-certificate} prints, read and written. */
public final class CertificateJson {
  private static final DateTimeFormatter TIMES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.UTC);

  private static final String WITH_KEY = "CERTIFICATE_WITH_PRIVATE_KEY";

  private CertificateJson() {}

  /**
   * The certificate that is described, without its private key.
   *
   * @throws As2Exception {@code INVALID_CONFIGURATION}, naming the member that is wrong
   */
  public static CertificateEntry read(Members file) throws As2Exception {
    Members members = file.required("Certificate", file.object("Certificate"));
    file.end();
    tolerate(members);
    String id =
        members.required("CertificateId", members.text("CertificateId", AwsText.CERTIFICATE_ID));
    Usage usage = members.required("Usage", members.choice("Usage", Usage.class));
    List<X509Certificate> chain = new ArrayList<>(certificates(members));
    X509Certificate own = chain.remove(0);
    Optional<Instant> active = members.time("ActiveDate");
    Optional<Instant> inactive = members.time("InactiveDate");
    members.end();
    return file.checked(() ->
        new CertificateEntry(
            new CertificateId(id),
            usage,
            own,
            chain,
            Optional.empty(),
            active.orElse(own.getNotBefore().toInstant()),
            inactive.orElse(own.getNotAfter().toInstant())));
  }

  private static List<X509Certificate> certificates(Members members) throws As2Exception {
    String body =
        members.required("Certificate", members.text("Certificate", AwsText.CERTIFICATE_BODY));
    List<X509Certificate> all = new ArrayList<>(parsed(members, "Certificate", body));
    Optional<String> chain = members.text("CertificateChain", AwsText.CERTIFICATE_CHAIN);
    if (chain.isPresent()) {
      all.addAll(parsed(members, "CertificateChain", chain.get()));
    }
    return all;
  }

  private static List<X509Certificate> parsed(Members members, String name, String pem)
      throws As2Exception {
    try {
      return CertificateText.read(pem.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw members.fault(name, Sentences.message(e));
    }
  }

  /** What follows from the certificate itself, or is for people. */
  private static void tolerate(Members members) throws As2Exception {
    members.text("Arn", AwsText.ARN);
    members.choice("Status", List.of("ACTIVE", "PENDING_ROTATION", "INACTIVE"));
    members.text("Serial", AwsText.SERIAL);
    members.time("NotBeforeDate");
    members.time("NotAfterDate");
    members.choice("Type", List.of("CERTIFICATE", WITH_KEY));
    members.text("Description", AwsText.DESCRIPTION);
    ConnectorJson.tags(members);
  }

  /** The description of an entry as AWS prints it; the private key is only mentioned. */
  public static ObjectNode write(CertificateEntry entry) {
    ObjectNode node = Json.object();
    ObjectNode members = node.putObject("Certificate");
    members.put("CertificateId", entry.id().value());
    members.put("Usage", entry.usage().name());
    members.put("Certificate", CertificateText.pem(entry.certificate()));
    if (!entry.chain().isEmpty()) {
      StringBuilder chain = new StringBuilder();
      entry.chain().forEach(each -> chain.append(CertificateText.pem(each)));
      members.put("CertificateChain", chain.toString());
    }
    members.put("ActiveDate", TIMES.format(entry.activeDate()));
    members.put("InactiveDate", TIMES.format(entry.inactiveDate()));
    members.put("Serial", entry.certificate().getSerialNumber().toString(16));
    members.put("NotBeforeDate", TIMES.format(entry.certificate().getNotBefore().toInstant()));
    members.put("NotAfterDate", TIMES.format(entry.certificate().getNotAfter().toInstant()));
    members.put("Type", entry.privateKey().isPresent() ? WITH_KEY : "CERTIFICATE");
    return node;
  }
}

package dev.as2.core;

import dev.as2.core.ConnectorOptions.UnsignedMdn;
import dev.as2.core.Sent.MdnRequest;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Headers;
import dev.as2.mime.MimePart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recorded answers, and the message that they answer. */
final class Answers {
  static final MessageId MESSAGE_ID = new MessageId("orders-1@0123456789abcdef");
  static final byte[] PAYLOAD = "UNB+UNOA:1\r\n".getBytes(StandardCharsets.US_ASCII);
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  private Answers() {}

  /** One answer of {@code vectors/mdn} with status 200. */
  static As2Response file(String name) throws IOException {
    MimePart whole = MimePart.parse(bytes("/vectors/mdn/" + name + ".eml"), 1 << 16);
    return response(200, whole.headers(), whole.body());
  }

  static As2Response response(int status, Headers headers, byte[] body) {
    return new As2Response(status, "Reason", headers, body, true, As2Response.Timings.NONE);
  }

  static As2Response html(int status, String... headers) {
    byte[] body = "<h1>Oops\r\n\u0007 no</h1>".getBytes(StandardCharsets.UTF_8);
    return response(status, Headers.of(headers).plus("Content-Type", "text/html"), body);
  }

  /** The same octets under another status. */
  static As2Response with(As2Response response, int status, boolean sentWhole) {
    return new As2Response(
        status,
        response.reason(),
        response.headers(),
        response.body(),
        sentWhole,
        As2Response.Timings.NONE);
  }

  static Verdict judge(Sent sent, As2Response response) {
    return new MdnJudge(CLOCK).judge(sent, response);
  }

  static Sent sent(MdnRequest request) {
    return sent(request, false, MicScope.PAYLOAD_CONTENT, policy(UnsignedMdn.REFUSE));
  }

  static Sent sent(
      MdnRequest request, boolean repeated, MicScope scope, ConnectorOptions.Mdn policy) {
    return new Sent(
        MESSAGE_ID,
        new As2Id("us"),
        new As2Id("acme"),
        request,
        new Sent.Mics(scope, DigestAlgorithm.SHA256, digests()),
        new Sent.Trust(policy, new ProfileId("p-0123456789abcdef0"), List.of(partner())),
        repeated);
  }

  static ConnectorOptions.Mdn policy(UnsignedMdn unsigned, MicScope... accepted) {
    return new ConnectorOptions.Mdn(Set.of(accepted), unsigned, java.time.Duration.ofHours(1));
  }

  /** The payload's own digests, and for the entity those of the payload behind a header. */
  static Map<MicScope, Map<DigestAlgorithm, byte[]>> digests() {
    byte[] entity = new byte[PAYLOAD.length + 1];
    System.arraycopy(PAYLOAD, 0, entity, 1, PAYLOAD.length);
    Map<MicScope, Map<DigestAlgorithm, byte[]>> digests = new EnumMap<>(MicScope.class);
    digests.put(MicScope.PAYLOAD_CONTENT, digests(PAYLOAD));
    digests.put(MicScope.PAYLOAD_ENTITY, digests(entity));
    return digests;
  }

  private static Map<DigestAlgorithm, byte[]> digests(byte[] octets) {
    Map<DigestAlgorithm, byte[]> digests = new EnumMap<>(DigestAlgorithm.class);
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      digests.put(algorithm, algorithm.newDigest().digest(octets));
    }
    return digests;
  }

  /** The certificate by which the signed answers are signed. */
  static X509Certificate partner() {
    try (InputStream in = Answers.class.getResourceAsStream("/vectors/mdn/partner.pem")) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("partner.pem is part of the tests", e);
    }
  }

  static byte[] bytes(String resource) throws IOException {
    try (InputStream in = Answers.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " does not exist");
      }
      return in.readAllBytes();
    }
  }

  /** The rows of {@code vectors/mdn.csv} without the heading. */
  static List<String[]> rows() throws IOException {
    List<String[]> rows = new ArrayList<>();
    for (String line : new String(bytes("/vectors/mdn.csv"), StandardCharsets.UTF_8).split("\n")) {
      rows.add(line.split("\\|", -1));
    }
    return rows.subList(1, rows.size());
  }
}

package dev.as2.benchmarks;

import dev.as2.benchmarks.contender.Keys;
import dev.as2.core.As2Handler;
import dev.as2.core.As2Id;
import dev.as2.core.Receiver;
import dev.as2.mime.Content;
import dev.as2.mime.ContentEntity;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.DigestTap;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import dev.as2.mime.SignedEntity;
import dev.as2.mime.Signer;
import io.netty.buffer.ByteBufInputStream;
import io.netty.handler.codec.http.FullHttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes signed MDNs. The first message of each length is decrypted and verified in full, which
 * gives its MIC; later ones of that length are taken for the same file, whose MIC is the same. Each
 * MDN is for its own message and is signed freshly. Safe for use by several threads.
 */
final class MdnMaker {
  private static final Pattern MIC = Pattern.compile("Received-Content-MIC: *([^\r\n]+)");

  private final Receiver receiver;
  private final Signer signer;
  private final Map<Integer, String> mics = new ConcurrentHashMap<>();

  private MdnMaker(Receiver receiver, Signer signer) {
    this.receiver = receiver;
    this.signer = signer;
  }

  /**
   * A message that is to be answered.
   *
   * @param mic its MIC, as an MDN states it
   */
  record Pending(String messageId, String mic) {}

  /** An answer: the entity's headers and its body. */
  @SuppressWarnings("ArrayRecordComponent")
  record Mdn(Headers headers, byte[] body) {}

  /** With the key and the certificates of the sink's file. */
  static MdnMaker of(Path keystore) throws IOException, GeneralSecurityException {
    PrivateKey key = KeyFiles.key(keystore, Keys.PARTNER);
    X509Certificate certificate = KeyFiles.certificate(keystore, Keys.PARTNER);
    Receiver receiver =
        new Receiver(
            new Receiver.Party(new As2Id(Keys.PARTNER), key, certificate),
            new Receiver.Sender(
                new As2Id(Keys.US), List.of(KeyFiles.certificate(keystore, Keys.US))),
            Files.createTempDirectory("sink"),
            Clock.systemUTC());
    return new MdnMaker(
        receiver, new Signer(key, certificate, DigestAlgorithm.SHA256, true, false));
  }

  /** Notes a message; the first of its length is opened. */
  Pending received(FullHttpRequest request) throws IOException {
    int length = request.content().readableBytes();
    String mic = mics.get(length);
    if (mic == null) {
      mic = open(request);
      mics.put(length, mic);
    }
    return new Pending(request.headers().get("Message-ID"), mic);
  }

  private String open(FullHttpRequest request) throws IOException {
    List<Header> headers = new ArrayList<>();
    request.headers().forEach(h -> headers.add(Header.received(h.getKey(), h.getValue())));
    As2Handler.Answer answer =
        receiver.handle(
            new As2Handler.Request(
                "POST",
                request.uri(),
                new Headers(headers),
                new ByteBufInputStream(request.content().duplicate()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
    Matcher mic = MIC.matcher(text);
    if (!mic.find()) {
      throw new IOException("the first message was not accepted: " + text);
    }
    return mic.group(1);
  }

  /** The answer to a message. */
  Mdn mdn(Pending message) throws IOException {
    String boundary = "sink-" + UUID.randomUUID();
    DigestTap report =
        new DigestTap(report(message, boundary), Set.of(DigestAlgorithm.SHA256), Set.of());
    SignedEntity signed =
        new SignedEntity(
            report, signer, new SignedEntity.Frame(boundary, "sha-256", Instant.now()));
    ByteArrayOutputStream body = new ByteArrayOutputStream(4096);
    signed.writeBodyTo(body);
    Headers headers =
        Headers.of(
                "AS2-Version",
                "1.1",
                "AS2-From",
                Keys.PARTNER,
                "AS2-To",
                Keys.US,
                "Message-ID",
                "<" + boundary + "@sink>",
                "MIME-Version",
                "1.0")
            .plus(signed.headers());
    return new Mdn(headers, body.toByteArray());
  }

  private static ContentEntity report(Pending message, String boundary) {
    String body =
        """
        --%1$s-r\r
        Content-Type: text/plain\r
        \r
        The message was received.\r
        --%1$s-r\r
        Content-Type: message/disposition-notification\r
        \r
        Reporting-UA: sink\r
        Original-Recipient: rfc822; %2$s\r
        Final-Recipient: rfc822; %2$s\r
        Original-Message-ID: %3$s\r
        Disposition: automatic-action/MDN-sent-automatically; processed\r
        Received-Content-MIC: %4$s\r
        \r
        --%1$s-r--\r
        """
            .formatted(boundary, Keys.PARTNER, message.messageId(), message.mic());
    return new ContentEntity(
        Headers.of(
            "Content-Type",
            "multipart/report; report-type=disposition-notification; boundary=\""
                + boundary
                + "-r\""),
        Content.of(body.getBytes(StandardCharsets.US_ASCII)));
  }
}

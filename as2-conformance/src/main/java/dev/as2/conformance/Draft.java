package dev.as2.conformance;

import dev.as2.core.As2Id;
import dev.as2.core.Layer;
import dev.as2.core.MessageId;
import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Headers;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A message as a scenario wants it. It begins as an honest one: EDI text, signed and encrypted,
 * that asks for a signed MDN. For one thread.
 */
final class Draft {
  static final String EDI =
      "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER      "
          + " *260105*1200*U*00401*000000001*0*T*>~\r\n"
          + "GS*PO*SENDER*RECEIVER*20260105*1200*1*X*004010~\r\n"
          + "ST*850*0001~\r\n"
          + "BEG*00*NE*4711**20260105~\r\n"
          + "SE*3*0001~\r\n"
          + "GE*1*1~\r\n"
          + "IEA*1*000000001~\r\n";

  private final Endpoint endpoint;
  private final Map<Layer, Alteration> alterations = new EnumMap<>(Layer.class);
  private MessageId messageId;
  private List<Layer> layers = List.of(Layer.SIGN, Layer.ENCRYPT);
  private byte[] payload = EDI.getBytes(StandardCharsets.US_ASCII);
  private Headers part =
      Headers.of(
          "Content-Type", "application/edi-x12",
          "Content-Transfer-Encoding", "binary",
          "Content-Disposition", "attachment; filename=\"orders.edi\"");
  private boolean base64;
  private DigestAlgorithm digest = DigestAlgorithm.SHA256;
  private ContentCipher cipher = ContentCipher.AES128_CBC;
  private Optional<DigestAlgorithm> mic = Optional.empty();
  private PrivateKey signingKey;
  private boolean signerIncluded = true;
  private boolean algorithmProtection;
  private List<X509Certificate> recipients;
  private Receipt receipt = Receipt.SIGNED;
  private Optional<String> receiptOptions = Optional.empty();
  private As2Id from;
  private As2Id to;
  private UnaryOperator<Headers> headers = UnaryOperator.identity();
  private Alteration payloadAlteration = part -> part;
  private Manner manner = Manner.PLAIN;
  private boolean withWrongMics = true;

  Draft(Endpoint endpoint, MessageId messageId) {
    this.endpoint = endpoint;
    this.messageId = messageId;
    this.signingKey = endpoint.us().key();
    this.recipients = List.of(endpoint.them().encryption());
    this.from = endpoint.us().as2Id();
    this.to = endpoint.them().as2Id();
  }

  /** Innermost first. */
  Draft layers(Layer... innermostFirst) {
    return layers(List.of(innermostFirst));
  }

  Draft layers(List<Layer> innermostFirst) {
    layers = innermostFirst;
    return this;
  }

  Draft payload(byte[] octets) {
    payload = octets;
    return this;
  }

  Draft payload(String text) {
    return payload(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** A header of the payload's part. */
  Draft part(String name, String value) {
    part = part.with(name, value);
    return this;
  }

  /** Whose MIC is not looked at: no digest is made only to say what a wrong one is over. */
  Draft withoutWrongMics() {
    withWrongMics = false;
    return this;
  }

  Draft fileName(String name) {
    return part("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  /** The payload's part in base64. */
  Draft base64() {
    base64 = true;
    return part("Content-Transfer-Encoding", "base64");
  }

  Draft digest(DigestAlgorithm algorithm) {
    digest = algorithm;
    return this;
  }

  Draft cipher(ContentCipher algorithm) {
    cipher = algorithm;
    return this;
  }

  /** What the MIC is to be made with, where that is not the signature's digest. */
  Draft micIs(DigestAlgorithm algorithm) {
    mic = Optional.of(algorithm);
    return this;
  }

  /** Signs with a key that is not ours, in our name. */
  Draft signedWith(PrivateKey stranger) {
    signingKey = stranger;
    return this;
  }

  Draft signerOmitted() {
    signerIncluded = false;
    return this;
  }

  Draft algorithmProtection() {
    algorithmProtection = true;
    return this;
  }

  Draft encryptedTo(X509Certificate... certificates) {
    recipients = List.of(certificates);
    return this;
  }

  Draft receipt(Receipt wanted) {
    receipt = wanted;
    return this;
  }

  /** Disposition-Notification-Options as written; with an empty one there is no such header. */
  Draft receiptOptions(String options) {
    receiptOptions = Optional.of(options);
    return this;
  }

  Draft from(As2Id name) {
    from = name;
    return this;
  }

  Draft to(As2Id name) {
    to = name;
    return this;
  }

  Draft messageId(MessageId id) {
    messageId = id;
    return this;
  }

  /** A header of the message, in the place of one that is there. */
  Draft header(String name, String value) {
    return headers(all -> all.with(name, value));
  }

  /** Changes the message's headers, after what was changed before. */
  Draft headers(UnaryOperator<Headers> change) {
    UnaryOperator<Headers> before = headers;
    headers = all -> change.apply(before.apply(all));
    return this;
  }

  Draft without(String name) {
    return headers(all -> all.without(name));
  }

  /** Changes a layer once it is made; what is around it is made around the changed one. */
  Draft altered(Layer layer, Alteration alteration) {
    alterations.put(layer, alteration);
    return this;
  }

  /** Changes the payload's part before any layer. */
  Draft altered(Alteration alteration) {
    payloadAlteration = alteration;
    return this;
  }

  Draft chunked() {
    manner = Manner.CHUNKED;
    return this;
  }

  Draft expectsContinue() {
    manner = Manner.EXPECTING;
    return this;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  MessageId messageId() {
    return messageId;
  }

  List<Layer> stack() {
    return layers;
  }

  byte[] payload() {
    return payload;
  }

  Headers part() {
    return part;
  }

  boolean isBase64() {
    return base64;
  }

  DigestAlgorithm digest() {
    return digest;
  }

  DigestAlgorithm mic() {
    return mic.orElse(digest);
  }

  ContentCipher cipher() {
    return cipher;
  }

  PrivateKey signingKey() {
    return signingKey;
  }

  boolean signerIncluded() {
    return signerIncluded;
  }

  boolean protectsAlgorithm() {
    return algorithmProtection;
  }

  List<X509Certificate> recipients() {
    return recipients;
  }

  Receipt receipt() {
    return receipt;
  }

  Optional<String> receiptOptions() {
    return receiptOptions;
  }

  As2Id from() {
    return from;
  }

  As2Id to() {
    return to;
  }

  UnaryOperator<Headers> headers() {
    return headers;
  }

  Alteration alteration(Layer layer) {
    return alterations.getOrDefault(layer, same -> same);
  }

  Alteration payloadAlteration() {
    return payloadAlteration;
  }

  boolean hasWrongMics() {
    return withWrongMics;
  }

  Manner manner() {
    return manner;
  }
}

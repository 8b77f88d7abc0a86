package dev.as2.conformance;

import dev.as2.core.As2Exception;
import dev.as2.core.Layer;
import dev.as2.core.Limits;
import dev.as2.core.Mdn;
import dev.as2.core.MdnReader;
import dev.as2.core.MicScope;
import dev.as2.mime.CmsSignature;
import dev.as2.mime.CmsSignature.Verification;
import dev.as2.mime.CompressedInput;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.EnvelopedInput;
import dev.as2.mime.Headers;
import dev.as2.mime.MimeException;
import dev.as2.mime.MimePart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a message apart, layer by layer, and says of each what it is and what is wrong with it. It
 * goes on as far as it can: a signature that does not hold is a fault, and no end.
 *
 * <p>Holds the message and each layer whole, none above {@link Limits#CAPTURE_BYTES}. Used once.
 */
public final class Peeler {
  private final List<EnvelopedInput.Recipient> recipients;
  private final List<X509Certificate> signers;
  private final List<PeeledLayer> layers = new ArrayList<>();
  private final List<Layer> order = new ArrayList<>();
  private final Map<MicScope, Map<DigestAlgorithm, byte[]>> digests = new EnumMap<>(MicScope.class);
  private Optional<DigestAlgorithm> signed = Optional.empty();
  private Optional<Headers> outermost = Optional.empty();
  private List<String> facts = new ArrayList<>();
  private List<String> faults = new ArrayList<>();

  /**
   * @param recipients keys that may decrypt
   * @param signers whose signatures are believed
   */
  public Peeler(List<EnvelopedInput.Recipient> recipients, List<X509Certificate> signers) {
    this.recipients = List.copyOf(recipients);
    this.signers = List.copyOf(signers);
  }

  /** Takes it apart. */
  public Peeled peel(Capture capture) {
    outermost = Optional.of(capture.headers());
    MimePart message = MimePart.of(mimeOf(capture.headers()), capture.body());
    facts.add(capture.body().length + " bytes");
    EnvelopeFaults.of(capture).forEach(faults::add);
    Optional<Mdn> mdn = mdn(capture);
    open(message);
    return new Peeled(layers, order, signed, digests, mdn);
  }

  /** Those of the outermost entity; the others are the transport's, and in no MIC. */
  private static Headers mimeOf(Headers all) {
    return new Headers(
        all.lines().stream()
            .filter(h -> h.name().toLowerCase(Locale.ROOT).startsWith("content-"))
            .filter(h -> !h.name().equalsIgnoreCase("Content-Length"))
            .toList());
  }

  private Optional<Mdn> mdn(Capture capture) {
    boolean isMessage = capture.headers().first("Disposition-Notification-To").isPresent();
    if (isMessage || capture.body().length > Limits.ANSWER_BYTES) {
      return Optional.empty();
    }
    try {
      return MdnReader.read(capture.headers(), capture.body())
          .filter(mdn -> mdn.fields().first("Disposition").isPresent());
    } catch (As2Exception e) {
      return Optional.empty(); // it is shown as what it is
    }
  }

  private void open(MimePart part) {
    if (layers.size() > Limits.CAPTURE_LAYERS) {
      faults.add("There are more than " + Limits.CAPTURE_LAYERS + " layers inside each other.");
      add("unopened", part);
      return;
    }
    String type = part.contentType();
    if (type.equals("multipart/signed")) {
      openSigned(part);
    } else if (type.equals("application/pkcs7-mime") || type.equals("application/x-pkcs7-mime")) {
      openCms(part);
    } else {
      payload(part);
    }
  }

  private void add(String name, MimePart part) {
    Headers headers = outermost.orElseGet(part::headers);
    layers.add(new PeeledLayer(name, headers, Octets.of(part.body()), facts, faults));
    outermost = Optional.empty();
    facts = new ArrayList<>();
    faults = new ArrayList<>();
  }

  private void openCms(MimePart part) {
    byte[] octets = decoded(part);
    CmsFacts cms = CmsFacts.of(octets);
    facts.addAll(cms.sentences());
    String stated = part.parameter("smime-type").orElse("");
    if (stated.isEmpty()) {
      facts.add("The Content-Type does not say what it is (no smime-type).");
    } else if (!cms.kind().isEmpty() && !stated.equalsIgnoreCase(cms.kind())) {
      faults.add("The Content-Type calls it %s, and it is %s.".formatted(stated, cms.kind()));
    }
    boolean compressed = (cms.kind().isEmpty() ? stated : cms.kind()).equals("compressed-data");
    order.add(0, compressed ? Layer.COMPRESS : Layer.ENCRYPT);
    if (compressed) {
      digests.put(MicScope.COMPRESSED_ENTITY, Digests.of(part.raw()));
      digests.put(MicScope.COMPRESSED_CONTENT, Digests.of(part.body()));
    }
    String name = compressed ? "compressed" : "encrypted";
    try {
      byte[] content = content(octets, compressed);
      facts.add(content.length + " bytes inside");
      add(name, part);
      open(MimePart.parse(content, Limits.PART_HEADER_BYTES));
    } catch (IOException e) {
      faults.add(
          "It cannot be %s: %s"
              .formatted(
                  compressed ? "decompressed" : "decrypted",
                  Sentences.ended(String.valueOf(e.getMessage()))));
      add(name, part);
    }
  }

  private byte[] content(byte[] octets, boolean compressed) throws IOException {
    InputStream in = new ByteArrayInputStream(octets);
    try (InputStream content =
        compressed
            ? CompressedInput.open(in, Limits.EXPANSION_RATIO, Limits.EXPANSION_ALWAYS_ALLOWED)
            : EnvelopedInput.open(in, recipients)) {
      byte[] all = content.readNBytes(Limits.CAPTURE_BYTES + 1);
      if (all.length > Limits.CAPTURE_BYTES) {
        throw new MimeException("what is inside has more than " + Limits.CAPTURE_BYTES + " bytes");
      }
      return all;
    }
  }

  private byte[] decoded(MimePart part) {
    try {
      return part.decodedBody();
    } catch (MimeException e) {
      faults.add("It says that it is in base64, and cannot be decoded: " + e.getMessage() + ".");
      return part.body();
    }
  }

  private void openSigned(MimePart part) {
    order.add(0, Layer.SIGN);
    List<MimePart> children;
    try {
      children = part.children(Limits.MDN_PARTS, Limits.PART_HEADER_BYTES);
    } catch (MimeException e) {
      faults.add("Its parts cannot be told apart: " + e.getMessage() + ".");
      children = List.of();
    }
    if (children.size() != 2) {
      faults.add("It has " + children.size() + " parts, and has to have two.");
    }
    if (children.size() >= 2) {
      verify(part, children.get(0), children.get(1));
    }
    add("signed", part);
    if (!children.isEmpty()) {
      open(children.get(0));
    }
  }

  private void verify(MimePart whole, MimePart content, MimePart signature) {
    try {
      CmsSignature cms = CmsSignature.parse(signature, Limits.SIGNATURE_BYTES);
      signed = cms.digestAlgorithms().stream().findFirst();
      facts.add(
          "The digest is %s."
              .formatted(
                  signed.map(DigestAlgorithm::rfc5751Name).orElse("one that is not known here")));
      compareMicalg(whole);
      facts.addAll(CmsFacts.of(decoded(signature)).sentences());
      Verification found = new Mdn.Signed(content, signature).verify(signers);
      if (found instanceof Verification.Verified by) {
        facts.add("The signature holds; it is by " + by.by().getSubjectX500Principal() + ".");
        asArrived(cms, content);
      } else {
        faults.add(SignatureFault.sentence(found));
      }
    } catch (MimeException e) {
      faults.add("The signature cannot be read: " + e.getMessage() + ".");
    }
  }

  private void asArrived(CmsSignature cms, MimePart content) {
    Verification raw = cms.verify(a -> a.newDigest().digest(content.raw()), signers);
    if (!(raw instanceof Verification.Verified)) {
      faults.add("The signature holds only with every line ended by CRLF: line ends were changed.");
    }
  }

  private void compareMicalg(MimePart whole) {
    Optional<String> micalg = whole.parameter("micalg");
    if (micalg.isEmpty()) {
      faults.add("The Content-Type has no micalg.");
    } else if (signed.isPresent() && !DigestAlgorithm.named(micalg.get()).equals(signed)) {
      faults.add(
          "The Content-Type's micalg is %s, and the signature's digest is %s."
              .formatted(micalg.get(), signed.get().rfc5751Name()));
    }
  }

  private void payload(MimePart part) {
    digests.put(MicScope.PAYLOAD_ENTITY, Digests.of(part.raw()));
    digests.put(MicScope.PAYLOAD_CONTENT, Digests.of(part.body()));
    digests.put(MicScope.NOTHING, Digests.of(new byte[0]));
    if (part.header("Content-Transfer-Encoding").filter("base64"::equalsIgnoreCase).isPresent()) {
      digests.put(MicScope.FILE_CONTENT, Digests.of(decoded(part)));
    }
    part.header("Content-Disposition").ifPresent(d -> facts.add("Its file name is in: " + d));
    facts.add(part.body().length + " bytes of content");
    facts.add(LineEndFacts.of(part.body()));
    add(part.contentType().equals("multipart/report") ? "report" : "payload", part);
  }
}

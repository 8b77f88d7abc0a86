package dev.as2.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.Limits;
import dev.as2.core.Mdn;
import dev.as2.core.MdnReader;
import dev.as2.core.MessageId;
import dev.as2.core.Mic;
import dev.as2.mime.CmsSignature.Verification;
import dev.as2.mime.IncomingEntity;
import dev.as2.mime.MimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a stored MDN says and proves, by itself: without the message that it is about.
 *
 * @param facts what it says, by name
 * @param problems why it is no proof, a sentence each; none where it is
 */
record StoredMdn(Map<String, String> facts, List<String> problems) {
  private static final int MAX_BYTES = Limits.ANSWER_BYTES + Limits.PART_HEADER_BYTES;

  /**
   * Reads and verifies a file.
   *
   * @param file headers, an empty line, a body
   * @param candidates the certificates that the partner may have signed with
   * @param expected the MIC that it should state
   */
  static StoredMdn verify(
      byte[] file, List<X509Certificate> candidates, Optional<String> expected) {
    Map<String, String> facts = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    Optional<Mdn> read = read(file, problems);
    if (read.isPresent()) {
      Mdn mdn = read.get();
      mdn.from().ifPresent(from -> facts.put("from", from.value()));
      mdn.to().ifPresent(to -> facts.put("to", to.value()));
      mdn.originalMessageId()
          .map(MessageId::value)
          .ifPresentOrElse(
              id -> facts.put("original-message-id", id),
              () -> problems.add("It does not say which message it is about."));
      facts.put("disposition", mdn.dispositionField());
      if (!mdn.disposition().isPositive()) {
        problems.add("Its disposition does not say that the content was accepted.");
      }
      checkSignature(mdn, candidates, facts, problems);
      checkMic(mdn, expected, facts, problems);
    }
    return new StoredMdn(facts, problems);
  }

  private static Optional<Mdn> read(byte[] file, List<String> problems) {
    try {
      if (file.length > MAX_BYTES) {
        throw new MimeException("it is larger than any MDN");
      }
      IncomingEntity stored =
          IncomingEntity.read(new ByteArrayInputStream(file), Limits.PART_HEADER_BYTES);
      Optional<Mdn> mdn = MdnReader.read(stored.headers(), stored.body().readAllBytes());
      if (mdn.isEmpty()) {
        problems.add("There is no MDN in it.");
      }
      return mdn;
    } catch (IOException e) {
      problems.add("It cannot be read: " + Sentences.ended(Sentences.message(e)));
      return Optional.empty();
    }
  }

  private static void checkSignature(
      Mdn mdn, List<X509Certificate> candidates, Map<String, String> facts, List<String> problems) {
    if (mdn.signature().isEmpty()) {
      facts.put("signature", "none");
      problems.add("It is not signed, so anybody could have written it.");
      return;
    }
    try {
      Verification found = mdn.signature().get().verify(candidates);
      if (found instanceof Verification.Verified good) {
        facts.put("signature", "good");
        facts.put("signed-by", name(good.by()));
      } else {
        facts.put("signature", "bad");
        problems.add(why(found));
      }
    } catch (MimeException e) {
      facts.put("signature", "bad");
      problems.add("Its signature cannot be read: " + Sentences.ended(Sentences.message(e)));
    }
  }

  private static String why(Verification found) {
    if (found instanceof Verification.NoMatchingCertificate none) {
      return "It is signed by "
          + String.join(" and ", none.signers())
          + ", which is none of the certificates given.";
    } else if (found instanceof Verification.DigestMismatch mismatch) {
      return "It was changed after " + name(mismatch.by()) + " had signed it.";
    }
    return "Its signature was not made with the key of the certificate that it names.";
  }

  private static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName()
        + ", serial "
        + certificate.getSerialNumber().toString(16);
  }

  private static void checkMic(
      Mdn mdn, Optional<String> expected, Map<String, String> facts, List<String> problems) {
    mdn.mic().ifPresent(mic -> facts.put("mic", mic.toString()));
    if (mdn.mic().isEmpty()) {
      problems.add("It has no MIC, so it does not say of which content it is.");
    } else if (expected.isPresent()) {
      boolean equal =
          Mic.parse(expected.get()).filter(e -> isEqual(e, mdn.mic().get())).isPresent();
      facts.put("mic-match", equal ? "equal" : "different");
      if (!equal) {
        problems.add("Its MIC is not " + expected.get() + ".");
      }
    }
  }

  /** An algorithm that either side leaves out is not compared. */
  private static boolean isEqual(Mic expected, Mic stated) {
    return expected.digest().equals(stated.digest())
        && (expected.algorithm().isEmpty()
            || stated.algorithm().isEmpty()
            || expected.algorithm().equals(stated.algorithm()));
  }

  /** Whether it proves that the partner accepted the content. */
  boolean isProof() {
    return problems.isEmpty();
  }

  ObjectNode json() {
    ObjectNode node = Json.object();
    node.put("proof", isProof());
    facts.forEach(node::put);
    problems.forEach(node.putArray("problems")::add);
    return node;
  }

  void print(PrintWriter out) {
    facts.forEach((name, value) -> out.printf("%-20s %s%n", name, value));
    out.println(isProof() ? "This MDN is proof: signed, positive, with its MIC." : "No proof:");
    problems.forEach(problem -> out.println("  " + problem));
  }
}

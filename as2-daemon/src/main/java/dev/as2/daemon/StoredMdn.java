package dev.as2.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.Limits;
import dev.as2.core.Mdn;
import dev.as2.core.MdnProof;
import dev.as2.core.MdnProof.Wanted;
import dev.as2.core.MdnReader;
import dev.as2.core.Mic;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.aws.Sentences;
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
 * @param warnings what is odd and does no harm, a sentence each
 */
record StoredMdn(Map<String, String> facts, List<String> problems, List<String> warnings) {
  private static final int MAX_BYTES = Limits.ANSWER_BYTES + Limits.PART_HEADER_BYTES;

  /**
   * Reads and verifies a file.
   *
   * @param file headers, an empty line, a body
   * @param wanted whether it has to be signed
   * @param candidates the certificates that the partner may have signed with
   * @param expected the MIC that it should state
   */
  static StoredMdn verify(
      byte[] file, Wanted wanted, List<X509Certificate> candidates, Optional<Mic> expected) {
    List<String> problems = new ArrayList<>();
    Optional<Mdn> read = read(file, problems);
    if (read.isEmpty()) {
      return new StoredMdn(Map.of(), problems, List.of());
    }
    Mdn mdn = read.get();
    MdnProof proof = MdnProof.of(mdn, wanted, candidates, expected);
    proof.problem().ifPresent(problems::add);
    Map<String, String> facts = new LinkedHashMap<>();
    mdn.from().ifPresent(from -> facts.put("from", from.value()));
    mdn.to().ifPresent(to -> facts.put("to", to.value()));
    mdn.originalMessageId().ifPresent(id -> facts.put("original-message-id", id.value()));
    facts.put("disposition", mdn.dispositionField());
    putSignature(mdn, candidates, facts);
    mdn.mic().ifPresent(mic -> facts.put("mic", mic.toString()));
    if (mdn.mic().isPresent() && expected.isPresent()) {
      boolean equal = proof.receipt().micMatch().equals("rfc");
      facts.put("mic-match", equal ? "equal" : "different");
    }
    return new StoredMdn(facts, problems, proof.warnings());
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

  private static void putSignature(
      Mdn mdn, List<X509Certificate> candidates, Map<String, String> facts) {
    if (mdn.signature().isEmpty()) {
      facts.put("signature", "none");
      return;
    }
    try {
      Verification found = mdn.signature().get().verify(candidates);
      facts.put("signature", found instanceof Verification.Verified ? "good" : "bad");
      if (found instanceof Verification.Verified good) {
        facts.put("signed-by", name(good.by()));
      }
    } catch (MimeException e) {
      // Why is among the problems.
      facts.put("signature", "bad");
    }
  }

  private static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName()
        + ", serial "
        + certificate.getSerialNumber().toString(16);
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
    warnings.forEach(node.putArray("warnings")::add);
    return node;
  }

  void print(PrintWriter out) {
    facts.forEach((name, value) -> out.printf("%-20s %s%n", name, value));
    warnings.forEach(warning -> out.println("warning: " + warning));
    out.println(isProof() ? "This MDN is proof that the content was accepted." : "No proof:");
    problems.forEach(problem -> out.println("  " + problem));
  }
}

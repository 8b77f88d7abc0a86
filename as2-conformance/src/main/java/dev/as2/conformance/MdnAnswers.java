package dev.as2.conformance;

import static dev.as2.conformance.Answering.refused;
import static dev.as2.conformance.Answering.taken;

import dev.as2.conformance.SenderScenario.Expectation;
import dev.as2.core.Mic;
import dev.as2.core.MicScope;
import dev.as2.mime.DigestAlgorithm;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What an MDN proves: its signature, its MIC, and which message it is about. */
final class MdnAnswers {
  private MdnAnswers() {}

  static List<SenderScenario> all() {
    return Stream.of(signatures(), ids(), mics()).flatMap(List::stream).toList();
  }

  private static List<SenderScenario> signatures() {
    return List.of(
        taken(
            "good",
            "An MDN without any fault, signed as it was asked for",
            "RFC 4130 §7.4",
            d -> d),
        refused(
            "unsigned",
            "An unsigned MDN, whatever was asked for",
            "RFC 4130 §7.3.1",
            d -> d.signed(false)),
        taken(
            "signed",
            "A signed MDN, whatever was asked for",
            "RFC 4130 §7.3.1",
            d -> d.signed(true)),
        refused(
            "signature-by-stranger",
            "An MDN that is signed with another key",
            "RFC 4130 §7.6",
            d -> d.signed(true).signedWith(StrangerKey.make())),
        refused(
            "signature-of-other-text",
            "An MDN that was changed after it was signed",
            "RFC 4130 §7.6",
            d -> d.signed(true).body(b -> b.replace("was received", "was taken"))),
        refused(
            "signature-garbage",
            "An MDN whose signature cannot be read",
            "RFC 4130 §7.6",
            d -> d.signed(true).signature(octets -> new byte[] {1, 2, 3})));
  }

  private static List<SenderScenario> ids() {
    return List.of(
        refused(
            "id-of-other-message",
            "An MDN for another message",
            "RFC 4130 §7.4.4",
            d -> d.field("Original-Message-ID", "<another@conformance>")),
        taken(
            "id-without-brackets",
            "Original-Message-ID without angle brackets",
            "Sterling; DRM 3Q11#15",
            d ->
                d.field(
                    "Original-Message-ID", d.field("Original-Message-ID").replaceAll("[<>]", ""))),
        taken(
            "id-missing",
            "No Original-Message-ID",
            "DRM 1Q14#1",
            d -> d.withoutField("Original-Message-ID")));
  }

  private static List<SenderScenario> mics() {
    return Stream.of(wrongMics(), oddMics()).flatMap(List::stream).toList();
  }

  private static List<SenderScenario> wrongMics() {
    return List.of(
        refused("mic-wrong", "A MIC of other octets", "RFC 4130 §7.3.1", MdnDraft::wrongMic),
        variant(
            "mic-without-headers",
            "A MIC of the payload without its MIME headers",
            MicScope.PAYLOAD_CONTENT),
        variant(
            "mic-of-payload",
            "A MIC of the payload with its MIME headers",
            MicScope.PAYLOAD_ENTITY),
        variant("mic-of-nothing", "A MIC of nothing", MicScope.NOTHING),
        refused(
            "mic-missing",
            "A positive, signed MDN without a MIC",
            "RFC 4130 §7.3.1",
            d -> d.signed(true).withoutField("Received-Content-MIC")));
  }

  private static List<SenderScenario> oddMics() {
    return List.of(
        taken(
            "mic-without-algorithm",
            "A MIC that does not name its algorithm",
            "DRM 3Q12#6",
            d -> mic(d, m -> m.replaceFirst(",.*", ""))),
        taken(
            "mic-upper-case",
            "A MIC whose algorithm is in upper case",
            "DRM 3Q12#6",
            d -> mic(d, MdnAnswers::upperAlgorithm)),
        taken(
            "mic-old-spelling",
            "A MIC whose algorithm is written sha256",
            "RFC 3851 §3.4.3.2",
            d -> mic(d, m -> m.replace("sha-", "sha"))),
        taken(
            "mic-odd-spaces",
            "A MIC with odd spaces",
            "DRM 3Q09#13",
            d -> mic(d, m -> " " + m.replace(", ", "  ,   "))));
  }

  private static MdnDraft mic(MdnDraft draft, UnaryOperator<String> change) {
    return draft.field("Received-Content-MIC", change.apply(draft.field("Received-Content-MIC")));
  }

  private static String upperAlgorithm(String mic) {
    int comma = mic.indexOf(',');
    return mic.substring(0, comma) + mic.substring(comma).toUpperCase(Locale.ROOT);
  }

  /** Right for some messages and wrong for others: then a sender can say what was hashed. */
  private static SenderScenario variant(String id, String title, MicScope scope) {
    return new SenderScenario(
        id,
        title + ", right or not",
        "RFC 4130 §7.3.1, RFC 5402 §4",
        Expectation.REFUSED,
        turn -> variant(turn, scope));
  }

  private static void variant(Turn turn, MicScope scope) throws IOException {
    MdnDraft draft = turn.mdn();
    Incoming message = turn.message();
    Peeled peeled = message.peeled();
    DigestAlgorithm algorithm = peeled.signed().orElseGet(message::micalg);
    Optional.ofNullable(peeled.digests().get(scope))
        .map(d -> Mic.of(d.getOrDefault(algorithm, new byte[0]), algorithm))
        .ifPresent(mic -> draft.field("Received-Content-MIC", mic.toString()));
    turn.reply(draft.reply());
  }
}

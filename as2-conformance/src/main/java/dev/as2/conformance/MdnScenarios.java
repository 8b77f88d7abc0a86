package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.core.As2Id;
import dev.as2.core.Disposition;
import dev.as2.core.Mdn;
import dev.as2.core.MessageId;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an MDN has to hold, and when there is to be none. */
final class MdnScenarios {
  private static final Pattern MODES =
      Pattern.compile(
          "(?i)\\s*(manual-action|automatic-action)/(MDN-sent-manually|MDN-sent-automatically)\\s*;.*");

  private static final Pattern MIC = Pattern.compile("[A-Za-z0-9+/]+={0,2}\\s*,\\s*\\S+");

  private MdnScenarios() {}

  static List<Scenario> all() {
    return Stream.of(presence(), headers(), fields(), duplicates()).flatMap(List::stream).toList();
  }

  private static List<Scenario> presence() {
    return List.of(
        scenario("mdn-none").reviewed(draft -> draft.receipt(Receipt.NONE), Review::noMdn),
        scenario("mdn-odd-address")
            .isGood(draft -> draft.header("Disposition-Notification-To", "EDI department (24 h)")),
        scenario("mdn-status").reviewed(draft -> draft, review -> review.mdn().success()),
        scenario("mdn-original-message-id")
            .reviewed(draft -> draft, review -> review.aboutOurs().that(MdnScenarios::brackets)),
        scenario("mdn-odd-message-id")
            .reviewed(
                draft ->
                    draft.messageId(
                        new MessageId("!#$%&'*+-/=?^_`{|}~" + draft.messageId().value())),
                Review::aboutOurs),
        scenario("mdn-long-message-id")
            .reviewed(draft -> draft.messageId(padded(draft.messageId(), 253)), Review::aboutOurs),
        scenario("mdn-final-recipient")
            .play(stage -> withNames(stage, MdnScenarios::finalRecipient)));
  }

  private static List<Scenario> headers() {
    return List.of(
        scenario("mdn-as2-names").play(stage -> withNames(stage, MdnScenarios::names)),
        scenario("mdn-as2-version")
            .reviewed(
                draft -> draft,
                review ->
                    review.that(mdn ->
                        header(
                            mdn,
                            "AS2-Version",
                            value -> value.matches("1\\.\\d"),
                            "RFC 4130 §6.1"))),
        scenario("mdn-message-id")
            .reviewed(draft -> draft, review -> review.thatOfExchange(MdnScenarios::ownId)),
        scenario("mdn-date")
            .reviewed(
                draft -> draft,
                review -> review.that(mdn -> header(mdn, "Date", v -> true, "RFC 9110 §6.6.1"))));
  }

  private static List<Scenario> fields() {
    return List.of(
        scenario("mdn-disposition-mode")
            .reviewed(draft -> draft, review -> review.that(MdnScenarios::modes)),
        scenario("mdn-mic-form")
            .reviewed(draft -> draft, review -> review.that(MdnScenarios::micForm)),
        scenario("mdn-report-type")
            .reviewed(
                draft -> draft.receipt(Receipt.UNSIGNED),
                review -> review.that(MdnScenarios::reportType)),
        scenario("mdn-text")
            .reviewed(
                draft -> draft,
                review ->
                    review.that(mdn ->
                        mdn.text().isBlank()
                            ? wrong("The MDN has no words for people.", "RFC 4130 §7.4.2")
                            : Optional.empty())),
        scenario("mdn-unsigned")
            .reviewed(draft -> draft.receipt(Receipt.UNSIGNED), Review::signature));
  }

  private static List<Scenario> duplicates() {
    return List.of(
        scenario("duplicate-message-id").play(MdnScenarios::duplicate),
        scenario("duplicate-after-refusal").play(MdnScenarios::afterRefusal));
  }

  private static Optional<Finding> wrong(String sentence, String source) {
    return Optional.of(new Finding(sentence, source));
  }

  private static MessageId padded(MessageId id, int length) {
    return new MessageId("x".repeat(length - id.value().length()) + id.value());
  }

  private static Optional<Finding> brackets(Mdn mdn) {
    String field = mdn.fields().first("Original-Message-ID").orElse("").strip();
    return field.startsWith("<") && field.endsWith(">")
        ? Optional.empty()
        : wrong(
            "The MDN's Original-Message-ID is not as it was sent: '" + field + "'.",
            "RFC 4130 §7.4.4");
  }

  private static List<Finding> withNames(
      Stage stage, BiFunction<Mdn, Endpoint, Optional<Finding>> check) throws IOException {
    Bench bench = stage.bench();
    return Review.of(bench.send(bench.draft()), bench.endpoint().them())
        .that(mdn -> check.apply(mdn, bench.endpoint()))
        .findings();
  }

  private static Optional<Finding> finalRecipient(Mdn mdn, Endpoint endpoint) {
    As2Id them = endpoint.them().as2Id();
    Optional<As2Id> stated = mdn.finalRecipient();
    if (stated.filter(them::equals).isPresent()) {
      return Optional.empty();
    }
    return wrong(
        stated
            .map(id -> "The MDN's Final-Recipient is %s, not %s.".formatted(id, them))
            .orElse("The MDN has no Final-Recipient."),
        "RFC 8098 §3.2.4");
  }

  static Optional<Finding> names(Mdn mdn, Endpoint endpoint) {
    return name("AS2-From", mdn.from(), endpoint.them().as2Id())
        .or(() -> name("AS2-To", mdn.to(), endpoint.us().as2Id()));
  }

  private static Optional<Finding> name(String header, Optional<As2Id> found, As2Id expected) {
    if (found.filter(expected::equals).isPresent()) {
      return Optional.empty();
    }
    return wrong(
        found
            .map(id -> "The MDN's %s is %s, not %s.".formatted(header, id, expected))
            .orElse("The MDN has no %s.".formatted(header)),
        "RFC 4130 §6.2");
  }

  private static Optional<Finding> header(
      Mdn mdn, String name, Function<String, Boolean> isRight, String source) {
    Optional<String> value = mdn.envelope().first(name);
    if (value.isPresent() && isRight.apply(value.get())) {
      return Optional.empty();
    }
    return wrong(
        value
            .map(v -> "The MDN's %s is '%s'.".formatted(name, v))
            .orElse("The MDN has no %s header.".formatted(name)),
        source);
  }

  private static Optional<Finding> ownId(Exchange exchange) {
    Optional<MessageId> id =
        exchange
            .response()
            .flatMap(answer -> answer.headers().first("Message-ID"))
            .map(MessageId::fromHeader);
    if (id.isEmpty()) {
      return wrong("The MDN has no Message-ID header.", "RFC 4130 §7.4");
    }
    return id.get().equals(exchange.parcel().messageId())
        ? wrong("The MDN has the Message-ID of the message.", "RFC 5322 §3.6.4")
        : Optional.empty();
  }

  private static Optional<Finding> modes(Mdn mdn) {
    String field = mdn.dispositionField();
    return MODES.matcher(field).matches()
        ? Optional.empty()
        : wrong("The MDN's disposition lacks its modes: '" + field + "'.", "RFC 4130 §7.4.3");
  }

  private static Optional<Finding> micForm(Mdn mdn) {
    String field = mdn.fields().first("Received-Content-MIC").orElse("").strip();
    return MIC.matcher(field).matches()
        ? Optional.empty()
        : wrong(
            "The MDN's Received-Content-MIC is not base64, comma, algorithm: '" + field + "'.",
            "RFC 4130 §7.4.3");
  }

  private static Optional<Finding> reportType(Mdn mdn) {
    String type = mdn.envelope().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    boolean isReport =
        type.contains("multipart/report") && type.contains("disposition-notification");
    return isReport || mdn.signature().isPresent()
        ? Optional.empty()
        : wrong(
            "The MDN's Content-Type is '%s', without report-type=disposition-notification."
                .formatted(type),
            "RFC 4130 §7.4.2");
  }

  private static List<Finding> duplicate(Stage stage) throws IOException {
    Bench bench = stage.bench();
    Parcel parcel = bench.pack(bench.draft());
    Partner them = bench.endpoint().them();
    List<Finding> first = Review.of(bench.send(parcel, Manner.PLAIN), them).good().findings();
    if (!first.isEmpty()) {
      return first;
    }
    Exchange again = bench.send(parcel, Manner.PLAIN);
    return Review.of(again, them)
        .mdn()
        .signature()
        .aboutOurs()
        .that(mdn -> isDuplicate(mdn.disposition()))
        .findings();
  }

  static Optional<Finding> isDuplicate(Disposition disposition) {
    return disposition.isNegative()
        ? wrong(
            "The endpoint refused a message that was repeated with the same octets under the same"
                + " Message-ID: '%s'.".formatted(disposition.reasonText()),
            "RFC 4130 §7.5.6")
        : Optional.empty();
  }

  private static List<Finding> afterRefusal(Stage stage) throws IOException {
    Bench bench = stage.bench();
    Draft bad = bench.draft().encryptedTo(bench.endpoint().us().certificate());
    bench.send(bad);
    Exchange good = bench.send(bench.draft().messageId(bad.messageId()));
    return Review.of(good, bench.endpoint().them())
        .mdn()
        .aboutOurs()
        .positive()
        .that(mdn ->
            mdn.disposition().isDuplicate()
                ? wrong(
                    "The endpoint calls a good message a duplicate of one that it has refused.",
                    "RFC 4130 §5.5")
                : Optional.empty())
        .findings();
  }
}

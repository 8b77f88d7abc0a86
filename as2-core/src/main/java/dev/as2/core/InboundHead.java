package dev.as2.core;

import dev.as2.mime.Headers;
import java.util.List;
import java.util.Optional;

/**
 * What a received message says of itself before its body comes.
 *
 * @param key who sends it to whom, and which it is
 * @param messageIdAsSent the Message-ID as it came: MDNs repeat it so (RFC 4130 §7.4.3)
 * @param subject for people
 * @param receipt which MDN it asks for
 * @param headers all of its headers
 */
record InboundHead(
    MessageKey key,
    String messageIdAsSent,
    Optional<String> subject,
    ReceiptRequest receipt,
    Headers headers) {
  private static final List<String> ONCE = List.of("AS2-From", "AS2-To", "Message-ID");

  /**
   * @throws IllegalArgumentException where it is no AS2 message: in one sentence, for its sender
   */
  static InboundHead of(Headers headers) {
    for (String name : ONCE) {
      long count =
          headers.lines().stream().filter(line -> line.name().equalsIgnoreCase(name)).count();
      if (count != 1) {
        throw new IllegalArgumentException(
            "An AS2 message has one header %s, and this request has %s.".formatted(name, count));
      }
    }
    String messageId = headers.first("Message-ID").orElseThrow();
    return new InboundHead(
        new MessageKey(
            As2Id.fromHeader(headers.first("AS2-From").orElseThrow()),
            As2Id.fromHeader(headers.first("AS2-To").orElseThrow()),
            MessageId.fromHeader(messageId)),
        messageId.strip(),
        headers.first("Subject").map(Quote::of),
        ReceiptRequest.of(headers),
        headers);
  }
}

package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.Note.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NoteTest {
  private static final MessageId ABOUT = new MessageId("an-id@here");
  private static final byte[] NOTE =
      Note.octets(Kind.SEAL, ABOUT, Note.members().put("a", "text").put("b", 7));

  private static String read(byte[] octets) throws As2Exception {
    return Note.read(Kind.SEAL, ABOUT, octets, n -> Note.text(n, "a") + " " + Note.number(n, "b"));
  }

  private static void assertRefused(byte[] octets, String why) {
    assertThatThrownBy(() -> read(octets))
        .isInstanceOfSatisfying(
            As2Exception.class, e -> assertThat(e.code()).isEqualTo(FailureCode.JOURNAL_DAMAGED))
        .hasMessageMatching(
            "The seal that was kept of message an-id@here cannot be read: .*" + why + ".*\\.");
  }

  @Test
  void isReadAsItWasWritten() throws Exception {
    assertThat(read(NOTE)).isEqualTo("text 7");
    assertThat(new String(NOTE, StandardCharsets.US_ASCII))
        .matches("seal 1 [0-9a-f]+ an-id@here\n\\{\"a\":\"text\",\"b\":7}");
  }

  @Test
  void noticesEveryChangedOctetAndEveryMissingEnd() {
    for (int i = 0; i < NOTE.length; i++) {
      byte[] changed = NOTE.clone();
      changed[i] ^= 4;
      assertRefused(changed, "");
      assertRefused(Arrays.copyOf(NOTE, i), "");
    }
  }

  @Test
  void isOfOneKindOneVersionAndOneMessage() {
    assertRefused(Note.octets(Kind.ANSWER, ABOUT, Note.members()), "it does not begin as one");
    assertRefused(
        Note.octets(Kind.SEAL, new MessageId("another@x"), Note.members()),
        "it is of another message");
    byte[] later = NOTE.clone();
    later["seal ".length()] = '2';
    assertRefused(later, "its version is not 1");
  }

  @Test
  void namesAMemberThatIsMissingOrOfAnotherForm() {
    assertRefused(Note.octets(Kind.SEAL, ABOUT, Note.members()), "a");
    assertRefused(Note.octets(Kind.SEAL, ABOUT, Note.members().put("a", 1)), "a is no text");
    assertRefused(
        Note.octets(Kind.SEAL, ABOUT, Note.members().put("a", "").put("b", "x")),
        "b is no whole number");
  }
}

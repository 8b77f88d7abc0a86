package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.MdnProof.Wanted;
import dev.as2.core.Sent.MdnRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A kept MDN is judged as it was when it came. */
class MdnProofTest {
  private static Mdn mdn(String name) throws IOException {
    As2Response answer = Answers.file(name);
    return MdnReader.read(answer.headers(), answer.body()).orElseThrow();
  }

  private static MdnProof judge(String name, Wanted wanted, Optional<Mic> expected)
      throws IOException {
    return MdnProof.of(mdn(name), wanted, List.of(Answers.partner()), expected);
  }

  @Test
  void whatCompletedATransferIsProofOffline() throws IOException {
    List<String> completed = new ArrayList<>();
    for (Wanted wanted : Wanted.values()) {
      for (String[] row : Answers.rows()) {
        String name = row[1].strip();
        Sent sent = Answers.sent(MdnRequest.valueOf(wanted.name()));
        if (Answers.judge(sent, Answers.file(name)).isSuccess()) {
          completed.add(name);
          assertThat(judge(name, wanted, Optional.empty()).problem()).as(name).isEmpty();
        }
      }
    }
    assertThat(completed).hasSizeGreaterThan(10);
  }

  @Test
  void whatIsNotSignedIsNoProofWhereASignatureWasWanted() throws IOException {
    assertThat(judge("plain", Wanted.SIGNED, Optional.empty()).problem())
        .contains("A signed MDN was asked for, and the one that came is not signed.");
  }

  @Test
  void comparesTheMicInEveryFormThatSendingForgives() throws IOException {
    String stated = mdn("plain").mic().orElseThrow().digest();
    byte[] octets = Base64.getDecoder().decode(stated);
    for (String form :
        List.of(
            stated, stated.replace("=", ""), HexFormat.of().withUpperCase().formatHex(octets))) {
      assertThat(judge("plain", Wanted.UNSIGNED, Mic.parse(form + ", sha256")).problem())
          .as(form)
          .isEmpty();
    }
    assertThat(judge("plain", Wanted.UNSIGNED, Mic.parse("AAAA, sha256")).problem())
        .contains("The MDN's MIC is " + stated + ", sha-256, not AAAA, sha-256.");
  }
}

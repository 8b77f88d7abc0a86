package dev.as2.transport;

import static dev.as2.transport.Messages.as2Failure;
import static dev.as2.transport.Messages.await;
import static dev.as2.transport.Messages.body;
import static dev.as2.transport.Messages.request;
import static dev.as2.transport.ScriptedPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Exception;
import dev.as2.core.As2Response;
import dev.as2.core.FailureCode;
import dev.as2.core.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class ClientAnswerTest extends ClientAndPartner {
  private static String octets(String escaped) {
    return escaped.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(
      resources = "/vectors/answers.csv",
      delimiter = '|',
      numLinesToSkip = 1,
      quoteCharacter = '`')
  void readsEveryFormOfAnswer(
      String source, String what, String wire, int status, String reason, String expected)
      throws Exception {
    partner.enqueue(answer(octets(wire)));

    As2Response response = await(post());

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.reason()).isEqualTo(reason == null ? "" : reason);
    assertThat(body(response)).isEqualTo(expected == null ? "" : expected);
    assertThat(response.sentWhole()).isTrue();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(
      resources = "/vectors/answers.csv",
      delimiter = '|',
      numLinesToSkip = 1,
      quoteCharacter = '`')
  void readsEveryFormOfAnswerOctetByOctet(
      String source, String what, String wire, int status, String reason, String expected)
      throws Exception {
    partner.enqueue(with -> {
      with.readRequest();
      with.trickle(octets(wire), Duration.ofMillis(1));
    });

    As2Response response = await(post());

    assertThat(response.status()).isEqualTo(status);
    assertThat(body(response)).isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/vectors/no-answers.csv",
      delimiter = '|',
      numLinesToSkip = 1,
      quoteCharacter = '`')
  void failsWithoutAWholeAnswer(String what, String wire, FailureCode code, String says)
      throws Exception {
    partner.enqueue(answer(wire == null ? "" : octets(wire)));

    As2Exception failure = as2Failure(post());

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageContaining(says);
  }

  @Test
  void reportsAResetAfterTheWholeMessage() throws Exception {
    partner.enqueue(with -> {
      with.readRequest();
      with.reset();
    });

    As2Exception failure = as2Failure(post());

    assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION_CLOSED);
    assertThat(failure).hasMessageContaining("was sent whole, and 0 bytes of the answer had come");
  }

  @Test
  void reportsAResetInTheMiddleOfTheMessage() throws Exception {
    partner.enqueue(with -> {
      with.readHead();
      with.reset();
    });

    As2Exception failure =
        as2Failure(client.post(request(partner.url("/"), Messages.large(64L << 20))));

    assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION_CLOSED);
    assertThat(failure).hasMessageContaining("was not sent whole");
  }

  @Test
  void stopsReadingAnAnswerThatIsTooLarge() throws Exception {
    partner.enqueue(with -> {
      with.readRequest();
      with.write("HTTP/1.1 200 OK\r\n\r\n");
      for (int i = 0; i < 1_000; i++) {
        with.write("x".repeat(64 << 10));
      }
    });

    As2Exception failure = as2Failure(post());

    assertThat(failure.code()).isEqualTo(FailureCode.HTTP_ANSWER_TOO_LARGE);
    assertThat(failure).hasMessageContaining(String.valueOf(Limits.ANSWER_BYTES));
    As2Response came = failure.answer().orElseThrow();
    assertThat(came.status()).isEqualTo(200);
    assertThat(came.body()).hasSizeBetween(1 << 20, Limits.ANSWER_BYTES).startsWith('x', 'x');
  }

  @Test
  void stopsReadingHeadersThatAreTooLarge() throws Exception {
    partner.enqueue(
        answer("HTTP/1.1 200 OK\r\n" + "X: 0123456789\r\n".repeat(Limits.HTTP_HEADER_BYTES / 10)));

    assertThat(as2Failure(post()).code()).isEqualTo(FailureCode.HTTP_ANSWER_TOO_LARGE);
  }

  @Test
  void keepsHeadersInOrderAndLeavesOutWhatIsNone() throws Exception {
    partner.enqueue(
        answer(
            "HTTP/1.1 200 OK\r\nB: 1\r\nb@d: 2\r\na: t\u00e4b\thi\r\n"
                + "C: folded\r\n  line\r\nB: 3\r\nContent-Length: 0\r\n\r\n"));

    As2Response response = await(post());

    assertThat(response.headers().joined("b")).contains("1, 3");
    assertThat(response.headers().first("a")).contains("t?b hi");
    assertThat(response.headers().first("c")).hasValue("folded line");
    assertThat(response.headers().lines()).noneMatch(line -> line.value().equals("2"));
  }

  @Test
  void fillsTheTimings() throws Exception {
    partner.enqueue(with -> {
      with.readRequest();
      with.pause(Messages.SHORT);
      with.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n1");
      with.pause(Messages.SHORT);
      with.write("2");
    });

    As2Response.Timings timings = await(post()).timings();

    assertThat(timings.connect()).isPositive();
    assertThat(timings.write()).isPositive();
    assertThat(timings.pause()).isBetween(Duration.ofMillis(50), Messages.LONG);
    assertThat(timings.answer()).isBetween(Duration.ofMillis(50), Messages.LONG);
  }
}

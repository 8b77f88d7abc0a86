package dev.as2.daemon.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  @Test
  void readsWhatABrowserWrites() throws Exception {
    Query query = Query.parse("text=a+%C3%A4%26&status=&before=7&=x&lonely");
    assertThat(query.text("text", 10)).contains("a ä&");
    assertThat(query.text("status", 10)).isEmpty();
    assertThat(query.number("before", 0, 7)).contains(7L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text=%zz", "text=%", "text=%1", "a=1&a=2", "a=1&%61=2"})
  void refusesWhatNoBrowserWrites(String query) {
    assertThatThrownBy(() -> Query.parse(query)).isInstanceOf(Refusal.class);
  }
}

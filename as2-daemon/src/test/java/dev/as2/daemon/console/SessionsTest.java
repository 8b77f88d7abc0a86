package dev.as2.daemon.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import dev.as2.daemon.api.SettableClock;
import dev.as2.daemon.console.Sessions.Begun;
import dev.as2.daemon.state.ServeLimits;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private final Sessions sessions = new Sessions(new SettableClock(), new SecureRandom());

  @Test
  void whereThereAreTooManyTheOneEndsThatWasUsedTheLongestAgo() {
    List<Begun> begun = new ArrayList<>();
    for (int i = 0; i < ServeLimits.CONSOLE_SESSIONS; i++) {
      begun.add(sessions.begin("key"));
    }
    assertThat(sessions.find(begun.get(0).id())).isPresent();
    sessions.begin("key");
    assertThat(sessions.find(begun.get(0).id())).isPresent();
    assertThat(sessions.find(begun.get(1).id())).isEmpty();
  }

  @Test
  void aSessionSaysNothingSecret() {
    Begun begun = sessions.begin("key");
    assertThat(begun + " " + begun.session())
        .contains("key")
        .doesNotContain(begun.id(), begun.session().token());
  }

  @Test
  void aHostOfIpv6IsOnePlaceWhicheverOfItsAddressesItUses() throws Exception {
    SignInRates rates = new SignInRates();
    for (int i = 0; i < ServeLimits.CONSOLE_SIGN_INS_PER_MINUTE; i++) {
      rates.count(InetAddress.getByName("2001:db8:1:2::" + i));
    }
    rates.count(InetAddress.getByName("2001:db8:1:3::1"));
    assertThat(catchException(() -> rates.count(InetAddress.getByName("2001:db8:1:2:ffff::1"))))
        .isInstanceOf(Refusal.class);
  }
}

package dev.as2.core;

/**
 * User name and password for HTTP Basic authentication (RFC 7617); AWS's rules for the secret:
 * ASCII without control characters, no colon in the name.
 */
public record BasicCredentials(String username, String password) {
  /**
   * @throws IllegalArgumentException where either breaks the rules
   */
  public BasicCredentials {
    check("Username", username);
    check("Password", password);
    if (username.indexOf(':') >= 0) {
      throw new IllegalArgumentException("the secret's Username has a colon");
    }
  }

  private static void check(String member, String value) {
    if (!value.chars().allMatch(c -> ' ' <= c && c <= '~')) {
      throw new IllegalArgumentException(
          "the secret's " + member + " has a character outside printable ASCII");
    }
  }

  /** The user name alone. */
  @Override
  public String toString() {
    return "BasicCredentials[" + username + "]";
  }
}

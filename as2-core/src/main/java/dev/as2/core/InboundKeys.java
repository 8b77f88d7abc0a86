package dev.as2.core;

import dev.as2.mime.EnvelopedInput;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What messages from one partner are opened with.
 *
 * @param recipients our keys, all that may decrypt
 * @param signers the partner's certificates, any of which may have signed
 */
record InboundKeys(List<EnvelopedInput.Recipient> recipients, List<X509Certificate> signers) {
  InboundKeys {
    recipients = List.copyOf(recipients);
    signers = List.copyOf(signers);
  }
}

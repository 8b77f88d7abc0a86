package dev.as2.mime;

import java.math.BigInteger;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECParameterSpec;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.jcajce.provider.asymmetric.util.EC5Util;
import org.bouncycastle.math.ec.ECCurve;

/**
 * ECDSA signatures that are the same each time, their secret number being drawn from key and digest
 * (RFC 6979 §3.2, by HMAC with SHA-512), and all of one length.
 *
 * <p>The two numbers of a signature are DER integers, and a leading zero more or less makes it
 * longer or shorter. A message's length is told before it is signed, so numbers are drawn until
 * their length is the most frequent one, about twice. Bouncy Castle's: the JDK's providers draw
 * their own numbers.
 */
final class EcdsaSigning {
  /** So many in a row of another length there never are. */
  private static final int MAX_DRAWS = 1_000;

  private final BigInteger order;
  private final ECPrivateKeyParameters key;

  EcdsaSigning(ECPrivateKey key) {
    ECParameterSpec parameters = key.getParams();
    ECCurve curve = EC5Util.convertCurve(parameters.getCurve());
    this.order = parameters.getOrder();
    this.key =
        new ECPrivateKeyParameters(
            key.getS(),
            new ECDomainParameters(
                curve,
                EC5Util.convertPoint(curve, parameters.getGenerator()),
                order,
                BigInteger.valueOf(parameters.getCofactor())));
  }

  /** The signature of a digest, as ECDSA-Sig-Value in DER (RFC 5753 §7.2). */
  byte[] sign(byte[] digest) {
    for (int skipped = 0; skipped < MAX_DRAWS; skipped++) {
      ECDSASigner signer = new ECDSASigner(new Draw(skipped));
      signer.init(true, key);
      BigInteger[] numbers = signer.generateSignature(digest);
      byte[] signature =
          Asn1.encoded(
              new DERSequence(new ASN1Integer[] {integer(numbers[0]), integer(numbers[1])}));
      if (signature.length == length()) {
        return signature;
      }
    }
    throw new IllegalStateException("no signature has the usual length");
  }

  private static ASN1Integer integer(BigInteger number) {
    return new ASN1Integer(number);
  }

  /**
   * The length of signatures in bytes. Where the order fills its octets, each number needs a
   * leading zero about every other time, so that one of the two has it; else hardly any is short.
   */
  int length() {
    int longest = order.bitLength() / 8 + 1;
    int numbers = order.bitLength() % 8 == 0 ? 2 * longest - 1 : 2 * longest;
    int content = numbers + 4;
    return content + (content < 0x80 ? 2 : 3);
  }

  /** The numbers that RFC 6979 draws, without the first few. */
  private static final class Draw extends HMacDSAKCalculator {
    private final int skipped;

    Draw(int skipped) {
      super(new SHA512Digest());
      this.skipped = skipped;
    }

    @Override
    public void init(BigInteger order, BigInteger key, byte[] digest) {
      super.init(order, key, digest);
      for (int i = 0; i < skipped; i++) {
        nextK();
      }
    }
  }
}

package dev.as2.mime;

import static org.bouncycastle.asn1.nist.NISTObjectIdentifiers.*;
import static org.bouncycastle.asn1.oiw.OIWObjectIdentifiers.idSHA1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * The digests of signatures and MICs. SHA-1 is for partners that can do no better.
 *
 * <p>Each has one JCA name, an OID of its own and one with ECDSA, and the spellings that are met in
 * {@code micalg} parameters and MIC fields (RFC 3851 §3.4.3.2, RFC 5751 §3.4.3.2, and what products
 * write besides). For SHA-3 no RFC has names for {@code micalg}; these are those that products use.
 */
public enum DigestAlgorithm {
  SHA1("SHA-1", idSHA1, X9ObjectIdentifiers.ecdsa_with_SHA1, "sha1", "sha1"),
  SHA256("SHA-256", id_sha256, X9ObjectIdentifiers.ecdsa_with_SHA256, "sha-256", "sha256"),
  SHA384("SHA-384", id_sha384, X9ObjectIdentifiers.ecdsa_with_SHA384, "sha-384", "sha384"),
  SHA512("SHA-512", id_sha512, X9ObjectIdentifiers.ecdsa_with_SHA512, "sha-512", "sha512"),
  SHA3_256("SHA3-256", id_sha3_256, id_ecdsa_with_sha3_256, "sha3-256", "sha3-256"),
  SHA3_384("SHA3-384", id_sha3_384, id_ecdsa_with_sha3_384, "sha3-384", "sha3-384"),
  SHA3_512("SHA3-512", id_sha3_512, id_ecdsa_with_sha3_512, "sha3-512", "sha3-512");

  private static final List<String> PREFIXES = List.of("rsa-", "sha2-", "sha2_");

  private final String jcaName;
  private final ASN1ObjectIdentifier oid;
  private final ASN1ObjectIdentifier ecdsaOid;
  private final String rfc5751Name;
  private final String rfc3851Name;

  DigestAlgorithm(
      String jcaName,
      ASN1ObjectIdentifier oid,
      ASN1ObjectIdentifier ecdsaOid,
      String rfc5751Name,
      String rfc3851Name) {
    this.jcaName = jcaName;
    this.oid = oid;
    this.ecdsaOid = ecdsaOid;
    this.rfc5751Name = rfc5751Name;
    this.rfc3851Name = rfc3851Name;
  }

  /** {@code sha-256}; SHA-1 and SHA-3 are {@code sha1} and {@code sha3-256} in either spelling. */
  public String rfc5751Name() {
    return rfc5751Name;
  }

  /** {@code sha256}; SHA-1 and SHA-3 are {@code sha1} and {@code sha3-256} in either spelling. */
  public String rfc3851Name() {
    return rfc3851Name;
  }

  ASN1ObjectIdentifier oid() {
    return oid;
  }

  /** The OID of ECDSA with this digest. */
  ASN1ObjectIdentifier ecdsaOid() {
    return ecdsaOid;
  }

  /** The JCA name of the digest. */
  String jcaName() {
    return jcaName;
  }

  /** Whether it is of the SHA-3 family. */
  public boolean isSha3() {
    return jcaName.startsWith("SHA3-");
  }

  /** The JCA name of the RSA PKCS #1 v1.5 signature with this digest. */
  String rsaSignatureName() {
    return (isSha3() ? jcaName : jcaName.replace("-", "")) + "withRSA";
  }

  /** A fresh digest from the JDK's preferred provider. */
  public MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance(jcaName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + jcaName, e);
    }
  }

  /** Size of a digest in bytes. */
  public int size() {
    return newDigest().getDigestLength();
  }

  /**
   * The algorithm behind a name as products write it: any case, with or without hyphen, underscore,
   * quotes, spaces or {@code rsa-}, or as an OID.
   */
  public static Optional<DigestAlgorithm> named(String text) {
    String name = text.replaceAll("[\\s\"']", "").toLowerCase(Locale.ROOT);
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix)) {
        name = name.substring(prefix.length());
      }
    }
    String bare = name.replace("-", "").replace("_", "");
    return Arrays.stream(values())
        .filter(a -> a.matches(bare) || a.oid.getId().equals(bare))
        .findFirst();
  }

  private boolean matches(String bareName) {
    String ours = rfc3851Name.replace("-", "");
    return bareName.equals(ours)
        || (!isSha3() && bareName.equals(ours.substring("sha".length())))
        || (this == SHA1 && bareName.equals("sha"));
  }
}

package dev.as2.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.operator.DefaultAlgorithmNameFinder;

/**
 * What can be said of a CMS structure without any key.
 *
 * @param kind as {@code smime-type} calls it; empty where it is none of those
 * @param sentences what there is to know
 */
record CmsFacts(String kind, List<String> sentences) {
  static CmsFacts of(byte[] octets) {
    try {
      ContentInfo content = ContentInfo.getInstance(ASN1Primitive.fromByteArray(octets));
      ASN1ObjectIdentifier type = content.getContentType();
      if (type.equals(CMSObjectIdentifiers.envelopedData)) {
        EnvelopedData data = EnvelopedData.getInstance(content.getContent());
        return new CmsFacts(
            "enveloped-data", encrypted(data.getEncryptedContentInfo(), data.getRecipientInfos()));
      }
      if (type.equals(CMSObjectIdentifiers.authEnvelopedData)) {
        AuthEnvelopedData data = AuthEnvelopedData.getInstance(content.getContent());
        return new CmsFacts(
            "authEnveloped-data",
            encrypted(data.getAuthEncryptedContentInfo(), data.getRecipientInfos()));
      }
      if (type.equals(CMSObjectIdentifiers.compressedData)) {
        return new CmsFacts("compressed-data", List.of());
      }
      if (type.equals(CMSObjectIdentifiers.signedData)) {
        return new CmsFacts("signed-data", signed(content));
      }
      return new CmsFacts("", List.of("It is a CMS structure of type " + type + "."));
    } catch (IOException | RuntimeException e) {
      // Damaged ASN.1 shows by exceptions of many kinds.
      return new CmsFacts("", List.of("It is no CMS structure that can be read."));
    }
  }

  private static List<String> encrypted(EncryptedContentInfo content, ASN1Set recipients) {
    List<String> facts = new ArrayList<>();
    facts.add(
        "It is encrypted with %s."
            .formatted(
                new DefaultAlgorithmNameFinder()
                    .getAlgorithmName(content.getContentEncryptionAlgorithm())));
    for (ASN1Encodable each : recipients) {
      facts.add("It is encrypted to " + recipient(RecipientInfo.getInstance(each)) + ".");
    }
    return facts;
  }

  private static String recipient(RecipientInfo recipient) {
    if (!(recipient.getInfo() instanceof KeyTransRecipientInfo keyed)) {
      return "a recipient of another kind than a certificate's key";
    }
    RecipientIdentifier id = keyed.getRecipientIdentifier();
    if (id.isTagged()) {
      return "subject key id "
          + HexFormat.of().formatHex(ASN1OctetString.getInstance(id.getId()).getOctets());
    }
    IssuerAndSerialNumber named = IssuerAndSerialNumber.getInstance(id.getId());
    return "the certificate of issuer %s with serial number %s"
        .formatted(named.getName(), named.getSerialNumber().getValue());
  }

  private static List<String> signed(ContentInfo content) {
    SignedData data = SignedData.getInstance(content.getContent());
    int certificates = data.getCertificates() == null ? 0 : data.getCertificates().size();
    return List.of(
        certificates == 0
            ? "The signature holds no certificate."
            : "The signature holds "
                + certificates
                + (certificates == 1 ? " certificate." : " certificates."));
  }
}

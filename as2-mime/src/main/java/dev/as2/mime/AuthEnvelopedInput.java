package dev.as2.mime;

import dev.as2.mime.EnvelopedInput.Recipient;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1OctetStringParser;
import org.bouncycastle.asn1.ASN1SequenceParser;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1SetParser;
import org.bouncycastle.asn1.ASN1StreamParser;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.AuthEnvelopedDataParser;
import org.bouncycastle.asn1.cms.ContentInfoParser;
import org.bouncycastle.asn1.cms.EncryptedContentInfoParser;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.KeyTransRecipientId;

/** Takes an authEnveloped-data apart while it arrives (RFC 5083 §2, RFC 5084 §3.2). */
final class AuthEnvelopedInput {
  private final Hostile.Octets octets;
  private final AuthEnvelopedDataParser structure;

  private AuthEnvelopedInput(Hostile.Octets octets) throws IOException {
    this.octets = octets;
    ContentInfoParser info =
        new ContentInfoParser((ASN1SequenceParser) new ASN1StreamParser(octets).readObject());
    this.structure =
        new AuthEnvelopedDataParser((ASN1SequenceParser) info.getContent(BERTags.SEQUENCE));
  }

  /** The content, as {@link EnvelopedInput#open} gives it. */
  static InputStream open(Hostile.Octets octets, List<Recipient> recipients) throws IOException {
    return new AuthEnvelopedInput(octets).open(recipients);
  }

  private InputStream open(List<Recipient> recipients) throws IOException {
    structure.getOriginatorInfo();
    List<KeyTransRecipientInfo> infos = recipientInfos();
    EncryptedContentInfoParser content = structure.getAuthEncryptedContentInfo();
    AlgorithmIdentifier algorithm = content.getContentEncryptionAlgorithm();
    for (Recipient recipient : recipients) {
      for (KeyTransRecipientInfo info : infos) {
        if (EnvelopedInput.isFor(id(info), recipient.certificate())) {
          StreamedGcm gcm =
              GcmRecipient.gcm(
                  algorithm,
                  GcmRecipient.unwrapped(
                      info.getKeyEncryptionAlgorithm(),
                      algorithm,
                      info.getEncryptedKey().getOctets(),
                      recipient.key()));
          return new GcmInput(ciphertext(content), gcm, this::tag);
        }
      }
    }
    throw EnvelopedInput.notToUs(infos.stream().map(AuthEnvelopedInput::id).toList());
  }

  private List<KeyTransRecipientInfo> recipientInfos() throws IOException {
    List<KeyTransRecipientInfo> infos = new ArrayList<>();
    for (var each : ASN1Set.getInstance(structure.getRecipientInfos().toASN1Primitive())) {
      if (RecipientInfo.getInstance(each).getInfo() instanceof KeyTransRecipientInfo info) {
        infos.add(info);
      }
    }
    return infos;
  }

  private static KeyTransRecipientId id(KeyTransRecipientInfo info) {
    RecipientIdentifier identifier = info.getRecipientIdentifier();
    if (identifier.getId() instanceof ASN1OctetString keyId) {
      return new KeyTransRecipientId(keyId.getOctets());
    }
    IssuerAndSerialNumber name = IssuerAndSerialNumber.getInstance(identifier.getId());
    return new KeyTransRecipientId(name.getName(), name.getSerialNumber().getValue());
  }

  private InputStream ciphertext(EncryptedContentInfoParser content) throws IOException {
    InputStream ciphertext =
        ((ASN1OctetStringParser) content.getEncryptedContent(BERTags.OCTET_STRING))
            .getOctetStream();
    octets.allow(Long.MAX_VALUE);
    return ciphertext;
  }

  /** What follows the content: attributes, which the tag covers in DER, and the tag. */
  private byte[] tag(StreamedGcm gcm) throws IOException {
    octets.allow(EnvelopedInput.MAX_STRUCTURE_BYTES);
    try {
      ASN1SetParser attributes = structure.getAuthAttrs();
      if (attributes != null) {
        gcm.authenticate(
            Asn1.encoded(new DERSet(ASN1Set.getInstance(attributes.toASN1Primitive()).toArray())));
      }
      byte[] tag = structure.getMac().getOctets();
      if (tag.length != gcm.tagBytes()) {
        throw new MimeException(
            "the tag has " + tag.length + " bytes, and " + gcm.tagBytes() + " were announced");
      }
      return tag;
    } catch (RuntimeException e) { // ASN.1 parsers throw many kinds
      throw new MimeException("the authEnveloped-data has no tag that can be read", e);
    }
  }
}

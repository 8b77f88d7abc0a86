package dev.as2.mime;

import java.io.IOException;
import java.io.InputStream;
import javax.crypto.AEADBadTagException;

/**
 * The plaintext of AES-GCM while its ciphertext arrives. None of it may be believed before the
 * stream has ended: the tag comes last, and where it is wrong the stream fails instead of ending,
 * now and at every further read. Holds 16 KiB.
 */
final class GcmInput extends BlockInput {
  private static final int PIECE_BYTES = 8 << 10;

  private final InputStream ciphertext;
  private final StreamedGcm gcm;
  private final End end;
  private final byte[] piece = new byte[PIECE_BYTES];
  private final byte[] plain = new byte[PIECE_BYTES + 64]; // and what the cipher kept
  private int position;
  private int filled;
  private boolean whole;
  private boolean broken;

  /** What stands behind the ciphertext. */
  @FunctionalInterface
  interface End {
    /**
     * Reads it, once the ciphertext is read: authenticated attributes go into {@code gcm}.
     *
     * @return the tag; empty where it was at the end of the ciphertext already
     */
    byte[] tag(StreamedGcm gcm) throws IOException;
  }

  GcmInput(InputStream ciphertext, StreamedGcm gcm, End end) {
    this.ciphertext = ciphertext;
    this.gcm = gcm;
    this.end = end;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == filled) {
      if (whole) {
        return -1;
      }
      fill();
    }
    int n = Math.min(length, filled - position);
    System.arraycopy(plain, position, target, offset, n);
    position += n;
    return n;
  }

  private void fill() throws IOException {
    if (broken) {
      throw new MimeException("the encrypted content was damaged before its end");
    }
    broken = true; // unless all of this goes well
    position = 0;
    filled = 0;
    int n = ciphertext.read(piece);
    if (n < 0) {
      filled = finish();
      whole = true;
    } else {
      filled = gcm.update(piece, 0, n, plain);
    }
    broken = false;
  }

  private int finish() throws IOException {
    byte[] tag = end.tag(gcm);
    try {
      return gcm.finish(tag, 0, tag.length, plain);
    } catch (AEADBadTagException e) {
      throw new MimeException(
          "the encrypted content or its tag was changed on its way, or cut off", e);
    }
  }

  @Override
  public void close() throws IOException {
    ciphertext.close();
  }
}

package dev.as2.benchmarks;

import java.io.IOException;

/** What a row is measured by: the machine's own speed, taken in the same round. */
enum Limit {
  /** Each byte is encrypted once and digested once, one after the other. */
  CRYPTO("1/(1/AES + 1/SHA-256), one thread of the JDK's own") {
    @Override
    double measure(Lab lab) throws IOException {
      return 1 / (1 / lab.raw("aes") + 1 / lab.raw("sha"));
    }
  },
  DEFLATE("one Deflater of level " + Raw.DEFLATE_LEVEL + ", one thread") {
    @Override
    double measure(Lab lab) throws IOException {
      return lab.raw("deflate");
    }
  },
  RSA_NATIVE("RSA-2048 signatures of two threads, Amazon Corretto Crypto Provider") {
    @Override
    double measure(Lab lab) throws IOException {
      return lab.raw("rsa-native-2");
    }
  },
  RSA_JDK("RSA-2048 signatures of two threads, SunRsaSign") {
    @Override
    double measure(Lab lab) throws IOException {
      return lab.raw("rsa-jdk-2");
    }
  };

  private final String meaning;

  Limit(String meaning) {
    this.meaning = meaning;
  }

  String meaning() {
    return meaning;
  }

  /** Its figure now. */
  abstract double measure(Lab lab) throws IOException;
}

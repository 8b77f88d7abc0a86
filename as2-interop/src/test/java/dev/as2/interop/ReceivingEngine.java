package dev.as2.interop;

import dev.as2.core.AgreementId;
import dev.as2.core.AgreementListener;
import dev.as2.core.AgreementOption;
import dev.as2.core.AgreementRuntime;
import dev.as2.core.As2Handler;
import dev.as2.core.As2Id;
import dev.as2.core.As2Server;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.CertificateId;
import dev.as2.core.FolderPath;
import dev.as2.core.LocalFileStore;
import dev.as2.core.MessageKey;
import dev.as2.core.Profile;
import dev.as2.core.ProfileId;
import dev.as2.core.Reception;
import dev.as2.core.Registry;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.ServerId;
import dev.as2.transport.NettyAs2Client;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The engine as it receives: an agreement for each partnership of the peers, over a folder.
 * Thread-safe.
 */
final class ReceivingEngine implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<As2Id, Reception> receptions = new ConcurrentHashMap<>();
  private final Map<As2Id, Boolean> chunked = new ConcurrentHashMap<>();
  private final Map<MessageKey, Optional<Failure>> delivered = new ConcurrentHashMap<>();
  private final NettyAs2Client client = NettyAs2Client.create();
  private final Path folder;
  private final AgreementRuntime runtime;
  private final As2Server server;

  /**
   * @param peers who sends; they post to the port that they know
   * @param dispatches all that they send
   * @param folder where files go
   */
  ReceivingEngine(RunningPeers peers, List<Dispatch> dispatches, Path folder) throws IOException {
    this.folder = folder;
    this.runtime =
        AgreementRuntime.builder(
                registry(peers, dispatches),
                LocalFileStore.of(Map.of("inbox", Files.createDirectory(folder.resolve("inbox")))),
                client,
                Files.createDirectory(folder.resolve("spool")))
            .listener(new Ears())
            .build();
    As2Handler handler =
        request -> {
          request
              .headers()
              .first("AS2-To")
              .ifPresent(to ->
                  chunked.put(
                      As2Id.fromHeader(to),
                      request.headers().first("Transfer-Encoding").isPresent()));
          return runtime.handle(request);
        };
    this.server =
        NettyAs2Server.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), peers.oursUrl().getPort()),
            handler);
  }

  /** Hears what comes. */
  private final class Ears implements AgreementListener {
    @Override
    public void received(Reception reception) {
      receptions.put(reception.key().to(), reception);
    }

    @Override
    public void repeated(MessageKey key) {}

    @Override
    public void delivered(MessageKey key, URI url, Optional<Failure> failure) {
      delivered.put(key, failure);
    }
  }

  /** What came for this name, where it has. */
  Optional<Reception> reception(As2Id receiver) {
    return Optional.ofNullable(receptions.get(receiver));
  }

  /** Whether it came in chunks. */
  boolean isChunked(As2Id receiver) {
    return chunked.getOrDefault(receiver, false);
  }

  /** How the delivery of an asynchronous MDN ended, where it has. */
  Optional<Optional<Failure>> delivery(MessageKey key) {
    return Optional.ofNullable(delivered.get(key));
  }

  /** A stored file. */
  Path file(Reception.ReceivedFile file) {
    return folder.resolve(file.path().toString().substring(1));
  }

  private static Registry registry(RunningPeers peers, List<Dispatch> dispatches) {
    Identity ours = peers.ours();
    CertificateEntry decrypting = entry(Usage.ENCRYPTION, ours);
    CertificateEntry signing = entry(Usage.SIGNING, ours);
    List<CertificateEntry> certificates = new ArrayList<>(List.of(decrypting, signing));
    List<Profile> profiles = new ArrayList<>();
    List<dev.as2.core.Agreement> agreements = new ArrayList<>();
    Map<PeerProduct, ProfileId> partners = new ConcurrentHashMap<>();
    for (PeerProduct product : PeerProduct.values()) {
      Peer peer = peers.peer(product);
      CertificateEntry verifying =
          CertificateEntry.of(
              CertificateId.random(RANDOM),
              Usage.SIGNING,
              peer.signingCertificate(),
              Optional.empty());
      certificates.add(verifying);
      ProfileId id = ProfileId.random(RANDOM);
      partners.put(product, id);
      profiles.add(
          new Profile(id, Profile.Type.PARTNER, new As2Id(peer.as2Id()), List.of(verifying.id())));
    }
    for (Dispatch dispatch : dispatches) {
      ProfileId id = ProfileId.random(RANDOM);
      profiles.add(
          new Profile(
              id, Profile.Type.LOCAL, dispatch.receiver(), List.of(decrypting.id(), signing.id())));
      agreements.add(agreement(id, Objects.requireNonNull(partners.get(dispatch.product()))));
    }
    return Registry.of(List.of(), profiles, certificates, agreements);
  }

  private static CertificateEntry entry(Usage usage, Identity ours) {
    return CertificateEntry.of(
        CertificateId.random(RANDOM), usage, ours.certificate(), Optional.of(ours.key()));
  }

  private static dev.as2.core.Agreement agreement(ProfileId local, ProfileId partner) {
    return new dev.as2.core.Agreement(
        AgreementId.random(RANDOM),
        new ServerId("s-00000000000000001"),
        Optional.empty(),
        dev.as2.core.Agreement.Status.ACTIVE,
        local,
        partner,
        new dev.as2.core.Agreement.BaseDirectory(FolderPath.parse("/inbox/" + local.value())),
        dev.as2.core.Agreement.PreserveFilename.ENABLED,
        dev.as2.core.Agreement.EnforceMessageSigning.DISABLED,
        Optional.empty(),
        Map.of(AgreementOption.MDN_HOSTS.tag(), "127.0.0.1"));
  }

  @Override
  public void close() {
    server.close();
    runtime.close();
    client.close();
  }
}

package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Handler;
import dev.as2.core.FileStores;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.console.Sessions.Session;
import dev.as2.daemon.state.Resources;
import dev.as2.daemon.state.SecretKeys;
import dev.as2.daemon.state.ServeLimits;
import dev.as2.daemon.state.Transfers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The console: the page at {@code /}, its files and what it asks for below {@code /console/}.
 *
 * <p>Who has an access key signs in with it and gets a session, which is in memory: where several
 * daemons share an address, each browser has to stay with one of them. Answers every request; only
 * a body that breaks off is an {@link IOException}. Safe for use by several threads; a call blocks
 * until its effect is durable.
 */
public final class ConsoleHandler implements As2Handler {
  private static final String GET = "GET";
  private static final String POST = "POST";
  private static final String FOLDER = "/console/";

  private final Page page = new Page();
  private final SignIn signIn;
  private final Map<String, Endpoint> reading;
  private final Map<String, Endpoint> writing;

  /**
   * What the console shows and works on.
   *
   * @param stores where result files are read
   * @param keys who may sign in
   * @param random draws session ids
   * @param https whether browsers reach it by https: the cookie then goes over nothing else. Where
   *     a proxy says {@code X-Forwarded-Proto: https}, that is so in any case
   */
  public record Parts(
      Resources resources,
      Transfers transfers,
      FileStores stores,
      SecretKeys keys,
      Clock clock,
      SecureRandom random,
      boolean https) {}

  public ConsoleHandler(Parts parts) {
    signIn = new SignIn(parts.keys(), parts.https(), parts.clock(), parts.random());
    Directory directory = new Directory(parts.resources(), parts.clock());
    TransferList list = new TransferList(parts.transfers(), directory);
    TransferDetail detail = new TransferDetail(parts.transfers(), directory, parts.stores());
    Orders orders = new Orders(parts.transfers(), parts.resources());
    ResourceLists resources = new ResourceLists(directory, parts.resources(), parts.clock());
    reading =
        Map.of(
            "transfers", list::answer,
            "transfer", detail::answer,
            "mdn", detail::mdn,
            "connectors", resources::connectors,
            "profiles", resources::profiles,
            "certificates", resources::certificates);
    writing =
        Map.of(
            "send", orders::send,
            "resend", orders::resend,
            "cancel", orders::cancel);
  }

  /** Whether a request is the console's to answer, by its method and path. */
  public static boolean takes(Request request) {
    String path = request.path();
    boolean isPage = path.equals("/") && !request.method().equals(POST);
    return isPage || path.startsWith(FOLDER);
  }

  @Override
  public Answer handle(Request asked) throws IOException {
    Request request = whole(asked);
    try {
      Optional<Answer> file = reads(request) ? page.find(request) : Optional.empty();
      return file.isPresent() ? file.get() : answer(request);
    } catch (Refusal e) {
      return Answers.refusal(e);
    } catch (IOException e) {
      return Answers.unavailable(e);
    } catch (RuntimeException e) {
      return Answers.broken(e);
    }
  }

  /** With its body in memory, so that no other fault looks like one of the connection. */
  private static Request whole(Request request) throws IOException {
    byte[] body = request.body().readNBytes(ServeLimits.CONSOLE_REQUEST_BYTES + 1);
    return new Request(
        request.method(),
        request.target(),
        request.headers(),
        new ByteArrayInputStream(body),
        request.remote());
  }

  private static boolean reads(Request request) {
    return request.method().equals(GET) || request.method().equals("HEAD");
  }

  private Answer answer(Request request) throws Refusal, IOException {
    String name =
        request.path().startsWith(FOLDER) ? request.path().substring(FOLDER.length()) : "";
    return switch (name) {
      case "session" -> signIn.state(only(GET, request));
      case "sign-in" -> signIn.begin(only(POST, request));
      case "sign-out" -> signIn.end(only(POST, request));
      default -> inside(request, name);
    };
  }

  private static Request only(String method, Request request) throws Refusal {
    if (!request.method().equals(method)) {
      throw Refusal.method(method);
    }
    return request;
  }

  private Answer inside(Request request, String name) throws Refusal, IOException {
    Endpoint endpoint = reading.get(name);
    if (endpoint != null) {
      Session session = signIn.session(only(GET, request));
      Query query = Query.parse(request.query());
      ObjectNode members = endpoint.answer(new Visit(query, Json.object(), session.accessKeyId()));
      return Answers.json(request, members);
    }
    endpoint = writing.get(name);
    if (endpoint == null) {
      throw Refusal.notFound("There is nothing here.");
    }
    SameOrigin.check(only(POST, request));
    Session session = signIn.session(request);
    SignIn.checkToken(request, session);
    ObjectNode members = Bodies.read(request.body());
    return Answers.json(
        request, endpoint.answer(new Visit(Query.parse(""), members, session.accessKeyId())));
  }
}

package io.clusterzone.k8s.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.clusterzone.k8s.api.FakeCluster.Change;
import io.clusterzone.k8s.api.FakeCluster.Cursor;
import io.clusterzone.k8s.api.FakeCluster.Stored;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.Kind;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An API server on a socket: lists, pages, watches, WatchList, bookmarks, in JSON or protobuf; and
/// every fault that a test sets. One thread for each connection.
public final class FakeApiServer implements AutoCloseable {
  /// A request as it arrived.
  public record Asked(String path, Map<String, String> query, String accept, String authorization) {
    public boolean isWatch() {
      return query.containsKey("watch");
    }

    boolean wantsAllFirst() {
      return query.containsKey("sendInitialEvents");
    }

    boolean wantsMetadata() {
      return accept.contains("PartialObjectMetadataList");
    }

    boolean isDiscovery() {
      return path.equals(ImportVersions.GROUP);
    }

    public Kind kind() {
      String plural = path.substring(path.lastIndexOf('/') + 1);
      for (Kind kind : Kind.values()) {
        if (Resource.plural(kind).equals(plural)) {
          return kind;
        }
      }
      throw new IllegalArgumentException(path);
    }
  }

  /// Answers instead of the server, and tells whether it did.
  public interface Fault {
    boolean answer(Asked asked, Reply reply) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Listing> listings = new ConcurrentHashMap<>();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private volatile FakeCluster cluster;
  private volatile FakeCluster watched;
  private volatile boolean protobuf = true;
  private volatile boolean watchList = true;
  private volatile int chunk = 1 << 20;
  private volatile long pauseMillis;
  private volatile int tearAfter;
  private volatile List<String> importVersions = List.of("v1beta1", "v1alpha1");
  private volatile List<String> otherVersions = List.of();
  private final AtomicInteger mutings = new AtomicInteger();
  private volatile BiPredicate<String, ClusterObject> selector = (_, _) -> true;

  public FakeApiServer(FakeCluster cluster) throws IOException {
    this(cluster, 0);
  }

  public FakeApiServer(FakeCluster cluster, int port) throws IOException {
    this(cluster, listen(port));
  }

  /// On a socket that is bound; a TLS one, say.
  public FakeApiServer(FakeCluster cluster, ServerSocket listener) {
    this.cluster = cluster;
    this.watched = cluster;
    this.listener = listener;
    Thread.ofVirtual().start(this::acceptAll);
  }

  /// A port that was just closed may take a moment to be free.
  private static ServerSocket listen(int port) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    long begun = System.nanoTime();
    while (true) {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      try {
        socket.bind(address);
        return socket;
      } catch (BindException e) {
        socket.close();
        if (System.nanoTime() - begun > 5_000_000_000L) {
          throw e;
        }
      }
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /// JSON whatever is asked for.
  public FakeApiServer jsonOnly() {
    protobuf = false;
    return this;
  }

  /// As servers before WatchList.
  public FakeApiServer withoutWatchList() {
    watchList = false;
    return this;
  }

  /// Octets of each chunk of a body; 1 tears every character and every length.
  public FakeApiServer chunksOf(int octets) {
    chunk = octets;
    return this;
  }

  /// A pause before each chunk of a body.
  public FakeApiServer pausing(long millis) {
    pauseMillis = millis;
    return this;
  }

  /// Each body breaks off after so many octets, wherever that is, and its connection with it; 0 for
  /// never.
  public FakeApiServer tearingAfter(int octets) {
    tearAfter = octets;
    return this;
  }

  /// The versions of ServiceImports that there are from now on; those of the group, if it has more.
  public void serveImports(List<String> versions, String... others) {
    importVersions = List.copyOf(versions);
    otherVersions = List.of(others);
  }

  /// What a label selector lets through.
  public FakeApiServer selecting(BiPredicate<String, ClusterObject> let) {
    selector = let;
    return this;
  }

  /// Another store behind the same address.
  void serve(FakeCluster other) {
    cluster = other;
    watched = other;
  }

  /// Watches are of another store than lists: a cache that is behind.
  void watchesOf(FakeCluster other) {
    watched = other;
  }

  public void fault(Fault fault) {
    faults.add(fault);
  }

  public void healed() {
    faults.clear();
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  long count(Kind kind, boolean watches) {
    return asked.stream()
        .filter(a -> !a.isDiscovery() && a.kind() == kind && a.isWatch() == watches)
        .count();
  }

  int openConnections() {
    return connections.size();
  }

  /// Watches that are open say nothing more and stay open; new ones are as ever.
  public void mute() {
    mutings.incrementAndGet();
  }

  /// Cuts all connections; new ones are welcome.
  public void cut() {
    connections.forEach(FakeApiServer::closeQuietly);
  }

  public void stop() throws IOException {
    listener.close();
    cut();
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      while (true) {
        Asked request = read(in);
        if (request == null) {
          return;
        }
        asked.add(request);
        answer(request, new Reply(socket.getOutputStream(), chunk, pauseMillis, tearAfter));
      }
    } catch (IOException e) {
      // The client went away, or a test cut the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(socket);
    }
  }

  private static @Nullable Asked read(BufferedReader in) throws IOException {
    String line = in.readLine();
    if (line == null || !line.startsWith("GET ")) {
      return null;
    }
    String[] target = line.split(" ", -1)[1].split("\\?", 2);
    String accept = "";
    String authorization = "";
    for (String header = in.readLine();
        header != null && !header.isEmpty();
        header = in.readLine()) {
      if (header.regionMatches(true, 0, "accept:", 0, 7)) {
        accept = header.substring(7).strip();
      } else if (header.regionMatches(true, 0, "authorization:", 0, 14)) {
        authorization = header.substring(14).strip();
      }
    }
    Map<String, String> query = new HashMap<>();
    for (String pair : (target.length > 1 ? target[1] : "").split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], parts.length > 1 ? URLDecoder.decode(parts[1], US_ASCII) : "");
    }
    return new Asked(target[0], query, accept, authorization);
  }

  private void answer(Asked request, Reply reply) throws IOException, InterruptedException {
    FakeEncoding encoding =
        protobuf && request.accept().contains("protobuf") ? new FakeProtobuf() : new FakeJson();
    reply.encoding = encoding;
    for (Fault fault : faults) {
      if (fault.answer(request, reply)) {
        return;
      }
    }
    if (request.isDiscovery()) {
      discover(reply);
    } else if (!isServed(request)) {
      reply.refuse(404, "NotFound", "the server could not find the requested resource", 0);
    } else if (!request.isWatch()) {
      list(request, reply);
    } else if (request.wantsAllFirst() && !watchList) {
      reply.refuse(422, "Invalid", "sendInitialEvents: Forbidden", 0);
    } else {
      watch(request, reply);
    }
  }

  private boolean isServed(Asked request) {
    return !request.path().startsWith(ImportVersions.GROUP)
        || importVersions.contains(request.path().split("/", -1)[3]);
  }

  /// The group's document, with its versions in no particular order.
  private void discover(Reply reply) throws IOException {
    reply.encoding = new FakeJson();
    List<String> all = new ArrayList<>(otherVersions);
    all.addAll(importVersions.reversed());
    if (all.isEmpty()) {
      reply.refuse(404, "NotFound", "the server could not find the requested resource", 0);
      return;
    }
    String versions =
        all.stream()
            .map(v ->
                "{\"groupVersion\":\"multicluster.x-k8s.io/%s\",\"version\":\"%s\"}"
                    .formatted(v, v))
            .collect(Collectors.joining(","));
    reply.begin(200, "");
    reply.send(("{\"kind\":\"APIGroup\",\"versions\":[" + versions + "]}").getBytes(US_ASCII));
    reply.end();
  }

  /// All pages of a list are of the state that the first was of.
  private record Listing(long version, List<Stored> items) {}

  private void list(Asked request, Reply reply) throws IOException {
    int limit = Integer.parseInt(request.query().getOrDefault("limit", "1000000"));
    String[] from = request.query().getOrDefault("continue", ":0").split(":", 2);
    Listing listing = listings.get(from[0]);
    if (listing == null) {
      long version = cluster.version();
      listing = new Listing(version, visible(cluster, request));
    }
    int start = Integer.parseInt(from[1]);
    int end = Math.min(listing.items().size(), start + limit);
    String next = "";
    if (end < listing.items().size()) {
      String id = from[0].isEmpty() ? "" + listings.size() : from[0];
      listings.put(id, listing);
      next = id + ":" + end;
    }
    reply.begin(200, "");
    reply.send(
        reply.encoding.list(
            request.kind(),
            listing.items().subList(start, end),
            listing.version(),
            next,
            request.wantsMetadata()));
    reply.end();
  }

  private List<Stored> visible(FakeCluster store, Asked request) {
    return store.list(request.kind()).stream().filter(s -> visible(s.object(), request)).toList();
  }

  private boolean visible(ClusterObject object, Asked request) {
    String[] parts = request.path().split("/namespaces/", 2);
    boolean inScope =
        parts.length < 2
            || !parts[1].contains("/")
            || parts[1].startsWith(object.key().namespace() + "/");
    String field = request.query().getOrDefault("fieldSelector", "");
    boolean named =
        !field.startsWith("metadata.name=") || field.endsWith("=" + object.key().name());
    String labels = request.query().getOrDefault("labelSelector", "");
    return inScope && named && (labels.isEmpty() || selector.test(labels, object));
  }

  private void watch(Asked request, Reply reply) throws IOException, InterruptedException {
    FakeCluster store = watched;
    Kind kind = request.kind();
    Cursor cursor = store.start();
    long since = Long.parseLong(request.query().getOrDefault("resourceVersion", "0"));
    reply.begin(200, ";stream=watch");
    if (request.wantsAllFirst()) {
      since = store.version();
      for (Stored stored : visible(store, request)) {
        reply.send(reply.encoding.event(FakeCluster.Type.ADDED, kind, stored, false));
      }
      var end = new Stored(new ClusterObject.Namespace(""), "", since);
      reply.send(reply.encoding.event(FakeCluster.Type.BOOKMARK, kind, end, true));
    } else if (store.isTooOld(since)) {
      reply.send(reply.encoding.error(410, "Expired", "too old resource version", 0));
      reply.end();
      return;
    }
    follow(request, reply, store, cursor, since);
  }

  private void follow(Asked request, Reply reply, FakeCluster store, Cursor start, long since)
      throws IOException, InterruptedException {
    Cursor cursor = start;
    int mutingsBefore = mutings.get();
    while (!listener.isClosed()) {
      var news = store.after(request.kind(), since, cursor);
      if (mutings.get() != mutingsBefore) {
        Thread.sleep(Duration.ofDays(1));
      }
      if (news.broken()) {
        throw new IOException("the store is another one now");
      }
      cursor = news.next();
      for (Change change : news.changes()) {
        if (change.type() == FakeCluster.Type.BOOKMARK
            || visible(change.stored().object(), request)) {
          reply.send(reply.encoding.event(change.type(), request.kind(), change.stored(), false));
        }
      }
    }
  }

  /// Writes one response.
  public static final class Reply {
    private final OutputStream out;
    private final int chunk;
    private final long pauseMillis;
    private int untilTorn;
    private FakeEncoding encoding = new FakeJson();

    Reply(OutputStream out, int chunk, long pauseMillis, int tearAfter) {
      this.out = out;
      this.chunk = chunk;
      this.pauseMillis = pauseMillis;
      this.untilTorn = tearAfter == 0 ? Integer.MAX_VALUE : tearAfter;
    }

    FakeEncoding encoding() {
      return encoding;
    }

    void begin(int status, String parameter, String... headers) throws IOException {
      var head = new ArrayList<>(List.of(headers));
      head.add("Content-Type: " + encoding.mediaType() + parameter);
      head.add("Transfer-Encoding: chunked");
      raw("HTTP/1.1 " + status + " x\r\n" + String.join("\r\n", head) + "\r\n\r\n");
    }

    void send(byte[] body) throws IOException {
      var chunks = new ByteArrayOutputStream();
      for (int at = 0; at < body.length; at += chunk) {
        int length = Math.min(chunk, body.length - at);
        chunks.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(US_ASCII));
        if (length > untilTorn) {
          chunks.write(body, at, untilTorn);
          flush(chunks);
          throw new IOException("torn");
        }
        untilTorn -= length;
        chunks.write(body, at, length);
        chunks.writeBytes("\r\n".getBytes(US_ASCII));
        if (pauseMillis > 0) {
          flush(chunks);
          LockSupport.parkNanos(pauseMillis * 1_000_000);
        }
      }
      flush(chunks);
    }

    private void flush(ByteArrayOutputStream chunks) throws IOException {
      chunks.writeTo(out);
      out.flush();
      chunks.reset();
    }

    void end() throws IOException {
      raw("0\r\n\r\n");
    }

    /// Writes octets as they are.
    void raw(String text) throws IOException {
      out.write(text.getBytes(US_ASCII));
      out.flush();
    }

    public boolean refuse(int status, String reason, String message, int retryAfterSeconds)
        throws IOException {
      if (retryAfterSeconds > 0) {
        begin(status, "", "Retry-After: " + retryAfterSeconds);
      } else {
        begin(status, "");
      }
      send(encoding.status(status, reason, message, 0));
      end();
      return true;
    }
  }
}

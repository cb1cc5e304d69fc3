import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/// Makes the image's AOT cache (JEP 483, 514 and 515): what a start has to load, link and know of
/// hot methods, as the runtime found it while the image served the example. It halves the time to
/// the first answer. The build calls it with the directories of the image and of the example.
///
/// The cache fits the image it was made from: the same runtime and flags, and archives with the
/// same modification times. Where it does not fit, the runtime starts without it.
final class TrainImage {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int ROUNDS = 200;

  /// How long anything may take that the server does, on a machine that is busy with other things:
  /// to start and answer, to answer once more, and to end, where the runtime writes the cache.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// After which a question over UDP is asked again.
  private static final int AGAIN_MILLIS = 2000;

  private final Path image;
  private final Path cache;
  private final Path work;
  private final int port = freePort();
  private final int upstream = freePort();
  private final int pages = freePort();
  private final int admin = freePort();

  private TrainImage(Path image) throws IOException {
    this.image = image;
    this.cache = image.resolve("lib/clusterzone.aot");
    this.work = Files.createTempDirectory("train");
  }

  public static void main(String[] args) throws Exception {
    Path image = Path.of(args[0]).toAbsolutePath();
    Path stamp = image.resolve("runtime/trained-for");
    String origin = origin(image);
    var training = new TrainImage(image);
    if (Files.exists(training.cache)
        && Files.exists(stamp)
        && Files.readString(stamp).equals(origin)) {
      return;
    }
    Files.deleteIfExists(training.cache);
    training.run(Path.of(args[1]).toAbsolutePath().normalize());
    Files.writeString(stamp, origin);
  }

  /// What the cache depends on, as one digest.
  private static String origin(Path image) throws IOException, NoSuchAlgorithmException {
    var digest = MessageDigest.getInstance("SHA-256");
    try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
        var files = Files.list(image.resolve("lib"))) {
      List<Path> archives =
          files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      for (Path archive : archives) {
        out.write(archive.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        Files.copy(archive, out);
      }
      Files.copy(image.resolve("bin/clusterzone"), out);
      Files.copy(image.resolve("runtime/linked-from"), out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void run(Path example) throws Exception {
    Path corefile = Files.writeString(work.resolve("Corefile"), corefile(example));
    Path log = work.resolve("log");
    var builder =
        new ProcessBuilder(
            image.resolve("bin/clusterzone").toString(), "serve", "--conf", corefile.toString());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    builder
        .environment()
        .put("CLUSTERZONE_JAVA_OPTS", "-XX:AOTCacheOutput=" + cache + " -Xlog:aot*=error");
    Process server = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      use(server);
      server.destroy();
      awaitCache(server);
    } catch (IOException | IllegalStateException e) {
      String said = Files.readString(log);
      throw new IllegalStateException("%s; the server said:\n%s".formatted(e, said), e);
    } finally {
      server.destroyForcibly();
    }
    for (Path file : List.of(corefile, log, work)) {
      Files.delete(file);
    }
  }

  private void awaitCache(Process server) throws IOException, InterruptedException {
    if (!server.waitFor(PATIENCE)) {
      throw new IOException("asked to end, the server has not after " + PATIENCE);
    }
    if (server.exitValue() != 0 || !Files.exists(cache)) {
      throw new IOException(
          "the server ended with status %d and %s %s"
              .formatted(server.exitValue(), Files.exists(cache) ? "left" : "left no", cache));
    }
  }

  /// All that kubeadm's default has, over the example, and an API server that is away.
  private String corefile(Path example) {
    return """
    .:%1$d {
      bind 127.0.0.1
      errors
      log . combined
      health 127.0.0.1:%3$d
      ready 127.0.0.1:%3$d
      prometheus 127.0.0.1:%3$d
      admin 127.0.0.1:%5$d
      kubernetes cluster.local in-addr.arpa ip6.arpa {
        manifests "%4$s"
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
      }
      forward . 127.0.0.1:%2$d
      cache 30
      loop
      reload
      loadbalance
    }
    live.test:%1$d {
      bind 127.0.0.1
      kubernetes live.test {
        endpoint http://127.0.0.1:1
        startup_timeout 10ms
      }
    }
    .:%2$d {
      bind 127.0.0.1
      hosts {
        192.0.2.1 www.example.com
        fallthrough
      }
      whoami
    }
    """
        .formatted(port, upstream, pages, example, admin);
  }

  /// Asks for each kind of answer, often enough that the runtime learns which methods are hot.
  private void use(Process server) throws IOException, InterruptedException {
    String[] names = {
      "web.shop.svc.cluster.local", "db.data.svc.cluster.local", "no.such.svc.cluster.local",
      "10.0.96.10.in-addr.arpa", "www.example.com", "web.shop.svc.live.test"
    };
    int[] types = {1, 28, 33, 12, 16};
    for (int i = 0; i < ROUNDS; i++) {
      String name = names[i % names.length];
      askUdp(server, query(name, types[i / names.length % types.length]));
    }
    askTcp(query(names[0], 1));
    try (var client = HttpClient.newHttpClient()) {
      for (String page : List.of("health", "ready", "metrics")) {
        get(client, pages, page);
      }
      get(client, admin, "explain?name=web.shop&output=text");
      get(client, admin, "explain?name=wep.shop&from=shop&output=text");
      get(client, admin, "top?output=text");
      get(client, admin, "status");
    }
  }

  private static void get(HttpClient client, int at, String page)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + at + "/" + page);
    var request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    HttpResponse<String> reply = client.send(request, BodyHandlers.ofString());
    if (reply.statusCode() >= 400 && !page.equals("ready")) {
      throw new IOException(page + " says " + reply.statusCode() + ": " + reply.body());
    }
  }

  private static byte[] query(String name, int type) {
    ByteBuffer message = ByteBuffer.allocate(512);
    message.putShort((short) 1).putShort((short) 0x0100).putShort((short) 1);
    message.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    for (String label : name.split("\\.")) {
      message.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
    }
    message.put((byte) 0).putShort((short) type).putShort((short) 1);
    byte[] octets = new byte[message.position()];
    message.flip().get(octets);
    return octets;
  }

  /// Asks until there is an answer: the first time the server has yet to start.
  private void askUdp(Process server, byte[] query) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    while (!isAnswered(query)) {
      if (!server.isAlive()) {
        throw new IOException("the server ended with status " + server.exitValue());
      }
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new IOException("no answer over UDP in " + PATIENCE);
      }
      Thread.sleep(50);
    }
  }

  private boolean isAnswered(byte[] query) throws IOException {
    try (var socket = new DatagramSocket(0, LOOPBACK)) {
      socket.connect(LOOPBACK, port);
      socket.setSoTimeout(AGAIN_MILLIS);
      socket.send(new DatagramPacket(query, query.length));
      socket.receive(new DatagramPacket(new byte[4096], 4096));
      return true;
    } catch (SocketTimeoutException | PortUnreachableException _) {
      return false;
    }
  }

  private void askTcp(byte[] query) throws IOException {
    try (var socket = new Socket(LOOPBACK, port);
        InputStream in = socket.getInputStream()) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      ByteBuffer framed = ByteBuffer.allocate(2 + query.length);
      socket.getOutputStream().write(framed.putShort((short) query.length).put(query).array());
      byte[] length = in.readNBytes(2);
      int octets = ByteBuffer.wrap(length).getShort() & 0xffff;
      if (in.readNBytes(octets).length != octets) {
        throw new IOException("a reply over TCP was cut");
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }
}

package io.clusterzone.dns.clients;

import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.api.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A name server of other people as a child process: NSD with a root zone of ours, or unbound that
/// resolves from it. It keeps everything in one directory, and needs no root.
public final class NameServer implements AutoCloseable {
  /// What the certificate of [#certificate] names.
  public static final String CERTIFIED = "dns.example.org";

  private final Path log;
  private final Process process;

  private NameServer(Path log, Process process) {
    this.log = log;
    this.process = process;
  }

  /// Where a server listens.
  ///
  /// @param tlsPort for DNS over TLS; 0 for none
  public record Place(String address, int port, int tlsPort) {
    /// Free ports of the loopback.
    public static Place free() throws IOException {
      return new Place("127.0.0.1", FreePorts.next(), FreePorts.next());
    }

    /// The same place without DNS over TLS.
    public Place withoutTls() {
      return new Place(address, port, 0);
    }
  }

  /// Makes a certificate that signs itself, `tls.pem` with `tls.key`.
  public static Path certificate(Path directory) throws IOException, InterruptedException {
    String command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj"
            + " /CN=test -addext subjectAltName=DNS:CERTIFIED -keyout DIR/tls.key -out DIR/tls.pem";
    String filled = command.replace("CERTIFIED", CERTIFIED).replace("DIR", directory.toString());
    Programs.Run made = Programs.run(List.of(filled.split(" ")), Map.of());
    if (made.code() != 0) {
      throw new IOException(made.out());
    }
    return directory.resolve("tls.pem");
  }

  /// The command of an NSD that answers from this root zone.
  public static List<String> nsd(Path directory, Place place, String zone) throws IOException {
    return nsd(directory, place, Map.of(".", zone));
  }

  /// The command of an NSD that answers from these zones, each a master file, as fast as it can.
  public static List<String> nsd(Path directory, Place place, Map<String, String> zones)
      throws IOException {
    var named = new StringBuilder();
    for (Map.Entry<String, String> zone : zones.entrySet()) {
      String file = zone.getKey().equals(".") ? "root.zone" : zone.getKey() + ".zone";
      Files.writeString(directory.resolve(file), zone.getValue());
      named.append("zone:\n  name: \"%s\"\n  zonefile: \"%s\"\n".formatted(zone.getKey(), file));
    }
    String text =
        """
        server:
          ip-address: ADDRESS@PORT
          TLS
          username: ""
          chroot: ""
          zonesdir: "DIR"
          database: ""
          pidfile: "DIR/nsd.pid"
          xfrdfile: "DIR/xfrd.state"
          zonelistfile: "DIR/zone.list"
          xfrdir: "DIR"
          server-count: 1
          rrl-ratelimit: 0
          minimal-responses: yes
        remote-control:
          control-enable: no
        """
            + named;
    String tls = "ip-address: ADDRESS@";
    return List.of("nsd", "-d", "-c", configured(directory, "nsd.conf", text, tls, place));
  }

  /// The command of an unbound that resolves from the name server at `root`.
  public static List<String> unbound(Path directory, Place place, Place root) throws IOException {
    String text =
        """
        server:
          interface: ADDRESS@PORT
          TLS
          access-control: 0.0.0.0/0 allow
          username: ""
          chroot: ""
          directory: "DIR"
          pidfile: "DIR/unbound.pid"
          use-syslog: no
          do-not-query-localhost: no
          module-config: "iterator"
          num-threads: 1
          local-zone: "2.0.192.in-addr.arpa." nodefault
        stub-zone:
          name: "."
          stub-addr: ROOT
        remote-control:
          control-enable: no
        """
            .replace("ROOT", root.address() + "@" + root.port());
    String tls = "interface: ADDRESS@";
    return List.of("unbound", "-d", "-c", configured(directory, "unbound.conf", text, tls, place));
  }

  private static String configured(
      Path directory, String name, String text, String tls, Place place) throws IOException {
    String secured =
        tls
            + "%d\n  tls-port: %d\n  tls-service-key: \"DIR/tls.key\"\n"
                .formatted(place.tlsPort(), place.tlsPort())
            + "  tls-service-pem: \"DIR/tls.pem\"";
    String filled =
        text.replace("TLS", place.tlsPort() == 0 ? "" : secured)
            .replace("ADDRESS", place.address())
            .replace("PORT", Integer.toString(place.port()))
            .replace("DIR", directory.toString());
    return Files.writeString(directory.resolve(name), filled).toString();
  }

  /// Starts one of these commands, and waits until it says that it serves.
  public static NameServer start(List<String> command, Path directory) throws IOException {
    Path log = Files.createTempFile(directory, "name-server", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    var server = new NameServer(log, process);
    server.awaitLog("started (NSD", "start of service");
    return server;
  }

  long pid() {
    return process.pid();
  }

  private void awaitLog(String... texts) throws IOException {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !process.isAlive() || List.of(texts).stream().anyMatch(said()::contains));
    if (!process.isAlive()) {
      throw new IOException("the name server ended:\n" + said());
    }
  }

  private String said() throws IOException {
    return Files.readString(log);
  }

  /// Ends it at once, as a crash would.
  public void kill() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    kill();
  }
}

package io.clusterzone.dns.hosts;

import io.clusterzone.dns.config.Hosts;
import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import io.clusterzone.k8s.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.Consumer;

/// The names of one directive `hosts`, from its file and from its own lines. [#current] is for any
/// thread; [#refresh] is called by one at a time.
///
/// Hosts once read stay until others are read: a file that vanishes or cannot be read changes
/// nothing.
public final class FollowedHosts {
  /// The most problems of one file that have a line each.
  private static final int MAX_TOLD = 20;

  private final Hosts hosts;
  private final Consumer<String> warnings;
  private byte[] hash = {};
  private String failure = "";
  private volatile HostTable current;

  /// Begins with what the Corefile itself says.
  ///
  /// @param warnings takes a line for each thing that is wrong, when it comes up
  FollowedHosts(Hosts hosts, Consumer<String> warnings) {
    this.hosts = hosts;
    this.warnings = warnings;
    this.current = build(builder());
  }

  /// The names as they are now. Taken once per query.
  public HostTable current() {
    return current;
  }

  /// Reads the file, and publishes what it says if its content changed.
  void refresh() {
    try {
      byte[] content = RegularFile.octets(hosts.file(), Limit.HOSTS_OCTETS);
      byte[] next = sha256().digest(content);
      if (!MessageDigest.isEqual(next, hash)) {
        publish(new String(content, StandardCharsets.UTF_8));
        hash = next;
      }
      failure = "";
    } catch (NoSuchFileException _) {
      failed("is not there");
    } catch (IOException | RuntimeException e) {
      failed("cannot be read: " + RegularFile.reason(e));
    }
  }

  private void publish(String text) throws IOException {
    HostTableBuilder builder = builder();
    long most = Limit.HOSTS_RECORDS.value();
    List<Problem> problems =
        HostLines.read(
            hosts.file().toString(),
            text,
            (address, name) -> {
              if (builder.records() < most) {
                builder.add(address, name);
              }
            });
    if (builder.records() >= most) {
      throw new IOException("it has %,d records or more; the heap is too small".formatted(most));
    }
    current = build(builder);
    problems.stream().limit(MAX_TOLD).forEach(problem -> warnings.accept("hosts: " + problem));
    if (problems.size() > MAX_TOLD) {
      int more = problems.size() - MAX_TOLD;
      warnings.accept("hosts: " + hosts.file() + ": " + more + " more lines like these");
    }
  }

  private HostTableBuilder builder() {
    return new HostTableBuilder(hosts.zones(), hosts.reverse(), hosts.ttlSeconds());
  }

  /// Adds the directive's own lines, behind those of the file.
  private HostTable build(HostTableBuilder builder) {
    for (Hosts.Entry entry : hosts.entries()) {
      entry.names().forEach(name -> builder.add(entry.address(), name));
    }
    return builder.build();
  }

  /// Tells of a failure when it begins, or becomes another.
  private void failed(String reason) {
    if (!reason.equals(failure)) {
      warnings.accept("hosts: " + hosts.file() + " " + reason + "; what is served stays as it was");
      failure = reason;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package io.clusterzone.k8s.file;

import java.util.ArrayList;
import java.util.List;

/// The bounds on what files may hold, which follow the heap.
///
/// An error for want of memory ends the process, so each is checked before memory is taken. The
/// values stand for the largest of each kind alone in an otherwise idle heap; `FAILURES.md` lists
/// them.
public enum Limit {
  /// One Corefile or import, a file of `forward`, `tls` or `kubernetes`, a kubeconfig or a token. A
  /// ConfigMap or Secret holds at most 1 MiB in all; a Corefile written by hand is never longer.
  CONFIGURATION_OCTETS("octets of a file of the configuration", 1 << 20),

  /// The copy of the last good Corefile, in which the imports stand.
  LAST_GOOD_OCTETS("octets of the file of `last_good`", 8, 8 << 20, 64 << 20),

  /// A Corefile with all that it imports and the values of environment variables.
  COREFILE_CHARACTERS(
      "characters of a Corefile, imports and variables included", 32, 2 << 20, 16 << 20),

  /// Listeners, as they are estimated, on all event loops.
  LISTENER_MEMORY(
      "octets of memory of the listeners of a Corefile, 16 KiB each on each event loop",
      3,
      16 << 20,
      Long.MAX_VALUE),

  /// Server blocks with `forward`, as they are estimated.
  FORWARD_MEMORY(
      "octets of memory of the server blocks with `forward`", 4, 1 << 20, Long.MAX_VALUE),

  /// A hosts file, which is held whole while it is read; at most ten times the longest lists in
  /// use.
  HOSTS_OCTETS("octets of a hosts file", 16, 4 << 20, 64 << 20),

  /// Records of one hosts file, of about 130 octets each. While it is read again there are twice as
  /// many.
  HOSTS_RECORDS("records of one hosts file", 512, 100_000, 5_000_000),

  /// A file of manifests. It is streamed, so it may be larger than the heap; `kubectl get
  /// endpointslices` of 100,000 endpoints prints about 50 MB.
  MANIFEST_OCTETS("octets of a file of manifests", 256 << 20),

  /// Files of manifests below one path. Each costs memory, even when it holds nothing.
  MANIFEST_FILES("files of manifests below one path", 4096, 10_000, 200_000),

  /// Directories below one path, and links to directories. Each is watched.
  MANIFEST_DIRECTORIES("directories of manifests below one path", 16_384, 4_000, 50_000),

  /// Objects of all manifests, as [io.clusterzone.k8s.source] estimates them.
  MANIFEST_MEMORY(
      "octets of memory of the objects of manifests, as estimated", 3, 16 << 20, Long.MAX_VALUE),

  /// A value or a run of comments in a file of manifests. The parser holds four octets for each,
  /// and more while it fetches the next; an object of the API has at most 1.5 MiB.
  YAML_CHARACTERS("characters of one value or comment in YAML", 3 << 19),

  /// Values of one document, or of one element of a list: those that are kept, and those that an
  /// anchor names. A long text counts as several.
  YAML_VALUES("values of one YAML document", 256, 200_000, 500_000),

  /// Anchors of one document.
  YAML_ANCHORS("anchors of one YAML document", 10_000),

  /// Levels of mappings and sequences within one another.
  YAML_DEPTH("levels of nesting in YAML", 100),

  /// Nodes that the aliases of one document stand for: few characters may mean billions.
  YAML_ALIASED_NODES("nodes that the aliases of YAML stand for", 1_000_000),

  /// Faults of one file of manifests, after which it is not read on.
  MANIFEST_FAULTS("faults of one file of manifests, documents without an object among them", 1_000),

  /// A snapshot. It is streamed; ten of the largest clusters fit.
  SNAPSHOT_OCTETS("octets of a snapshot", 256 << 20);

  private final String what;
  private final int part;
  private final long least;
  private final long most;

  /// A bound that does not follow the heap.
  Limit(String what, long value) {
    this(what, 1, value, value);
  }

  /// The heap divided by `part`, but at least `least` and at most `most`.
  Limit(String what, int part, long least, long most) {
    this.what = what;
    this.part = part;
    this.least = least;
    this.most = most;
  }

  /// The bound in this process.
  public long value() {
    return in(Runtime.getRuntime().maxMemory());
  }

  /// The bound in a process with so large a heap, in octets.
  long in(long heapOctets) {
    return Math.clamp(heapOctets / part, least, most);
  }

  /// The table of all limits in Markdown, line by line.
  public static List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add("| limit | at most | with a heap of 64 MiB |");
    lines.add("|---|---|---|");
    for (Limit limit : values()) {
      lines.add("| %s | %s | %,d |".formatted(limit.what, limit.rule(), limit.in(64L << 20)));
    }
    return lines;
  }

  private String rule() {
    if (least == most) {
      return "%,d".formatted(least);
    }
    String follows = "heap / %,d, but at least %,d".formatted(part, least);
    return most == Long.MAX_VALUE ? follows : "%s and at most %,d".formatted(follows, most);
  }
}

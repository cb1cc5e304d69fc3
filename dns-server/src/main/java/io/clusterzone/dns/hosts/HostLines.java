package io.clusterzone.dns.hosts;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.function.BiConsumer;

/// Reads the text of a hosts file, see hosts(5): lines of an address and its names; `#` starts a
/// comment. A fault in a line is reported and passed over, the rest counts.
final class HostLines {
  /// A byte order mark, which editors may put in front, counts as one.
  private static final String BLANKS = " \t\r\f\u000b\ufeff";

  /// The most problems that are counted.
  static final int MAX_PROBLEMS = 10_000;

  private final String file;
  private final BiConsumer<IpAddress, Name> hosts;
  private final List<Problem> problems = new ArrayList<>();
  private int line;

  private HostLines(String file, BiConsumer<IpAddress, Name> hosts) {
    this.file = file;
    this.hosts = hosts;
  }

  /// Gives each pair of address and name to `hosts`, and returns the problems.
  static List<Problem> read(String file, String text, BiConsumer<IpAddress, Name> hosts) {
    var lines = new HostLines(file, hosts);
    int end;
    for (int from = 0; from < text.length(); from = end + 1) {
      int feed = text.indexOf('\n', from);
      end = feed < 0 ? text.length() : feed;
      lines.read(text.substring(from, end));
    }
    return lines.problems;
  }

  private void read(String content) {
    line++;
    int comment = content.indexOf('#');
    var words = new StringTokenizer(comment < 0 ? content : content.substring(0, comment), BLANKS);
    if (!words.hasMoreTokens()) {
      return;
    }
    String first = words.nextToken();
    try {
      IpAddress address = address(first);
      if (!words.hasMoreTokens()) {
        report("no name follows " + first);
      }
      while (words.hasMoreTokens()) {
        readName(address, words.nextToken());
      }
    } catch (IllegalArgumentException _) {
      report("\"" + first + "\" is not an IP address");
    }
  }

  /// The zone of an address (`fe80::1%eth0`) means something on this host only, and is left out.
  private static IpAddress address(String text) {
    int zone = text.indexOf('%');
    return IpAddress.parse(zone < 0 ? text : text.substring(0, zone));
  }

  private void readName(IpAddress address, String text) {
    Name name;
    try {
      name = Name.parse(text).folded();
    } catch (IllegalArgumentException e) {
      report("\"" + text + "\" is no name: " + e.getMessage());
      return;
    }
    if (name.isRoot()) {
      report("the root is no host");
    } else {
      hosts.accept(address, name);
    }
  }

  private void report(String message) {
    if (problems.size() == MAX_PROBLEMS) {
      return;
    }
    problems.add(new Problem(ProblemKind.HOSTS_LINE, file, line, 0, message));
  }
}

package io.clusterzone.dns.ops.http;

import io.clusterzone.dns.ops.diagnose.DiagnosticCommands;
import io.clusterzone.dns.ops.diagnose.FlightRecordings;
import java.net.InetSocketAddress;
import java.util.List;

/// The directive `pprof`: pages on the work of the process, its threads, and its heap.
public final class DiagnosticPages {
  /// A flight recording; `seconds` and `settings` may follow as a query.
  public static final String RECORDING = "/debug/jfr";

  public static final String THREADS = "/debug/threads";
  public static final String HEAP = "/debug/heap";

  private DiagnosticPages() {}

  /// All of them at one address.
  public static List<Endpoint> at(InetSocketAddress address, FlightRecordings recordings) {
    return List.of(
        new Endpoint(address, RECORDING, new RecordingPage(recordings)),
        new Endpoint(address, THREADS, _ -> HttpReply.plain(200, DiagnosticCommands.threads())),
        new Endpoint(address, HEAP, _ -> HttpReply.plain(200, DiagnosticCommands.heap())));
  }
}

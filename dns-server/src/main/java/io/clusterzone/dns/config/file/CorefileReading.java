package io.clusterzone.dns.config.file;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.text.PackedText;
import io.clusterzone.k8s.problem.Problem;
import java.util.List;

/// The result of reading a Corefile. Two that are equal mean the same, down to the content of files
/// that directives read when the Corefile is read.
///
/// @param legible the part that could be made out, good or not
/// @param startable whether a server may start with the legible part: it has no fault, or it lacks
///   only things that may come by themselves, files of `forward` with their name servers and
///   interfaces of `bind` with their addresses, or a file that it would write
/// @param warnings problems in spite of which it is served as it stands
/// @param text the text of the file and its imports; empty if it could not be read
public record CorefileReading(
    Corefile.Result result,
    Corefile legible,
    boolean startable,
    List<Problem> warnings,
    PackedText text) {
  public CorefileReading {
    warnings = List.copyOf(warnings);
  }
}

package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.record.RdataText;
import java.io.IOException;
import java.util.function.BiFunction;

/// Writes a zone as a master file (RFC 1035 section 5): every owner name in full, in canonical
/// order, the SOA first. Any thread; not for the query path.
///
/// A comment holds each thing that a master file cannot express: a name that exists without
/// records, and the traits of a name. So do addresses whose owner is not a host name, such as those
/// at `_http._tcp.web`: they are served, and the owner-name check of other servers refuses them.
public final class MasterFile {
  private static final String NO_HOST_NAME =
      " ; a comment, as the owner of an address has to be a host name (RFC 1123 section 2.1)";

  private MasterFile() {}

  public static void write(Zone zone, Appendable out) throws IOException {
    write(zone, out, (_, _) -> "");
  }

  /// The same with a comment behind records: `remark` gives its text, empty for none.
  public static void write(Zone zone, Appendable out, BiFunction<Name, Rdata, String> remark)
      throws IOException {
    out.append("$ORIGIN ").append(zone.apex().toString()).append('\n');
    writeRecord(zone.apex(), zone.soaTtlSeconds(), zone.soa(), out);
    out.append('\n');
    for (Node node : zone.nodesInOrder()) {
      writeNode(node, out, remark);
    }
  }

  private static void writeNode(Node node, Appendable out, BiFunction<Name, Rdata, String> remark)
      throws IOException {
    Name owner = node.owner();
    Content content = node.content();
    if (!content.traits().isEmpty()) {
      String traits = content.traits().stream().sorted().toList().toString();
      out.append("; ").append(owner.toString()).append(' ').append(traits).append('\n');
    }
    for (RRset rrset : content.rrsets()) {
      if (rrset.type() != RRType.SOA) {
        writeRRset(owner, rrset, out, remark);
      }
    }
  }

  private static void writeRRset(
      Name owner, RRset rrset, Appendable out, BiFunction<Name, Rdata, String> remark)
      throws IOException {
    boolean address = rrset.type() == RRType.A || rrset.type() == RRType.AAAA;
    boolean comment = address && !HostName.is(owner);
    for (Rdata rdata : rrset.rdata()) {
      out.append(comment ? "; " : "");
      writeRecord(owner, rrset.ttlSeconds(), rdata, out);
      String said = remark.apply(owner, rdata);
      out.append(said.isEmpty() ? "" : " ; ").append(said);
      out.append(comment ? NO_HOST_NAME : "").append('\n');
    }
  }

  private static void writeRecord(Name owner, int ttlSeconds, Rdata rdata, Appendable out)
      throws IOException {
    out.append(owner.toString()).append(' ').append(Integer.toString(ttlSeconds));
    out.append(" IN ").append(RdataText.type(rdata.type()));
    out.append(' ').append(RdataText.of(rdata));
  }
}

package io.clusterzone.zones.answer;

import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;
import io.clusterzone.zones.zone.Node;
import java.nio.ByteBuffer;

/// Answers from a name that is in no zone: what it holds of the type asked for, or nothing. There
/// is no SOA to put into a NODATA, and aliases are not followed. One per event loop; allocates
/// nothing.
public final class NodeWriter {
  private final ReplyFrame frame = new ReplyFrame();
  private final Records answer = new Records();
  private final Rotation rotation;

  /// The seed of the rotation of addresses.
  public NodeWriter(long seed) {
    rotation = new Rotation(seed);
  }

  /// Writes the reply to a query for the node's owner into `out`, which is in network byte order,
  /// from `offset`: at most `limit` octets, which are 12 at the least. Returns its length.
  ///
  /// One RRset answers a question for ANY (RFC 8482 section 4.1). Names in RDATA are compressed
  /// where the reply would not fit otherwise.
  public int write(
      QueryView query, Node node, ByteBuffer out, int offset, int limit, AnswerOptions options) {
    frame.begin(query, out, offset, limit, options);
    rotation.on(options.rotate());
    int rrset = query.type() == RRType.ANY ? node.firstRRset() : node.find(query.type());
    if (rrset >= 0) {
      put(node, rrset);
      if (frame.lost() && NameCompressor.shortens(answer.type())) {
        frame.begin(query, out, offset, limit, options);
        frame.compress();
        put(node, rrset);
      }
    }
    return frame.finish(query, options, Rcode.NOERROR, Header.AA);
  }

  private void put(Node node, int rrset) {
    answer.point(node, rrset);
    int written = frame.put(answer, rotation.first(answer), ReplyFrame.QUESTION_NAME);
    frame.addAnswers(written);
    if (written < answer.count) {
      frame.truncate();
    }
  }
}

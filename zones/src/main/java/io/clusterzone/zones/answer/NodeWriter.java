package io.clusterzone.zones.answer;

import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.wire.Rcode;
import io.clusterzone.zones.zone.Node;

/// Answers from a name that is in no zone: what it holds of the type asked for, or nothing. There
/// is no SOA to put into a NODATA, and aliases are not followed. One per event loop; allocates
/// nothing.
public final class NodeWriter {
  private final Records answer = new Records();
  private final Rotation rotation;

  /// The seed of the rotation of addresses.
  public NodeWriter(long seed) {
    rotation = new Rotation(seed);
  }

  /// Makes the reply the one to a question for the node's owner.
  ///
  /// One RRset answers a question for ANY (RFC 8482 section 4.1). Names in RDATA are compressed
  /// where the reply would not fit otherwise.
  public void write(QuestionView question, Node node, Reply reply) {
    reply.begin();
    rotation.on(reply.options().rotate());
    int rrset = question.type() == RRType.ANY ? node.firstRRset() : node.find(question.type());
    if (rrset >= 0) {
      put(node, rrset, reply);
      if (reply.lost()
          && reply.owner() == Reply.QUESTION_NAME
          && NameCompressor.shortens(answer.type())) {
        reply.begin();
        reply.compress();
        put(node, rrset, reply);
      }
    }
    reply.finish(Rcode.NOERROR, Header.AA);
  }

  private void put(Node node, int rrset, Reply reply) {
    answer.point(node, rrset);
    int written = reply.put(answer, rotation.first(answer), reply.owner());
    reply.addAnswers(written);
    if (written < answer.count) {
      reply.truncate();
    }
  }
}

package io.clusterzone.dns.shadow;

import io.clusterzone.dns.config.Shadow;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.ReplyTap;
import io.clusterzone.zones.answer.Reply;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;

/// The directive's part on one event loop: it chooses replies and copies them into its ring.
///
/// Replies are chosen at random, not each hundredth: a resolver that asks for A and AAAA in turns
/// would have one of the two chosen for ever. The numbers are those of Marsaglia's xorshift (2003),
/// a few instructions; nobody gains by guessing them.
final class LoopTap implements ReplyTap.OnLoop {
  private final boolean all;

  /// A reply is chosen if the next 32 bits are below.
  private final long threshold;

  private final SampleRing ring = new SampleRing();
  private final LoopDrops drops = new LoopDrops();
  private long random;

  /// @param seed any number but 0
  LoopTap(Shadow directive, long seed) {
    all = directive.queries() == Shadow.Queries.ALL;
    threshold = (long) directive.sample() * (1L << 32) / Shadow.ALL;
    random = seed;
  }

  @Override
  public void replied(QueryView query, Stage stage, Reply reply) {
    if (takes(stage) && next() < threshold && !query.repeated()) {
      take(query, reply);
    }
  }

  private boolean takes(Stage stage) {
    return switch (stage) {
      case KUBERNETES -> true;
      case HOSTS, CACHE, FORWARD -> all;
      case NONE, ACL, LOOP, ANY, CHAOS, WHOAMI -> false;
    };
  }

  private long next() {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return random >>> 32;
  }

  private void take(QueryView query, Reply reply) {
    int flags = reply.memory().getShort(reply.offset() + Header.FLAGS);
    if ((flags & Header.TC) != 0) {
      drops.count(Drop.TRUNCATED);
    } else if (reply.length() > SampleRing.MAX_REPLY_OCTETS) {
      drops.count(Drop.SIZE);
    } else if (!ring.offer(System.nanoTime(), query, reply)) {
      drops.count(Drop.FULL);
    }
  }

  SampleRing ring() {
    return ring;
  }

  LoopDrops drops() {
    return drops;
  }
}

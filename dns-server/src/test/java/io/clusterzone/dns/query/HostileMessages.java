package io.clusterzone.dns.query;

import io.clusterzone.dns.config.Log.ResponseClass;
import io.clusterzone.dns.ops.log.LogFormat;
import io.clusterzone.dns.ops.log.LogRule;
import io.clusterzone.zones.name.Name;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Messages that no client should send, a good one among them, and a server block to send them to.
final class HostileMessages {
  static final int GOOD_ID = 4711;

  private final Random random;
  private final byte[] good = goodQuery();

  HostileMessages(long seed) {
    random = new Random(seed);
  }

  private static byte[] goodQuery() {
    try {
      Message query = Bench.question("web.cluster.local", Type.A);
      query.getHeader().setID(GOOD_ID);
      query.addRecord(new OPTRecord(1232, 0, 0, 0), Section.ADDITIONAL);
      return query.toWire();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Every stage that answers without an upstream, logged and counted.
  static ServerBlock block() {
    return TestBlocks.at(".")
        .chaos("clusterzone", "one")
        .any()
        .kubernetes(TestBlocks.zones(true, "cluster.local"), "cluster.local", ".")
        .log(new LogRule(Name.ROOT, LogFormat.COMMON, EnumSet.allOf(ResponseClass.class)))
        .errors()
        .block();
  }

  /// A query that has one answer.
  byte[] good() {
    return good.clone();
  }

  /// Random octets, or a good query with some of its octets changed, cut off or added. The id is
  /// never that of the good query.
  byte[] damaged() {
    byte[] message;
    if (random.nextInt(4) == 0) {
      message = new byte[random.nextInt(700)];
      random.nextBytes(message);
    } else {
      message = Arrays.copyOf(good, good.length - 8 + random.nextInt(20));
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt(256);
      }
    }
    if (message.length > 0) {
      message[0] = 0;
    }
    return message;
  }
}

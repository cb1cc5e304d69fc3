package io.clusterzone.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.forward.LoopChannels;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.QueryView;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Which server block takes a query.
final class BlockTableTest {
  private static final int ROUNDS = 2_000;
  private static final List<String> LABELS =
      List.of("a", "b", "ab", "ba", "\\.a", "b\\001a", "a\\002ab");

  private static Name randomName(Random random) {
    Name name = Name.ROOT;
    for (int labels = random.nextInt(5); labels > 0; labels--) {
      name =
          Name.parse(LABELS.get(random.nextInt(LABELS.size())) + "." + (name.isRoot() ? "" : name));
    }
    return name;
  }

  private static QueryView query(Name name) {
    Record asked = Record.newRecord(wire(name), Type.A, DClass.IN);
    byte[] message = Message.newQuery(asked).toWire();
    var view = new QueryView();
    view.read(ByteBuffer.wrap(message), 0, message.length);
    return view;
  }

  private static org.xbill.DNS.Name wire(Name name) {
    try {
      return new org.xbill.DNS.Name(name.toWire());
    } catch (java.io.IOException cause) {
      throw new AssertionError(cause);
    }
  }

  /// The longest suffix by labels, not by text: `ab.` is no suffix of `a.b.` nor `b.` of `ab.`.
  @Test
  void theLongestSuffixByLabelsTakesTheQuery() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var channels =
        new LoopChannels(new DefaultEventLoop(), NioDatagramChannel::new, NioSocketChannel::new);
    for (int round = 0; round < ROUNDS; round++) {
      List<Name> zones =
          random.ints(5).mapToObj(n -> randomName(new Random(n))).distinct().toList();
      List<ServerBlock> blocks =
          zones.stream().map(zone -> TestBlocks.at(zone.toString()).whoami().block()).toList();
      var counters = new Counters(1, blocks.stream().map(ServerBlock::scope).toList());
      var table = new BlockTable(blocks, counters.loop(0), channels);
      Name name = randomName(random);
      Name expected =
          zones.stream()
              .filter(name::isAtOrBelow)
              .max(Comparator.comparingInt(Name::labelCount))
              .orElse(null);
      BlockTable.Entry found = table.find(query(name));
      assertThat(found == null ? null : found.block().zone())
          .as("seed %d, %s in %s", seed, name, zones)
          .isEqualTo(expected);
    }
  }
}

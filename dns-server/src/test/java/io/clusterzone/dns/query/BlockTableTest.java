package io.clusterzone.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.loop.LoopChannels;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

  private static QueryView query(Name name, int type) {
    Record asked = Record.newRecord(wire(name), type, DClass.IN);
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

  private static BlockTable table(List<Name> zones) {
    var channels =
        new LoopChannels(new DefaultEventLoop(), NioDatagramChannel::new, NioSocketChannel::new);
    List<ServerBlock> blocks =
        zones.stream().map(zone -> TestBlocks.at(zone.toString()).whoami().block()).toList();
    var counters = new Counters(1, blocks.stream().map(ServerBlock::scope).toList());
    BlockTable other =
        new BlockTable(
            blocks.subList(0, blocks.size() / 2), counters.loop(0), channels, BlockTable.none());
    BlockTable table = new BlockTable(blocks, counters.loop(0), channels, other);
    for (ServerBlock block : blocks.subList(0, blocks.size() / 2)) {
      assertThat(table.at(block.zone())).isSameAs(other.at(block.zone()));
    }
    return table;
  }

  private static @Nullable Name found(BlockTable table, Name name, int type) {
    BlockTable.Entry found = table.find(query(name, type));
    return found == null ? null : found.block().zone();
  }

  private static @Nullable Name longest(List<Name> zones, Name name) {
    return zones.stream()
        .filter(name::isAtOrBelow)
        .max(Comparator.comparingInt(Name::labelCount))
        .orElse(null);
  }

  /// The longest suffix by labels, not by text: `ab.` is no suffix of `a.b.` nor `b.` of `ab.`. DS
  /// at a key is for the block of a parent zone, the root's excepted.
  @Test
  void theLongestSuffixByLabelsTakesTheQuery() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<Name> zones =
          random
              .ints(random.nextInt(40))
              .mapToObj(n -> randomName(new Random(n)))
              .distinct()
              .toList();
      var table = table(zones);
      Name name = randomName(random);
      Name expected = longest(zones, name);
      assertThat(found(table, name, Type.A))
          .as("seed %d, %s in %s", seed, name, zones)
          .isEqualTo(expected);
      Name parent =
          expected != null && name.equals(expected) ? longest(zones, name.parent()) : null;
      assertThat(found(table, name, Type.DS))
          .as("seed %d, DS of %s in %s", seed, name, zones)
          .isEqualTo(parent == null || parent.isRoot() ? expected : parent);
    }
  }

  /// Ten thousand keys, most of them of one length: each is found, in any case, and no other.
  @Test
  void everyOneOfTenThousandZonesIsFound() {
    List<Name> zones =
        IntStream.range(0, 10_000).mapToObj(i -> Name.parse("Zone-" + i + ".example.")).toList();
    var table = table(zones);
    for (Name zone : zones) {
      assertThat(found(table, zone.child("www"), Type.A)).isEqualTo(zone);
    }
    assertThat(found(table, Name.parse("www.zone-10000.example."), Type.A)).isNull();
    assertThat(found(table, Name.parse("example."), Type.A)).isNull();
  }
}

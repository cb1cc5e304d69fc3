package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.wire.Packet;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/// A remembered reply is fitted to any size.
final class StoredReplySizeTest {
  private static final String NAME = "www.example.org.";
  private static final int MAX = 65535;

  private final QueryView view = new QueryView();
  private final StoredReplyWriter writer = new StoredReplyWriter(1);
  private final ByteBuffer out = ByteBuffer.allocate(MAX);

  /// So many addresses behind an alias, and an SOA in the authority section.
  private static StoredReply stored(int addresses) {
    Packet packet = Packet.header(0x8180, 1, addresses + 1, 1, 0).name(NAME).u16(1).u16(1);
    packet.u16(0xc00c).u16(5).u16(1).u32(300).u16(4).u8(1).text("x").u16(0xc010);
    int target = 12 + NAME.length() + 1 + 4 + 12;
    for (int i = 0; i < addresses; i++) {
      packet.u16(0xc000 + target).u16(1).u16(1).u32(60).u16(4).u32(i);
    }
    packet.u16(0xc010).u16(6).u16(1).u32(300).u16(22).u8(0).u8(0);
    packet.u32(1).u32(2).u32(3).u32(4).u32(5);
    return StoredReply.of(packet.octets(), 0, 60);
  }

  private byte[] write(StoredReply reply, boolean edns, boolean stale, int limit) {
    Packet query = Packet.query(NAME, 1, edns ? 1 : 0);
    byte[] asked = (edns ? query.opt(MAX, 0, 0, 0) : query).octets();
    assertThat(view.read(ByteBuffer.wrap(asked), 0, asked.length)).isEqualTo(Verdict.QUERY);
    var options = new AnswerOptions(false, true, 1232, Nsid.NONE);
    var written = new Reply();
    written.open(view, options, out, 0, limit);
    writer.write(written, reply, false, 7, StoredReplyWriter.COUNT_DOWN, stale);
    assertThat(written.length()).isBetween(12, limit);
    return Arrays.copyOf(out.array(), written.length());
  }

  /// RFC 2181 section 9: TC is set where a required RRset could not be included in its entirety.
  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void decodesAtEverySizeOfADatagram(boolean edns, boolean stale) throws IOException {
    StoredReply reply = stored(90);
    for (int limit = 12; limit <= 1700; limit++) {
      var message = new Message(write(reply, edns, stale, limit));
      int answers = message.getSection(Section.ANSWER).size();
      assertThat(message.getHeader().getFlag(Flags.TC)).as("%d", limit).isEqualTo(answers < 91);
      assertThat(message.getSection(Section.AUTHORITY)).hasSizeLessThanOrEqualTo(1);
    }
    var whole = new Message(write(reply, edns, stale, 1700));
    assertThat(whole.getSection(Section.AUTHORITY)).hasSize(1);
    assertThat(whole.getOPT() != null).isEqualTo(edns);
    List<Integer> codes =
        edns
            ? whole.getOPT().getOptions().stream()
                .map(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
                .toList()
            : List.of();
    assertThat(codes).isEqualTo(edns && stale ? List.of(3) : List.of());
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void moreRoomNeverHoldsLess(boolean edns) {
    StoredReply reply = stored(4000);
    int before = 0;
    for (int limit : Asker.sizes()) {
      byte[] message = write(reply, edns, false, limit);
      int answers = (message[6] & 0xff) << 8 | (message[7] & 0xff);
      assertThat(answers).isGreaterThanOrEqualTo(before);
      before = answers;
    }
    assertThat(before).isEqualTo(4001);
  }
}

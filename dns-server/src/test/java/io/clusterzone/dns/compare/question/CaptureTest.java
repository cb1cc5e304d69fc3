package io.clusterzone.dns.compare.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterzone.dns.compare.ComparedQuestion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

final class CaptureTest {
  private static final String V4 = "45000000000000004011000 00a0000010a000002".replace(" ", "");

  /// The two formats, each in both orders of octets.
  enum Format {
    PCAP(ByteOrder.BIG_ENDIAN),
    PCAP_LITTLE(ByteOrder.LITTLE_ENDIAN),
    PCAPNG(ByteOrder.BIG_ENDIAN),
    PCAPNG_LITTLE(ByteOrder.LITTLE_ENDIAN);

    private final ByteOrder order;

    Format(ByteOrder order) {
      this.order = order;
    }

    byte[] file(int linkType, List<byte[]> packets) {
      ByteBuffer out = ByteBuffer.allocate(1 << 16).order(order);
      if (this == PCAP || this == PCAP_LITTLE) {
        out.putInt(0xa1b2c3d4).putInt(0x00020004).putLong(0).putInt(65535).putInt(linkType);
        for (byte[] packet : packets) {
          out.putLong(0).putInt(packet.length).putInt(packet.length).put(packet);
        }
      } else {
        out.putInt(0x0a0d0d0a).putInt(28).putInt(0x1a2b3c4d).putInt(0x00010000).putLong(-1);
        out.putInt(28);
        // A block of an unknown kind, and an interface.
        out.putInt(0xbad).putInt(16).putInt(7).putInt(16);
        out.putInt(1).putInt(20).putShort((short) linkType).putShort((short) 0).putInt(0);
        out.putInt(20);
        for (byte[] packet : packets) {
          int padded = (packet.length + 3) / 4 * 4;
          out.putInt(6).putInt(32 + padded).putInt(0).putLong(0).putInt(packet.length);
          out.putInt(packet.length).put(Arrays.copyOf(packet, padded)).putInt(32 + padded);
        }
      }
      return Arrays.copyOf(out.array(), out.position());
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsEachFormat(Format format) throws IOException {
    byte[] file =
        format.file(101, List.of(udp(query("a.example.", Opcode.QUERY)), udp(query("b.", 0))));
    assertThat(names(file)).containsExactly("a.example.", "b.");
  }

  /// The registry of link types: https://www.tcpdump.org/linktypes.html.
  @ParameterizedTest
  @CsvSource({
    "1,   000000000000 000000000000 0800",
    "1,   000000000000 000000000000 8100 0007 0800",
    "1,   000000000000 000000000000 88a8 0007 8100 0008 0800",
    "113, 0000 0001 0006 0000000000000000 0800",
    "276, 0800 0000 00000001 0001 00 06 0000000000000000",
    "0,   00000002",
    "101, ''",
    "228, ''"
  })
  void readsEachKindOfLink(int linkType, String before) throws IOException {
    byte[] link = HexFormat.of().parseHex(before.replace(" ", ""));
    byte[] packet = joined(link, udp(query("a.example.", Opcode.QUERY)));
    assertThat(names(Format.PCAP.file(linkType, List.of(packet)))).containsExactly("a.example.");
  }

  @Test
  void readsIpv6WithItsExtensionHeaders() throws IOException {
    byte[] datagram = datagram(query("six.example.", Opcode.QUERY));
    ByteBuffer packet = ByteBuffer.allocate(48 + datagram.length);
    packet.putInt(0x60000000).putShort((short) (8 + datagram.length)).put((byte) 60);
    packet.put(40, (byte) 17).position(48).put(datagram);
    assertThat(names(Format.PCAP.file(101, List.of(packet.array()))))
        .containsExactly("six.example.");
  }

  @Test
  void readsWholeMessagesOfTcp() throws IOException {
    byte[] first = query("one.example.", Opcode.QUERY);
    byte[] second = query("two.example.", Opcode.QUERY);
    ByteBuffer segment = ByteBuffer.allocate(20 + 4 + first.length + second.length + 3);
    segment.put(12, (byte) 0x50).position(20);
    segment.putShort((short) first.length).put(first);
    segment.putShort((short) second.length).put(second);
    segment.putShort((short) 30); // The rest is in the next segment.
    assertThat(names(Format.PCAP.file(101, List.of(ip(6, segment.array())))))
        .containsExactly("one.example.", "two.example.");
  }

  @Test
  void keepsTheSpellingFlagsAndEdnsOfAQuery() throws IOException {
    byte[] file = Format.PCAP.file(101, List.of(udp(query("A.eXample.", Opcode.QUERY))));
    ComparedQuestion question =
        Objects.requireNonNull(new Capture("f", new ByteArrayInputStream(file)).next());
    assertThat(question.name()).hasToString("A.eXample.");
    assertThat(question.udpSize()).isEqualTo(1400);
    assertThat(question.dnssecOk()).isTrue();
    assertThat(question.type()).isEqualTo(Type.SRV);
  }

  /// RFC 2136: what changes a zone must never be sent to a server that nobody meant.
  @ParameterizedTest
  @ValueSource(ints = {Opcode.UPDATE, Opcode.NOTIFY, Opcode.STATUS})
  void passesOverWhatIsNoQuestion(int opcode) throws IOException {
    byte[] reply = query("reply.example.", Opcode.QUERY);
    reply[2] |= (byte) 0x80;
    byte[] noise = new byte[40];
    byte[] file =
        Format.PCAP.file(
            101, List.of(udp(query("a.example.", opcode)), udp(reply), udp(noise), noise));
    assertThat(names(file)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void namesThePlaceWhereAFileIsCut(Format format) {
    byte[] file = format.file(101, List.of(udp(query("a.example.", Opcode.QUERY))));
    byte[] cut = Arrays.copyOf(file, file.length - 5);
    assertThatThrownBy(() -> names(cut))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("file: at octet \\d+: it ends in the middle of a block, .*");
  }

  @Test
  void namesWhatIsNotACapture() {
    assertThatThrownBy(
            () -> names("a.example. A".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .hasMessage(
            "file: at octet 4: neither a pcap nor a pcapng file, as tcpdump -w writes them");
    assertThatThrownBy(() -> names(Format.PCAP.file(147, List.of(new byte[4]))))
        .hasMessageContaining("packets of link type 147");
  }

  @Test
  void endsWithAFaultAtWorstWhateverTheOctets() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Format format = Format.values()[i % 4];
      byte[] file = format.file(1, List.of(joined(new byte[14], udp(query("a.", 0)))));
      for (int n = random.nextInt(6); n >= 0; n--) {
        file[random.nextInt(file.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(names(file)).hasSizeLessThan(2);
      } catch (IOException e) {
        assertThat(e).as("seed %d", seed).hasMessageStartingWith("file: at octet ");
      }
    }
  }

  private static List<String> names(byte[] file) throws IOException {
    List<String> names = new ArrayList<>();
    try (var capture = new Capture("file", new ByteArrayInputStream(file))) {
      ComparedQuestion question = capture.next();
      while (question != null) {
        names.add(question.name().toString());
        question = capture.next();
      }
    }
    return names;
  }

  private static byte[] query(String name, int opcode) {
    var message = new Message(7);
    message.getHeader().setOpcode(opcode);
    message.getHeader().setFlag(Flags.RD);
    message.addRecord(
        Record.newRecord(Name.fromConstantString(name), Type.SRV, DClass.IN), Section.QUESTION);
    message.addRecord(new OPTRecord(1400, 0, 0, 0x8000), Section.ADDITIONAL);
    return message.toWire();
  }

  private static byte[] udp(byte[] payload) {
    return ip(17, datagram(payload));
  }

  private static byte[] datagram(byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(8 + payload.length);
    out.putShort((short) 4242).putShort((short) 53).putShort((short) (8 + payload.length));
    return out.putShort((short) 0).put(payload).array();
  }

  private static byte[] ip(int protocol, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(20 + payload.length);
    out.put(HexFormat.of().parseHex(V4)).put(payload);
    out.putShort(2, (short) out.capacity()).put(9, (byte) protocol);
    return out.array();
  }

  private static byte[] joined(byte[] one, byte[] other) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(one);
    out.writeBytes(other);
    byte[] octets = out.toByteArray();
    if (one.length == 14 && one[12] == 0) {
      octets[12] = 8;
    }
    return octets;
  }
}

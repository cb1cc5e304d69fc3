package io.clusterzone.zones.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clusterzone.zones.name.Name;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;

/// Each kind of RDATA against dnsjava, in wire form and as text.
final class RdataWireTest {
  private static final Name TARGET = Name.parse("Web.shop.svc.cluster.local.");
  private static final Name DOTTED = Name.parse("a\\.b\\032c.cluster.local.");

  static Stream<Arguments> rdata() {
    return Stream.of(
        Arguments.of(new Rdata.A(0xc0a8_00ff), "192.168.0.255"),
        Arguments.of(new Rdata.A(-1), "255.255.255.255"),
        Arguments.of(new Rdata.Aaaa(0xfd00_0001_0000_0000L, 1), "fd00:1::1"),
        Arguments.of(new Rdata.Aaaa(0, 0), "::"),
        Arguments.of(new Rdata.Aaaa(0, 0xffff_0a00_0001L), "::ffff:a00:1"),
        Arguments.of(new Rdata.Aaaa(0x0001_0000_0000_0002L, 0x0000_0000_0000_0003L), "1:0:0:2::3"),
        Arguments.of(
            new Rdata.Aaaa(0x0001_0000_0002_0003L, 0x0004_0005_0006_0007L), "1:0:2:3:4:5:6:7"),
        Arguments.of(new Rdata.Aaaa(0xfd00_0000_0000_0000L, 0), "fd00::"),
        Arguments.of(new Rdata.Cname(TARGET), "Web.shop.svc.cluster.local."),
        Arguments.of(new Rdata.Dname(DOTTED), "a\\.b\\032c.cluster.local."),
        Arguments.of(new Rdata.Ns(DOTTED), "a\\.b\\032c.cluster.local."),
        Arguments.of(new Rdata.Ptr(Name.ROOT), "."),
        Arguments.of(
            new Rdata.Soa(TARGET, DOTTED, -2, 7200, 1800, 86400, 5),
            "Web.shop.svc.cluster.local. a\\.b\\032c.cluster.local. 4294967294 7200 1800 86400 5"),
        Arguments.of(new Rdata.Srv(0, 100, 65535, TARGET), "0 100 65535 " + TARGET),
        Arguments.of(new Rdata.Srv(65535, 65535, 0, Name.ROOT), "65535 65535 0 ."),
        Arguments.of(new Rdata.Txt(List.of("1.1.0")), "\"1.1.0\""),
        Arguments.of(
            new Rdata.Txt(List.of("", "a \"b\" \\", "ü\n")),
            "\"\" \"a \\\"b\\\" \\\\\" \"\\195\\188\\010\""),
        Arguments.of(new Rdata.Txt(List.of("x".repeat(255))), "\"" + "x".repeat(255) + "\""),
        Arguments.of(new Rdata.Hinfo("RFC8482", ""), "\"RFC8482\" \"\""),
        Arguments.of(new Rdata.Unknown(65280, "00FFab"), "\\# 3 00ffab"),
        Arguments.of(new Rdata.Unknown(65280, ""), "\\# 0"));
  }

  private static byte[] wire(Rdata rdata) {
    ByteBuffer octets = ByteBuffer.allocate(RdataWire.length(rdata));
    RdataWire.write(rdata, octets);
    assertThat(octets.hasRemaining()).isFalse();
    return octets.array();
  }

  @ParameterizedTest
  @MethodSource("rdata")
  void isWhatAnIndependentDecoderReads(Rdata rdata, String text) throws IOException {
    var origin = org.xbill.DNS.Name.root;
    byte[] wire = wire(rdata);
    Record expected = Record.fromString(origin, rdata.type(), DClass.IN, 5, text, origin);

    assertThat(Record.newRecord(origin, rdata.type(), DClass.IN, 5, wire.length, wire))
        .isEqualTo(expected)
        .hasToString(expected.toString());
  }

  @ParameterizedTest
  @MethodSource("rdata")
  void isWrittenInPresentationFormat(Rdata rdata, String text) {
    assertThat(RdataText.of(rdata)).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("rdata")
  void readsBackWhatItWrote(Rdata rdata, String text) {
    byte[] wire = wire(rdata);
    ByteBuffer inside =
        ByteBuffer.allocate(wire.length + 9).position(4).put(wire).flip().position(4);

    assertThat(RdataWire.read(rdata.type(), inside)).as(text).isEqualTo(rdata);
    assertThat(inside.hasRemaining()).isFalse();
  }

  static Stream<ThrowingCallable> unwritable() {
    String tooLong = "ü".repeat(128);
    return Stream.of(
        () -> new Rdata.Txt(List.of()),
        () -> new Rdata.Txt(List.of("x", tooLong)),
        () -> new Rdata.Hinfo(tooLong, ""),
        () -> new Rdata.Hinfo("", tooLong),
        () -> new Rdata.Srv(-1, 0, 0, TARGET),
        () -> new Rdata.Srv(0, 65536, 0, TARGET),
        () -> new Rdata.Srv(0, 0, 65536, TARGET),
        () -> new Rdata.Unknown(RRType.A, "00"),
        () -> new Rdata.Unknown(RRType.DNAME, "00"),
        () -> new Rdata.Unknown(65536, "00"),
        () -> new Rdata.Unknown(-1, "00"),
        () -> new Rdata.Unknown(65280, "0"),
        () -> new Rdata.Unknown(65280, "zz"),
        () -> new Rdata.Unknown(65280, "00".repeat(65536)),
        () -> RdataWire.length(new Rdata.Txt(Collections.nCopies(256, "x".repeat(255)))));
  }

  @ParameterizedTest
  @MethodSource("unwritable")
  void refusesWhatHasNoWireForm(ThrowingCallable making) {
    assertThatIllegalArgumentException().isThrownBy(making);
  }

  @Test
  void namesTypesAsMasterFilesDo() {
    for (int type : new int[] {1, 2, 5, 6, 12, 13, 16, 28, 33, 39}) {
      assertThat(RdataText.type(type)).isEqualTo(org.xbill.DNS.Type.string(type));
    }
    assertThat(RdataText.type(65280)).isEqualTo("TYPE65280");
  }
}

package io.clusterzone.zones.wire;

import java.util.List;

/// Queries that reach every corner of the parser, for tests that go on from there.
public final class QuerySeeds {
  private static final String WEB = "web.shop.svc.cluster.local.";

  private QuerySeeds() {}

  public static List<byte[]> all() {
    return List.of(
        Packet.query(WEB, 1, 0).octets(),
        Packet.query(".", 2, 0).octets(),
        Packet.query("wEb.sHoP.svc.cluster.local.", 33, 1).opt(1232, 0, Edns.DO, 0).octets(),
        Packet.query(WEB, 255, 1).opt(512, 0, 0, 4).u16(Edns.NSID).u16(0).octets(),
        Packet.query(WEB, 28, 1).opt(4096, 0, 0, 12).u16(10).u16(8).text("12345678").octets(),
        Packet.query(WEB, 1, 1).opt(1232, 1, 0, 0).octets(),
        Packet.query(WEB, 1, 2).opt(1232, 0, 0, 0).opt(1232, 0, 0, 0).octets(),
        Packet.query(WEB, 1, 1).u16(0xc00c).u16(1).u16(1).u32(5).u16(4).u32(1).octets(),
        Packet.query(WEB, 1, 2)
            .opt(1232, 0, 0, 0)
            .name("key.")
            .u16(250)
            .u16(255)
            .u32(0)
            .u16(2)
            .u16(7)
            .octets(),
        Packet.header(0x0100, 1, 0, 1, 0)
            .name("cluster.local.")
            .u16(251)
            .u16(1)
            .u16(0xc00c)
            .u16(6)
            .u16(1)
            .u32(0)
            .u16(22)
            .u16(0)
            .u32(1)
            .u32(2)
            .u32(3)
            .u32(4)
            .u32(5)
            .octets(),
        Packet.header(0, 1, 0, 0, 0).name("version.bind.").u16(16).u16(3).octets(),
        Packet.header(0x2400, 1, 0, 0, 0).name("cluster.local.").u16(6).u16(1).octets(),
        Packet.header(0x0100, 65535, 65535, 65535, 65535).octets(),
        Packet.query("10-1-2-3.shop.pod.cluster.local.", 1, 0).octets(),
        Packet.query("fd00--1.shop.pod.cluster.local.", 28, 0).octets(),
        Packet.query("chain11.shop.svc.cluster.local.", 1, 0).octets(),
        Packet.query("a.b.wild.shop.svc.cluster.local.", 1, 0).octets(),
        Packet.query("x".repeat(63) + "." + "y".repeat(63) + ".", 1, 0).octets());
  }
}

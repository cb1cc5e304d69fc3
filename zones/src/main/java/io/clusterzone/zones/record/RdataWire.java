package io.clusterzone.zones.record;

import io.clusterzone.zones.name.Name;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// RDATA in wire form, names uncompressed and spelt as given. Stateless; used by the thread that
/// makes zones, not per query.
public final class RdataWire {
  private static final int SOA_NUMBERS_LENGTH = 5 * Integer.BYTES;
  private static final int SRV_NUMBERS_LENGTH = 3 * Short.BYTES;

  private RdataWire() {}

  /// RDLENGTH: how many octets [#write] puts.
  ///
  /// @throws IllegalArgumentException if they are more than RDLENGTH can say
  public static int length(Rdata rdata) {
    int length =
        switch (rdata) {
          case Rdata.A _ -> Integer.BYTES;
          case Rdata.Aaaa _ -> 2 * Long.BYTES;
          case Rdata.Cname(Name target) -> target.length();
          case Rdata.Dname(Name target) -> target.length();
          case Rdata.Ns(Name target) -> target.length();
          case Rdata.Ptr(Name target) -> target.length();
          case Rdata.Soa soa -> soa.mname().length() + soa.rname().length() + SOA_NUMBERS_LENGTH;
          case Rdata.Srv srv -> SRV_NUMBERS_LENGTH + srv.target().length();
          case Rdata.Txt(List<String> strings) ->
              strings.stream().mapToInt(CharacterString::wireLength).sum();
          case Rdata.Hinfo(String cpu, String os) ->
              CharacterString.wireLength(cpu) + CharacterString.wireLength(os);
          case Rdata.Unknown unknown -> unknown.hex().length() / 2;
        };
    if (length > Rdata.MAX_LENGTH) {
      throw new IllegalArgumentException("RDATA of " + length + " octets, type " + rdata.type());
    }
    return length;
  }

  /// Puts the RDATA at the buffer's position, without RDLENGTH.
  public static void write(Rdata rdata, ByteBuffer target) {
    switch (rdata) {
      case Rdata.A(int address) -> target.putInt(address);
      case Rdata.Aaaa(long high, long low) -> target.putLong(high).putLong(low);
      case Rdata.Cname(Name name) -> name.writeTo(target);
      case Rdata.Dname(Name name) -> name.writeTo(target);
      case Rdata.Ns(Name name) -> name.writeTo(target);
      case Rdata.Ptr(Name name) -> name.writeTo(target);
      case Rdata.Soa soa -> writeSoa(soa, target);
      case Rdata.Srv srv -> {
        target.putShort((short) srv.priority()).putShort((short) srv.weight());
        target.putShort((short) srv.port());
        srv.target().writeTo(target);
      }
      case Rdata.Txt(List<String> strings) ->
          strings.forEach(s -> CharacterString.write(s, target));
      case Rdata.Hinfo(String cpu, String os) -> {
        CharacterString.write(cpu, target);
        CharacterString.write(os, target);
      }
      case Rdata.Unknown unknown -> target.put(HexFormat.of().parseHex(unknown.hex()));
    }
  }

  private static void writeSoa(Rdata.Soa soa, ByteBuffer target) {
    soa.mname().writeTo(target);
    soa.rname().writeTo(target);
    target.putInt(soa.serial()).putInt(soa.refreshSeconds()).putInt(soa.retrySeconds());
    target.putInt(soa.expireSeconds()).putInt(soa.minimumSeconds());
  }

  /// Reads back what [#write] put: the whole of `rdata`, which is between position and limit.
  public static Rdata read(int type, ByteBuffer rdata) {
    return switch (type) {
      case RRType.A -> new Rdata.A(rdata.getInt());
      case RRType.AAAA -> new Rdata.Aaaa(rdata.getLong(), rdata.getLong());
      case RRType.CNAME -> new Rdata.Cname(Name.readFrom(rdata));
      case RRType.DNAME -> new Rdata.Dname(Name.readFrom(rdata));
      case RRType.NS -> new Rdata.Ns(Name.readFrom(rdata));
      case RRType.PTR -> new Rdata.Ptr(Name.readFrom(rdata));
      case RRType.SOA ->
          new Rdata.Soa(
              Name.readFrom(rdata),
              Name.readFrom(rdata),
              rdata.getInt(),
              rdata.getInt(),
              rdata.getInt(),
              rdata.getInt(),
              rdata.getInt());
      case RRType.SRV ->
          new Rdata.Srv(unsigned(rdata), unsigned(rdata), unsigned(rdata), Name.readFrom(rdata));
      case RRType.TXT -> new Rdata.Txt(readStrings(rdata));
      case RRType.HINFO ->
          new Rdata.Hinfo(CharacterString.read(rdata), CharacterString.read(rdata));
      default -> new Rdata.Unknown(type, readHex(rdata));
    };
  }

  private static int unsigned(ByteBuffer rdata) {
    return Short.toUnsignedInt(rdata.getShort());
  }

  private static List<String> readStrings(ByteBuffer rdata) {
    List<String> strings = new ArrayList<>();
    while (rdata.hasRemaining()) {
      strings.add(CharacterString.read(rdata));
    }
    return strings;
  }

  private static String readHex(ByteBuffer rdata) {
    byte[] octets = new byte[rdata.remaining()];
    rdata.get(octets);
    return HexFormat.of().formatHex(octets);
  }
}

package io.clusterzone.zones.record;

import io.clusterzone.zones.name.Name;
import java.util.HexFormat;
import java.util.List;

/// The data of one resource record.
///
/// Closed: a type without a case of its own is [Unknown] and keeps its number and octets (RFC
/// 3597). Immutable.
public sealed interface Rdata {
  /// Octets of RDATA at the most: RDLENGTH has 16 bits (RFC 1035 section 3.2.1).
  int MAX_LENGTH = 0xffff;

  /// The number of the RR type.
  int type();

  /// An IPv4 address, most significant octet first (RFC 1035 section 3.4.1).
  record A(int address) implements Rdata {
    @Override
    public int type() {
      return RRType.A;
    }
  }

  /// An IPv6 address, most significant half first (RFC 3596 section 2.2).
  record Aaaa(long high, long low) implements Rdata {
    @Override
    public int type() {
      return RRType.AAAA;
    }
  }

  /// An alias (RFC 1035 section 3.3.1).
  record Cname(Name target) implements Rdata {
    @Override
    public int type() {
      return RRType.CNAME;
    }
  }

  /// An alias of every name below the owner: in their names the target stands for the owner (RFC
  /// 6672 section 2.1).
  record Dname(Name target) implements Rdata {
    @Override
    public int type() {
      return RRType.DNAME;
    }
  }

  /// A name server of the zone (RFC 1035 section 3.3.11).
  record Ns(Name target) implements Rdata {
    @Override
    public int type() {
      return RRType.NS;
    }
  }

  /// The name behind an address (RFC 1035 section 3.3.12).
  record Ptr(Name target) implements Rdata {
    @Override
    public int type() {
      return RRType.PTR;
    }
  }

  /// The start of authority (RFC 1035 section 3.3.13). Times in seconds; `serial` is unsigned 32
  /// bits (RFC 1982).
  record Soa(
      Name mname,
      Name rname,
      int serial,
      int refreshSeconds,
      int retrySeconds,
      int expireSeconds,
      int minimumSeconds)
      implements Rdata {
    @Override
    public int type() {
      return RRType.SOA;
    }
  }

  /// A place where a service is offered (RFC 2782). All three numbers are unsigned 16 bits.
  record Srv(int priority, int weight, int port, Name target) implements Rdata {
    /// @throws IllegalArgumentException if a number does not fit in 16 bits
    public Srv {
      if ((priority | weight | port) >>> Short.SIZE != 0) {
        throw new IllegalArgumentException(
            "SRV with priority " + priority + ", weight " + weight + ", port " + port);
      }
    }

    @Override
    public int type() {
      return RRType.SRV;
    }
  }

  /// Text (RFC 1035 section 3.3.14): one character string or more, each of at most 255 octets of
  /// UTF-8.
  record Txt(List<String> strings) implements Rdata {
    /// @throws IllegalArgumentException if there is no string, or one is too long
    public Txt {
      strings = List.copyOf(strings);
      if (strings.isEmpty()) {
        throw new IllegalArgumentException("TXT without a string");
      }
      strings.forEach(CharacterString::check);
    }

    @Override
    public int type() {
      return RRType.TXT;
    }
  }

  /// Processor and operating system (RFC 1035 section 3.3.2); today the answer to ANY (RFC 8482
  /// section 4.2).
  record Hinfo(String cpu, String os) implements Rdata {
    /// @throws IllegalArgumentException if a string is too long
    public Hinfo {
      CharacterString.check(cpu);
      CharacterString.check(os);
    }

    @Override
    public int type() {
      return RRType.HINFO;
    }
  }

  /// The octets of an unknown type, as hexadecimal digits in lower case (RFC 3597 section 5).
  record Unknown(int type, String hex) implements Rdata {
    /// @throws IllegalArgumentException if `hex` is not an even number of hexadecimal digits or too
    ///   long, or if the type is one that has a case of its own
    public Unknown {
      if (RRType.hasRdataCase(type) || type >>> Short.SIZE != 0) {
        throw new IllegalArgumentException("not a number of an unknown type: " + type);
      }
      if (hex.length() / 2 > MAX_LENGTH) {
        throw new IllegalArgumentException("RDATA of " + hex.length() / 2 + " octets");
      }
      hex = HexFormat.of().formatHex(HexFormat.of().parseHex(hex));
    }
  }
}

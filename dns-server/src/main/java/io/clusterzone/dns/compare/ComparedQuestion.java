package io.clusterzone.dns.compare;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.DnsClass;
import io.clusterzone.zones.wire.Edns;
import io.clusterzone.zones.wire.Header;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A question that several servers are asked in the same octets. Two are equal if their octets are:
/// another spelling is another question here.
///
/// @param name in the spelling that is sent
/// @param opcode QUERY is 0 (RFC 1035 section 4.1.1)
/// @param flags of the header: RD, AD, CD
/// @param udpSize the UDP size of the OPT record, in octets; 0 is a query without one
/// @param ednsFlags of the OPT record: DO, and those that nobody has defined
public record ComparedQuestion(
    Name name, int type, int recordClass, int opcode, int flags, int udpSize, int ednsFlags) {
  /// The flags that a question may have.
  public static final int FLAGS = Header.RD | Header.AD | Header.CD;

  /// A size that travels unfragmented nearly everywhere (RFC 9715 section 3).
  public static final int USUAL_SIZE = 1232;

  /// A plain question in class IN, with EDNS, as a resolver asks it.
  public static ComparedQuestion of(Name name, int type) {
    return new ComparedQuestion(name, type, DnsClass.IN, 0, Header.RD, USUAL_SIZE, 0);
  }

  public ComparedQuestion withClass(int other) {
    return new ComparedQuestion(name, type, other, opcode, flags, udpSize, ednsFlags);
  }

  public ComparedQuestion withOpcode(int other) {
    return new ComparedQuestion(name, type, recordClass, other, flags, udpSize, ednsFlags);
  }

  /// The same question with another OPT record, or without one if the size is 0.
  public ComparedQuestion withEdns(int size, int newFlags) {
    return new ComparedQuestion(name, type, recordClass, opcode, flags, size, newFlags);
  }

  /// Whether it only asks, and one message answers it: neither an update nor a zone transfer.
  public boolean isPlain() {
    return opcode == 0 && type != RRType.AXFR && type != RRType.IXFR;
  }

  public boolean dnssecOk() {
    return (ednsFlags & Edns.DO) != 0;
  }

  /// The type as people write it.
  public String typeText() {
    return TypeText.of(type);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ComparedQuestion question
        && type == question.type
        && recordClass == question.recordClass
        && opcode == question.opcode
        && flags == question.flags
        && udpSize == question.udpSize
        && ednsFlags == question.ednsFlags
        && Arrays.equals(name.toWire(), question.name.toWire());
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + type;
  }
}

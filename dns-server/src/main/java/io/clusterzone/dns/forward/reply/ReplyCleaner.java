package io.clusterzone.dns.forward.reply;

import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.Rcode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Keeps of an upstream's message what answers the question, and nothing else.
///
/// In the answer section: the chain of aliases that begins at the question's name, in its order,
/// and then the records of the asked type at its names. In authority: the SOA of a negative answer,
/// from at or above the end of the chain, and proofs for a client that validates. Nothing of the
/// additional section, and of class IN only. A record that was not asked for can thus never be
/// passed on or remembered (RFC 2181 section 5.4.1).
///
/// The message is read and written by dnsjava. Before, what its header counts is compared with its
/// length, and the work that its names take is bounded.
public final class ReplyCleaner {
  /// Records of the authority section that are kept for a client that validates: three times those
  /// of a negative answer by NSEC3.
  private static final int MAX_PROOFS = 24;

  /// TC in the first octet of the flags.
  private static final int TC_OCTET = Header.TC >> Byte.SIZE;

  /// Octets of the shortest record: the root, TYPE, CLASS, TTL, RDLENGTH.
  private static final int MIN_RECORD_LENGTH = 11;

  private ReplyCleaner() {}

  /// Cleans a message that answers the question.
  public static CleanedReply clean(Question question, byte[] received, TtlCaps caps) {
    try {
      byte[] message = isCut(received) ? believable(received) : received;
      return mayBeWhole(message) && Compression.isBounded(message)
          ? clean(question, new Message(message), caps)
          : new CleanedReply.Unreadable();
    } catch (IOException | RuntimeException _) {
      return new CleanedReply.Unreadable();
    }
  }

  public static boolean isCut(byte[] received) {
    return (received[Header.FLAGS] & TC_OCTET) != 0;
  }

  /// A message with TC may end anywhere, and still count what it had before it was cut: its counts
  /// are lowered to what it may hold.
  private static byte[] believable(byte[] received) {
    byte[] message = received.clone();
    ByteBuffer counts = ByteBuffer.wrap(message);
    int room = (message.length - Header.LENGTH) / MIN_RECORD_LENGTH;
    for (int count = Header.ANCOUNT; count < Header.LENGTH; count += Short.BYTES) {
      int lowered = Math.min(counts.getShort(count) & 0xffff, room);
      counts.putShort(count, (short) lowered);
      room -= lowered;
    }
    return message;
  }

  /// Whether as many records as the header counts can stand in the message.
  private static boolean mayBeWhole(byte[] received) {
    ByteBuffer message = ByteBuffer.wrap(received);
    int records = 0;
    for (int count = Header.ANCOUNT; count < Header.LENGTH; count += Short.BYTES) {
      records += message.getShort(count) & 0xffff;
    }
    return records <= (received.length - Header.LENGTH) / MIN_RECORD_LENGTH;
  }

  private static CleanedReply clean(Question question, Message received, TtlCaps caps) {
    if (received.getQuestion() == null) {
      return error(question, received);
    }
    Record asked = received.getQuestion();
    var chain = new AliasChain(question, asked.getName(), received.getSection(Section.ANSWER));
    if (chain.isEndless()) {
      return new CleanedReply.Endless(folded(chain.end()));
    }
    List<Record> data = chain.data();
    boolean negative = data.stream().noneMatch(record -> chain.fits(record.getType()));
    List<Record> answers = new ArrayList<>(chain.aliases());
    answers.addAll(data);
    List<Record> authority = authority(question, negative, chain.end(), received);
    List<io.clusterzone.zones.name.Name> others = otherNames(chain, authority);
    int maxTtl = negative ? caps.negative() : caps.data();
    return new CleanedReply.Usable(
        ReplyEncoder.encode(received, answers, authority, others, maxTtl));
  }

  /// An error that came without the question.
  private static CleanedReply error(Question question, Message received) {
    if (isFinal(received.getRcode())) {
      return new CleanedReply.Unreadable();
    }
    Name name = Name.fromConstantString(question.name().toString());
    received.addRecord(Record.newRecord(name, question.type(), DClass.IN), Section.QUESTION);
    return new CleanedReply.Usable(
        ReplyEncoder.encode(received, List.of(), List.of(), List.of(), 0));
  }

  /// Without the mixed case that a question may have gone out with.
  private static io.clusterzone.zones.name.Name folded(Name name) {
    return io.clusterzone.zones.name.Name.ofWire(name.toWireCanonical(), 0);
  }

  private static List<io.clusterzone.zones.name.Name> otherNames(
      AliasChain chain, List<Record> authority) {
    Stream<Name> led = chain.names().stream().skip(1);
    Stream<Name> proven = authority.stream().filter(ReplyCleaner::isProof).map(Record::getName);
    return Stream.concat(led, proven).distinct().map(ReplyCleaner::folded).toList();
  }

  private static List<Record> authority(
      Question question, boolean negative, Name end, Message received) {
    var kept = new ArrayList<Record>();
    int proofs = question.dnssecOk() ? MAX_PROOFS : 0;
    for (Record record : received.getSection(Section.AUTHORITY)) {
      boolean soa = negative && record instanceof SOARecord && end.subdomain(record.getName());
      boolean proof = isProof(record) && proofs-- > 0;
      if (record.getDClass() == DClass.IN && (soa || proof)) {
        kept.add(record);
      }
    }
    return kept;
  }

  private static boolean isProof(Record record) {
    int type = record.getType();
    return type == Type.RRSIG || type == Type.NSEC || type == Type.NSEC3;
  }

  /// Whether a reply with this code says anything about the name.
  public static boolean isFinal(int rcode) {
    return rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN;
  }
}

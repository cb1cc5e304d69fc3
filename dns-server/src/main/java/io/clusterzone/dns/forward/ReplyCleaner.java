package io.clusterzone.dns.forward;

import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.Rcode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Keeps of an upstream's message what answers the question, and nothing else.
///
/// In the answer section: the chain of aliases that begins at the question's name, and records of
/// the asked type at its names. In authority: the SOA of a denial, from at or above the end of the
/// chain, and proofs for a client that validates. Nothing of the additional section. A record that
/// was not asked for can thus never be passed on or remembered (RFC 2181 section 5.4.1).
///
/// The message is read and written by dnsjava. Before, what its header counts is compared with its
/// length, and the work that its names take is bounded.
final class ReplyCleaner {
  /// Aliases that a reply may hold at the most.
  static final int MAX_ALIASES = 32;

  /// Octets of the shortest record: the root, TYPE, CLASS, TTL, RDLENGTH.
  private static final int MIN_RECORD_LENGTH = 11;

  private ReplyCleaner() {}

  /// Cleans a message that answers the question.
  static CleanedReply clean(Question question, byte[] received, TtlCaps caps) {
    try {
      return mayBeWhole(received) && Compression.isBounded(received)
          ? clean(question, new Message(received), caps)
          : new CleanedReply.Unreadable();
    } catch (IOException | RuntimeException _) {
      return new CleanedReply.Unreadable();
    }
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
    Record asked = received.getQuestion();
    if (asked == null) {
      return new CleanedReply.Unreadable();
    }
    Set<Name> chain = new LinkedHashSet<>();
    Name name = asked.getName();
    for (Name next = name; next != null; next = aliasTarget(question.type(), name, received)) {
      if (!chain.add(next) || chain.size() > MAX_ALIASES + 1) {
        return new CleanedReply.Endless(folded(next));
      }
      name = next;
    }
    List<Record> answers = answers(question, chain, received);
    boolean denied = answers.stream().noneMatch(record -> fits(question.type(), record.getType()));
    List<Record> authority = authority(question, denied, name, received);
    int maxTtl = denied ? caps.denial() : caps.data();
    return new CleanedReply.Usable(ReplyEncoder.encode(received, answers, authority, maxTtl));
  }

  /// Without the mixed case that a question may have gone out with.
  private static io.clusterzone.zones.name.Name folded(Name name) {
    return io.clusterzone.zones.name.Name.ofWire(name.toWireCanonical(), 0);
  }

  private static @Nullable Name aliasTarget(int type, Name owner, Message received) {
    if (type == Type.CNAME || type == Type.ANY) {
      return null;
    }
    for (Record record : received.getSection(Section.ANSWER)) {
      if (record instanceof CNAMERecord alias && alias.getName().equals(owner)) {
        return alias.getTarget();
      }
    }
    return null;
  }

  private static List<Record> answers(Question question, Set<Name> chain, Message received) {
    var kept = new ArrayList<Record>();
    for (Record record : received.getSection(Section.ANSWER)) {
      boolean atName = chain.contains(record.getName());
      boolean above =
          record instanceof DNAMERecord
              && chain.stream().anyMatch(n -> n.subdomain(record.getName()));
      if (above || (atName && wanted(question, record.getType()))) {
        kept.add(record);
      }
    }
    return kept;
  }

  private static boolean wanted(Question question, int type) {
    return fits(question.type(), type)
        || type == Type.CNAME
        || (type == Type.RRSIG && question.dnssecOk());
  }

  private static boolean fits(int asked, int type) {
    return asked == type || asked == Type.ANY;
  }

  private static List<Record> authority(
      Question question, boolean denied, Name end, Message received) {
    var kept = new ArrayList<Record>();
    for (Record record : received.getSection(Section.AUTHORITY)) {
      boolean soa = denied && record instanceof SOARecord && end.subdomain(record.getName());
      if (soa || (question.dnssecOk() && isProof(record.getType()))) {
        kept.add(record);
      }
    }
    return kept;
  }

  private static boolean isProof(int type) {
    return type == Type.RRSIG || type == Type.NSEC || type == Type.NSEC3;
  }

  /// Whether a reply with this code says anything about the name.
  static boolean isFinal(int rcode) {
    return rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN;
  }
}

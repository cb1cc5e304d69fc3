package io.clusterzone.dns.forward;

import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.wire.Rcode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
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
/// The message is read and written by dnsjava; one that does not parse is null.
final class ReplyCleaner {
  /// Aliases that a reply may hold at the most.
  private static final int MAX_ALIASES = 32;

  private ReplyCleaner() {}

  /// @param maxTtlSeconds the cap on every TTL
  static @Nullable StoredReply clean(Question question, byte[] received, int maxTtlSeconds) {
    try {
      return clean(question, new Message(received), maxTtlSeconds);
    } catch (IOException | RuntimeException _) {
      return null;
    }
  }

  private static @Nullable StoredReply clean(Question question, Message received, int maxTtl) {
    Record asked = received.getQuestion();
    if (asked == null) {
      return null;
    }
    List<Name> chain = chain(asked.getName(), question.type(), received);
    List<Record> answers = answers(question, chain, received);
    boolean denied = answers.stream().noneMatch(record -> fits(question.type(), record.getType()));
    List<Record> authority = authority(question, denied, chain.getLast(), received);
    return ReplyEncoder.encode(received, answers, authority, maxTtl);
  }

  /// The names that the aliases lead through, the question's first.
  private static List<Name> chain(Name start, int type, Message received) {
    var chain = new ArrayList<Name>();
    Set<Name> seen = new HashSet<>();
    Name name = start;
    while (name != null && seen.add(name) && chain.size() <= MAX_ALIASES) {
      chain.add(name);
      name = type == Type.CNAME || type == Type.ANY ? null : aliasTarget(name, received);
    }
    return chain;
  }

  private static @Nullable Name aliasTarget(Name owner, Message received) {
    for (Record record : received.getSection(Section.ANSWER)) {
      if (record instanceof CNAMERecord alias && alias.getName().equals(owner)) {
        return alias.getTarget();
      }
    }
    return null;
  }

  private static List<Record> answers(Question question, List<Name> chain, Message received) {
    Set<Name> names = new HashSet<>(chain);
    var kept = new ArrayList<Record>();
    for (Record record : received.getSection(Section.ANSWER)) {
      boolean atName = names.contains(record.getName());
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

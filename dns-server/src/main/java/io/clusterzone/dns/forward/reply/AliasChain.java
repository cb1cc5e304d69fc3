package io.clusterzone.dns.forward.reply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// The aliases of an answer section, in order from the question's name on.
///
/// Stub resolvers read an answer from its first record to its last and follow an alias only where
/// it comes before what it leads to (RFC 1034 section 5.3.1 leaves the order open); some upstreams
/// send addresses first, or the aliases in another order. Records of another class than IN are
/// passed over. The work grows with the records, however they are named: one walk puts them into a
/// table by owner, and a chain has at most [#MAX_ALIASES] aliases.
public final class AliasChain {
  /// Aliases that a reply may hold at the most.
  public static final int MAX_ALIASES = 32;

  private final Question question;
  private final Map<Name, List<Record>> byOwner = new HashMap<>();
  private boolean redirects;
  private final Set<Name> names = new LinkedHashSet<>();
  private final List<Record> aliases = new ArrayList<>();
  private Name end;
  private boolean endless;

  /// @param start the question's name
  /// @param answers the records of the answer section
  AliasChain(Question question, Name start, List<Record> answers) {
    this.question = question;
    for (Record record : answers) {
      if (record.getDClass() == DClass.IN) {
        byOwner.computeIfAbsent(record.getName(), _ -> new ArrayList<>(1)).add(record);
        redirects |= record instanceof DNAMERecord;
      }
    }
    end = start;
    follow(start);
  }

  private void follow(Name start) {
    for (Name next = start; next != null; next = target(end)) {
      end = next;
      if (!names.add(next) || names.size() > MAX_ALIASES + 1) {
        endless = true;
        return;
      }
    }
  }

  /// The name's target; its alias, with what stands for it or signs it, is added to the chain.
  private @Nullable Name target(Name owner) {
    if (question.type() == Type.CNAME || question.type() == Type.ANY) {
      return null;
    }
    DNAMERecord redirection = redirects ? redirectionOf(owner) : null;
    if (redirection != null) {
      add(redirection);
    }
    CNAMERecord alias = aliasOf(owner, redirection);
    if (alias == null) {
      return null;
    }
    add(alias);
    return alias.getTarget();
  }

  private void add(Record alias) {
    aliases.add(alias);
    if (question.dnssecOk()) {
      for (Record record : at(alias.getName())) {
        if (record instanceof RRSIGRecord signature && signs(signature, alias.getType())) {
          aliases.add(signature);
        }
      }
    }
  }

  private static boolean signs(RRSIGRecord signature, int type) {
    return signature.getTypeCovered() == type;
  }

  /// The DNAME record next above the name, if there is one (RFC 6672 section 2.3).
  private @Nullable DNAMERecord redirectionOf(Name name) {
    for (int labels = 1; labels < name.labels(); labels++) {
      for (Record record : at(new Name(name, labels))) {
        if (record instanceof DNAMERecord redirection) {
          return redirection;
        }
      }
    }
    return null;
  }

  /// The alias of the name: the one in the message, or the one that the DNAME record stands for,
  /// with its TTL (RFC 6672 section 3.1).
  private @Nullable CNAMERecord aliasOf(Name owner, @Nullable DNAMERecord redirection) {
    for (Record record : at(owner)) {
      if (record instanceof CNAMERecord alias) {
        return alias;
      }
    }
    try {
      return redirection == null
          ? null
          : new CNAMERecord(owner, DClass.IN, redirection.getTTL(), owner.fromDNAME(redirection));
    } catch (NameTooLongException _) {
      return null;
    }
  }

  private List<Record> at(Name owner) {
    return byOwner.getOrDefault(owner, List.of());
  }

  /// Whether the aliases lead back to where they were, or too far.
  boolean isEndless() {
    return endless;
  }

  /// The names from the question's on. Where it is endless, without the one that repeats.
  Set<Name> names() {
    return names;
  }

  /// The name at which the chain ends, or was given up.
  Name end() {
    return end;
  }

  /// The aliases in their order, each after the DNAME record that it was made from.
  List<Record> aliases() {
    return aliases;
  }

  /// The records of the asked type at the names of the chain, in its order.
  List<Record> data() {
    var data = new ArrayList<Record>();
    for (Name name : names) {
      for (Record record : at(name)) {
        if (isData(record)) {
          data.add(record);
        }
      }
    }
    return data;
  }

  private boolean isData(Record record) {
    boolean signature =
        question.dnssecOk()
            && record instanceof RRSIGRecord rrsig
            && (names.size() == 1 || !signs(rrsig, Type.CNAME));
    return signature || fits(record.getType());
  }

  /// Whether the type is the one that was asked for.
  boolean fits(int type) {
    return question.type() == type || question.type() == Type.ANY;
  }
}

package io.clusterzone.zones.answer;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.wire.Rcode;
import io.clusterzone.zones.zone.NegativeSoa;
import io.clusterzone.zones.zone.Node;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.Zones;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Answers questions from zones: from the bytes of a question to the bytes of the answer, by
/// copying what was prepared when the zone was published. Allocates nothing, except to explain a
/// LOOP.
///
/// One per event loop, used for query after query in two steps: [#lookup] says what the zones hold,
/// and [#write] makes it a reply; [#forget] ends it. Between them the caller may decide otherwise:
/// fall through to the next source on NXDOMAIN, or forward the target of an ALIAS.
///
/// Owner names in the answer are compression pointers to the question, so they are spelt as the
/// client spelt them.
public final class Responder {
  /// The remark on a name whose records are [Outcome#ELSEWHERE].
  public static final String KNOWN_ELSEWHERE = "the endpoints of this name are not known here";

  private static final byte[] ELSEWHERE_TEXT = KNOWN_ELSEWHERE.getBytes(StandardCharsets.UTF_8);

  /// In the place of an owner: a record did not fit.
  private static final int NO_ROOM = -1;

  private final Lookup lookup = new Lookup();
  private final Additional additional = new Additional();
  private final Rotation rotation;

  private Zones zones = Zones.NONE;
  private Outcome outcome = Outcome.NOT_OURS;
  private byte[] remark = Reply.NO_TEXT;
  private int remarkLength;

  /// The seed of the rotation of addresses.
  public Responder(long seed) {
    rotation = new Rotation(seed);
  }

  /// Looks for what a question of class IN asks.
  public Outcome lookup(QuestionView question, Zones zones) {
    return lookup(question, zones, true);
  }

  /// The same; where aliases are not followed, the first one is the outcome.
  public Outcome lookup(QuestionView question, Zones zones, boolean follow) {
    this.zones = zones;
    remarkLength = 0;
    outcome = lookup.run(question, zones, follow);
    return outcome;
  }

  /// Ends what [#lookup] began. A version of a zone must not be kept because it was the last one
  /// asked here: an event loop may be idle for days while the zone changes.
  public void forget() {
    zones = Zones.NONE;
    lookup.forget();
  }

  /// The name that was denied, after NXDOMAIN and NODATA: the one at the end of the chain of
  /// aliases, in folded wire form. Lent, [#deniedLength] octets of it.
  public byte[] deniedName() {
    return lookup.endName();
  }

  public int deniedLength() {
    return lookup.endLength();
  }

  /// The name of the zone that denies it.
  public Name denyingZone() {
    return lookup.zone().apex();
  }

  /// Octets of the name of the closest encloser (RFC 4592 section 3.3.1), after NXDOMAIN.
  public int encloserLength() {
    return lookup.encloserLength();
  }

  /// The node that has no records of the type asked for, after NODATA; null if it has none because
  /// its label spells an address.
  public @Nullable Node bareNode() {
    return lookup.bare();
  }

  /// Has a denial explained with this text in UTF-8, which is lent until [#write] has returned.
  public void remark(byte[] text, int length) {
    remark = text;
    remarkLength = length;
  }

  /// Whether the last look-up went through a stale zone.
  public boolean stale() {
    return lookup.stale();
  }

  /// Takes the outcome of the last look-up for NOT_READY instead.
  public Outcome distrust() {
    outcome = Outcome.NOT_READY;
    return outcome;
  }

  /// The number of aliases before the end of the last look-up.
  public int aliases() {
    return lookup.aliasCount();
  }

  /// The name that the last look-up's chain left our zones for, spelt as in the record, after
  /// ALIAS.
  public Name aliasTarget() {
    Alias last = lookup.alias(lookup.aliasCount() - 1);
    return Name.ofWire(last.cname.bytes, last.target());
  }

  /// Makes the reply the one to the question of the last look-up.
  ///
  /// Names in RDATA are compressed where the reply would not fit otherwise: it is written twice
  /// then.
  public void write(Reply reply) {
    reply.begin();
    put(reply);
    if (reply.lost() && reply.owner() == Reply.QUESTION_NAME && mayGetShorter()) {
      reply.begin();
      reply.compress();
      put(reply);
    }
  }

  private boolean mayGetShorter() {
    return lookup.aliasCount() > 0
        || outcome == Outcome.REFERRAL
        || (outcome == Outcome.ANSWER && NameCompressor.shortens(lookup.answer().type()));
  }

  private void put(Reply reply) {
    rotation.on(reply.options().rotate());
    if (lookup.stale()) {
      markStale(reply);
    }
    switch (outcome) {
      case ANSWER -> positive(reply);
      case ALIAS -> aliasesAlone(reply, Rcode.NOERROR);
      case NODATA -> negative(reply, Rcode.NOERROR);
      case NXDOMAIN -> negative(reply, Rcode.NXDOMAIN);
      case REFERRAL -> referral(reply);
      case TOO_LONG -> aliasesAlone(reply, Rcode.YXDOMAIN);
      case NOT_READY -> failure(reply, Rcode.SERVFAIL, ExtendedError.NOT_READY, Reply.NO_TEXT);
      case ELSEWHERE -> failure(reply, Rcode.SERVFAIL, ExtendedError.OTHER, ELSEWHERE_TEXT);
      case LOOP -> loop(reply);
      case NOT_OURS ->
          failure(reply, Rcode.REFUSED, ExtendedError.NOT_AUTHORITATIVE, Reply.NO_TEXT);
    }
  }

  /// A reply that is no answer is explained for itself.
  private void markStale(Reply reply) {
    switch (outcome) {
      case ANSWER, ALIAS, NODATA, REFERRAL, TOO_LONG ->
          reply.mark(ExtendedError.ofStale(Rcode.NOERROR));
      case NXDOMAIN -> reply.mark(ExtendedError.ofStale(Rcode.NXDOMAIN));
      case NOT_READY, ELSEWHERE, LOOP, NOT_OURS -> {}
    }
  }

  private void aliasesAlone(Reply reply, int rcode) {
    putAliases(reply);
    reply.finish(rcode, Header.AA);
  }

  private void positive(Reply reply) {
    int owner = putAliases(reply);
    if (owner != NO_ROOM) {
      putAnswer(reply, owner);
    }
    reply.finish(Rcode.NOERROR, Header.AA);
  }

  private void putAnswer(Reply reply, int owner) {
    Records answer = lookup.answer();
    int position = reply.position() + reply.spelling(owner);
    int written = reply.put(answer, rotation.first(answer), owner);
    reply.addAnswers(written);
    if (written < answer.count) {
      reply.truncate();
    } else if (!reply.options().minimal()) {
      additional.put(reply, answer, position, zones, rotation);
    }
  }

  /// Writes the chain in order, and returns a pointer to the name at its end; [#NO_ROOM] if the
  /// chain does not fit.
  private int putAliases(Reply reply) {
    int owner = reply.owner();
    for (int i = 0; i < lookup.aliasCount() && owner != NO_ROOM; i++) {
      owner = putAlias(reply, lookup.alias(i), owner);
    }
    return owner;
  }

  private static int putAlias(Reply reply, Alias alias, int owner) {
    if (alias.dname.count > 0
        && !putOne(reply, alias.dname, reply.pointerBelow(owner, alias.above))) {
      return NO_ROOM;
    }
    if (alias.cname.count == 0) {
      return owner;
    }
    int target = reply.position() + reply.spelling(owner) + Node.RECORD_RDATA;
    return putOne(reply, alias.cname, owner) ? reply.pointerTo(target) : NO_ROOM;
  }

  /// Writes an answer of one record.
  private static boolean putOne(Reply reply, Records record, int owner) {
    int written = reply.put(record, record.at, owner);
    reply.addAnswers(written);
    if (written == 0) {
      reply.truncate();
    }
    return written > 0;
  }

  /// The name servers of the cut, and the addresses without which they cannot be asked. We speak
  /// with authority only of the aliases that lead there.
  private void referral(Reply reply) {
    int owner = putAliases(reply);
    if (owner != NO_ROOM) {
      Records servers = lookup.answer();
      int cut = reply.pointerBelow(owner, lookup.endLength() - lookup.cut().nameLength());
      int position = reply.position() + reply.spelling(cut);
      int written = reply.put(servers, servers.at, cut);
      reply.addAuthorities(written);
      if (written < servers.count || !putAddresses(reply, servers, position)) {
        reply.truncate();
      }
    }
    reply.finish(Rcode.NOERROR, lookup.aliasCount() > 0 ? Header.AA : 0);
  }

  /// Returns whether the glue is all there; other addresses are a courtesy.
  private boolean putAddresses(Reply reply, Records servers, int position) {
    boolean all =
        additional.putGlue(reply, servers, position, lookup.zone(), lookup.cut(), rotation);
    if (all && !reply.options().minimal()) {
      additional.putOthers(reply, servers, position, zones, rotation);
    }
    return all;
  }

  /// NODATA and NXDOMAIN carry the SOA of the zone that says so (RFC 2308 section 2). Room for it
  /// is put aside before a chain of aliases may take it.
  private void negative(Reply reply, int rcode) {
    if (remarkLength > 0) {
      reply.remark(remark, remarkLength);
    }
    Zone zone = lookup.zone();
    NegativeSoa soa = zone.negativeSoa();
    int soaLength = soa.octets().length + reply.spelling(reply.owner());
    reply.reserve(soaLength);
    int owner = putAliases(reply);
    reply.release(soaLength);
    if (owner != NO_ROOM && soaLength <= reply.room()) {
      reply.putAuthority(soa, owner, lookup.endLength() - zone.apex().length());
    }
    reply.finish(rcode, Header.AA);
  }

  private static void failure(Reply reply, int rcode, int extendedError, byte[] text) {
    reply.explain(extendedError, text);
    reply.finish(rcode, 0);
  }

  /// A loop is an operator's mistake, so the reply names it (and may allocate). No authority is
  /// reached at the end of the chain (RFC 8914 section 4.23).
  private static void loop(Reply reply) {
    Name name = reply.query().spelledName();
    String text = "more than " + Lookup.MAX_ALIASES + " aliases, or a loop of them, from " + name;
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    failure(reply, Rcode.SERVFAIL, ExtendedError.NO_REACHABLE_AUTHORITY, octets);
  }
}

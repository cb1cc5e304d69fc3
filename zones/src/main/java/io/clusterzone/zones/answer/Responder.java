package io.clusterzone.zones.answer;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;
import io.clusterzone.zones.zone.NegativeSoa;
import io.clusterzone.zones.zone.Node;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.Zones;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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
  /// What is said of a name whose records are [Outcome#ELSEWHERE].
  public static final String KNOWN_ELSEWHERE = "the endpoints of this name are not known here";

  private static final byte[] ELSEWHERE_TEXT = KNOWN_ELSEWHERE.getBytes(StandardCharsets.UTF_8);

  private static final int CUT = -1;

  private final Lookup lookup = new Lookup();
  private final ReplyFrame frame = new ReplyFrame();
  private final Additional additional = new Additional();
  private final Rotation rotation;

  private Zones zones = Zones.NONE;
  private Outcome outcome = Outcome.NOT_OURS;

  /// The seed of the rotation of addresses.
  public Responder(long seed) {
    rotation = new Rotation(seed);
  }

  /// Looks for what a query with the verdict QUERY asks.
  public Outcome lookup(QueryView query, Zones zones) {
    this.zones = zones;
    outcome = lookup.run(query, zones);
    return outcome;
  }

  /// Ends what [#lookup] began. A version of a zone must not be kept because it was the last that
  /// somebody asked here: an event loop may be idle for days while the zone changes.
  public void forget() {
    zones = Zones.NONE;
    lookup.forget();
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

  /// How many aliases stand before the end of the last look-up.
  public int aliases() {
    return lookup.aliasCount();
  }

  /// The name that the last look-up's chain left our zones for, spelt as in the record, after
  /// ALIAS.
  public Name aliasTarget() {
    Records last = lookup.alias(lookup.aliasCount() - 1);
    return Name.ofWire(last.bytes, last.at + Node.RECORD_RDATA);
  }

  /// Writes the reply to the query of the last look-up into `out`, which is in network byte order,
  /// from `offset`: at most `limit` octets, which are 12 at the least. Returns its length.
  ///
  /// Names in RDATA are compressed where the reply would not fit otherwise: it is written twice
  /// then.
  public int write(QueryView query, ByteBuffer out, int offset, int limit, AnswerOptions options) {
    frame.begin(query, out, offset, limit, options);
    int length = put(query, options);
    if (frame.lost() && mayGetShorter()) {
      frame.begin(query, out, offset, limit, options);
      frame.compress();
      length = put(query, options);
    }
    return length;
  }

  private boolean mayGetShorter() {
    return lookup.aliasCount() > 0
        || (outcome == Outcome.ANSWER && NameCompressor.shortens(lookup.answer().type()));
  }

  private int put(QueryView query, AnswerOptions options) {
    rotation.on(options.rotate());
    if (lookup.stale()) {
      markStale(query);
    }
    return switch (outcome) {
      case ANSWER -> positive(query, options);
      case ALIAS -> {
        putAliases();
        yield frame.finish(query, options, Rcode.NOERROR, Header.AA);
      }
      case NODATA -> negative(query, options, Rcode.NOERROR);
      case NXDOMAIN -> negative(query, options, Rcode.NXDOMAIN);
      case NOT_READY -> failure(query, options, Rcode.SERVFAIL, ExtendedError.NOT_READY);
      case ELSEWHERE -> {
        frame.explain(ExtendedError.OTHER, ELSEWHERE_TEXT);
        yield frame.finish(query, options, Rcode.SERVFAIL, 0);
      }
      case LOOP -> loop(query, options);
      case NOT_OURS -> failure(query, options, Rcode.REFUSED, ExtendedError.NOT_AUTHORITATIVE);
    };
  }

  /// What is no answer is explained for itself.
  private void markStale(QueryView query) {
    switch (outcome) {
      case ANSWER, ALIAS, NODATA -> frame.mark(query, ExtendedError.ofStale(Rcode.NOERROR));
      case NXDOMAIN -> frame.mark(query, ExtendedError.ofStale(Rcode.NXDOMAIN));
      case NOT_READY, ELSEWHERE, LOOP, NOT_OURS -> {}
    }
  }

  private int positive(QueryView query, AnswerOptions options) {
    int owner = putAliases();
    if (owner != CUT) {
      putAnswer(owner, options);
    }
    return frame.finish(query, options, Rcode.NOERROR, Header.AA);
  }

  private void putAnswer(int owner, AnswerOptions options) {
    Records answer = lookup.answer();
    int position = frame.position();
    int written = frame.put(answer, rotation.first(answer), owner);
    frame.addAnswers(written);
    if (written < answer.count) {
      frame.truncate();
    } else if (!options.minimal()) {
      additional.put(frame, answer, position, zones, rotation);
    }
  }

  /// Writes the chain in its order, and returns a pointer to the name at its end, or [#CUT] if the
  /// chain does not fit.
  private int putAliases() {
    int owner = ReplyFrame.QUESTION_NAME;
    for (int i = 0; i < lookup.aliasCount(); i++) {
      Records alias = lookup.alias(i);
      int target = frame.position() + Node.RECORD_RDATA;
      if (frame.put(alias, alias.at, owner) == 0) {
        frame.truncate();
        return CUT;
      }
      frame.addAnswers(1);
      owner = frame.pointerTo(target);
    }
    return owner;
  }

  /// NODATA and NXDOMAIN carry the SOA of the zone that says so (RFC 2308 section 2), and room for
  /// it is put aside before a chain of aliases may take it.
  private int negative(QueryView query, AnswerOptions options, int rcode) {
    Zone zone = lookup.zone();
    NegativeSoa soa = zone.negativeSoa();
    int soaLength = soa.octets().length;
    frame.reserve(soaLength);
    int owner = putAliases();
    frame.release(soaLength);
    if (owner != CUT && soaLength <= frame.room()) {
      int above = lookup.endLength() - zone.apex().length();
      frame.putAuthority(soa, frame.pointerBelow(owner, above));
    }
    return frame.finish(query, options, rcode, Header.AA);
  }

  private int failure(QueryView query, AnswerOptions options, int rcode, int extendedError) {
    frame.explain(extendedError, ReplyFrame.NO_TEXT);
    return frame.finish(query, options, rcode, 0);
  }

  /// A loop is an operator's mistake, so the reply names it (and may allocate). No authority is
  /// reached at the end of the chain (RFC 8914 section 4.23).
  private int loop(QueryView query, AnswerOptions options) {
    Name name = Name.ofWire(query.head(), Header.LENGTH);
    String text = "more than " + Lookup.MAX_ALIASES + " aliases, or a loop of them, from " + name;
    frame.explain(ExtendedError.NO_REACHABLE_AUTHORITY, text.getBytes(StandardCharsets.UTF_8));
    return frame.finish(query, options, Rcode.SERVFAIL, 0);
  }
}

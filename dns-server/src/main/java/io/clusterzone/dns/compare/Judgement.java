package io.clusterzone.dns.compare;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The explanation of a difference.
///
/// @param deviation of the other server; null unless it is wrong there
public record Judgement(Kind kind, @Nullable Deviation deviation) {
  /// The classes of differences, those that somebody has to look at first.
  public enum Kind {
    /// It stays, is in our zones, and nothing below explains it.
    WRONG_HERE,
    /// A known deviation of the other server, or no proper reply from it.
    WRONG_THERE,
    /// Two of the other servers' addresses do not answer alike.
    THEY_DIFFER,
    /// We said later what the other server had said before.
    LATER_HERE,
    /// The other server said later what we had said before.
    LATER_THERE,
    /// Gone when asked again, and nobody has come round to the other's answer.
    NOT_REPRODUCIBLE,
    /// Outside our zones, where answers depend on the time and on who asks.
    OUTSIDE_VARIES,
    /// The servers' own names and addresses, which are those of each.
    OWN_NAMES,
    /// Name servers or addresses beside an answer that one server adds and the other does not.
    OPTIONAL,
    TTL_ONLY,
    ORDER;

    /// As reports write it.
    @Override
    public String toString() {
      String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return switch (this) {
        case TTL_ONLY -> "TTL only";
        case THEY_DIFFER -> "they differ among themselves";
        case OUTSIDE_VARIES -> "outside name that varies";
        case OWN_NAMES -> "own names of the servers";
        case OPTIONAL -> "optional records";
        case WRONG_HERE, WRONG_THERE, LATER_HERE, LATER_THERE, NOT_REPRODUCIBLE, ORDER -> words;
      };
    }
  }

  static Judgement of(Kind kind) {
    return new Judgement(kind, null);
  }

  static Judgement wrongThere(Deviation deviation) {
    return new Judgement(Kind.WRONG_THERE, deviation);
  }

  @Override
  public String toString() {
    return deviation == null ? kind.toString() : kind + " " + deviation;
  }
}

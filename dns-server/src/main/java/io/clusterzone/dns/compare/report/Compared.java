package io.clusterzone.dns.compare.report;

import io.clusterzone.dns.compare.Judgement.Kind;
import io.clusterzone.dns.compare.run.Tally;
import java.util.List;

/// A comparison that is over.
///
/// @param here our side, as people call it
/// @param there the other server's addresses
/// @param questions where they came from
/// @param seconds that it took
public record Compared(
    String here, List<String> there, String questions, double seconds, Tally tally) {
  public Compared {
    there = List.copyOf(there);
  }

  /// A server's name by its number, ours being 0.
  String server(int index) {
    return index == 0 ? here : there.get(index - 1);
  }

  int servers() {
    return 1 + there.size();
  }

  /// The meaning of a class of differences, in a sentence.
  static String meaning(Kind kind) {
    return switch (kind) {
      case WRONG_HERE -> "stays when asked again, is in our zones, and nothing explains it";
      case WRONG_THERE -> "a known deviation of the other server, or no proper reply from it";
      case THEY_DIFFER -> "the other server's addresses do not answer alike";
      case LATER_HERE -> "we came round to the other's answer: we learnt of a change later";
      case LATER_THERE -> "the other came round to our answer: it learnt of a change later";
      case NOT_REPRODUCIBLE -> "gone when asked again, with nobody having come round";
      case OUTSIDE_VARIES -> "not in our zones, where answers depend on the time and the asker";
      case OWN_NAMES -> "the servers' own names and addresses, which each has for itself";
      case OPTIONAL ->
          "name servers or addresses beside the answer, which one of the two leaves out";
      case TTL_ONLY -> "the same records with other TTLs";
      case ORDER -> "the same records in another order";
    };
  }

  /// The outcome in one line.
  String verdict() {
    long wrongHere = tally.fresh(Kind.WRONG_HERE);
    long there =
        tally.fresh(Kind.WRONG_THERE)
            + tally.fresh(Kind.THEY_DIFFER)
            + tally.fresh(Kind.LATER_HERE)
            + tally.fresh(Kind.LATER_THERE);
    if (wrongHere > 0) {
      return "%,d %s wrong here".formatted(wrongHere, wrongHere == 1 ? "answer is" : "answers are");
    }
    if (there > 0) {
      return "nothing is wrong here; %,d %s wrong there, or late"
          .formatted(there, there == 1 ? "answer is" : "answers are");
    }
    return tally.questions() == 0 ? "nothing was asked" : "nothing is wrong here or there";
  }
}

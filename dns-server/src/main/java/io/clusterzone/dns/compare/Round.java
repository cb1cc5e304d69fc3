package io.clusterzone.dns.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answers of all servers to one question, asked at one time.
///
/// @param there one of each of the other servers, in their order; at least one
public record Round(Answer here, List<Answer> there) {
  public Round {
    there = List.copyOf(there);
  }

  /// Ours and theirs with the heaviest difference, or null if all agree.
  public @Nullable Pair heaviest() {
    Pair heaviest = null;
    for (Answer theirs : there) {
      Difference difference = Difference.between(here, theirs);
      if (difference != null
          && (heaviest == null
              || difference.field().compareTo(heaviest.difference().field()) < 0)) {
        heaviest = new Pair(here, theirs, difference);
      }
    }
    return heaviest;
  }

  /// Whether no server replied at all.
  public boolean isSilent() {
    return here instanceof Answer.Silence && there.stream().allMatch(here::equals);
  }

  /// Whether two of the other servers differ in more than TTL and order.
  boolean theyDiffer() {
    return there.stream().anyMatch(one -> saysOther(there.getFirst(), one));
  }

  /// Whether two answers differ in more than TTL and order.
  static boolean saysOther(Answer one, Answer other) {
    Difference difference = Difference.between(one, other);
    return difference != null && !isSlight(difference.field());
  }

  /// Whether a difference in this field leaves what is said the same.
  static boolean isSlight(Field field) {
    return field == Field.TTL || field == Field.ORDER;
  }
}

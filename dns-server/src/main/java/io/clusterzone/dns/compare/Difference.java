package io.clusterzone.dns.compare;

import org.jspecify.annotations.Nullable;

/// The one difference of two answers to one question: the heaviest field, and its two values in few
/// words, by which differences are grouped.
public record Difference(Field field, String here, String there) {
  /// The difference of two answers, or null if they agree: that both are silent, or neither is a
  /// message, is no difference.
  public static @Nullable Difference between(Answer here, Answer there) {
    Field field = field(here, there);
    if (field == null) {
      return null;
    }
    if (field == Field.ORDER) {
      return new Difference(field, "one order", "another order");
    }
    String ours = FieldText.of(field, here);
    String theirs = FieldText.of(field, there);
    return new Difference(field, ours, theirs.equals(ours) ? theirs + ", with other data" : theirs);
  }

  private static @Nullable Field field(Answer here, Answer there) {
    if (here instanceof Answer.Silence || there instanceof Answer.Silence) {
      return here.equals(there) ? null : Field.TIMEOUT;
    }
    if (here instanceof Answer.Message ours && there instanceof Answer.Message theirs) {
      return ours.equals(theirs) ? null : field(ours, theirs);
    }
    return here instanceof Answer.Malformed && there instanceof Answer.Malformed
        ? null
        : Field.MALFORMED;
  }

  private static @Nullable Field field(Answer.Message here, Answer.Message there) {
    for (Field field : Field.values()) {
      if (!field.same(here, there)) {
        return field;
      }
    }
    return null;
  }
}

package io.clusterzone.dns.compare;

import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of a reply, the heaviest first: two replies differ in the first one that is not
/// equal, and whatever follows from it is not counted again.
public enum Field {
  TIMEOUT,
  MALFORMED,
  OPCODE(Answer.Message::opcode),
  QUESTION(Answer.Message::question),
  RCODE(Answer.Message::rcode),
  FLAGS(Answer.Message::flags),
  ANSWER_TYPES(message -> FieldText.types(message.answer())),
  ANSWER_DATA(message -> SeenRecord.sorted(message.answer())),
  AUTHORITY(message -> SeenRecord.sorted(message.authority())),
  ADDITIONAL(message -> SeenRecord.sorted(message.additional())),
  EDNS(Field::edns),
  TTL(message -> sections(message, SeenRecord::withTtls)),
  /// Not a part of the message: the same records, in another order.
  ORDER(message -> sections(message, SeenRecord::inOrder));

  private final BiPredicate<Answer.Message, Answer.Message> same;

  /// A field of an outcome that is not a message.
  Field() {
    same = (here, there) -> true;
  }

  Field(Function<Answer.Message, Object> value) {
    same = (here, there) -> value.apply(here).equals(value.apply(there));
  }

  boolean same(Answer.Message here, Answer.Message there) {
    return same.test(here, there);
  }

  private static Object edns(Answer.Message message) {
    @Nullable SeenEdns edns = message.edns();
    return edns == null ? "none" : edns.withoutSize();
  }

  private static Object sections(
      Answer.Message message, Function<List<SeenRecord>, ? extends List<?>> normalized) {
    return List.of(
        normalized.apply(message.answer()),
        normalized.apply(message.authority()),
        normalized.apply(message.additional()));
  }

  /// As reports write it.
  @Override
  public String toString() {
    return switch (this) {
      case EDNS, TTL -> name();
      case TIMEOUT,
          MALFORMED,
          OPCODE,
          QUESTION,
          RCODE,
          FLAGS,
          ANSWER_TYPES,
          ANSWER_DATA,
          AUTHORITY,
          ADDITIONAL,
          ORDER ->
          name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }
}

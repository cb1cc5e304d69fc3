package io.clusterzone.dns.compare;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// The fields of a reply, the heaviest first: two replies differ in the first one that is not
/// equal, and whatever follows from it is not counted again.
public enum Field {
  TIMEOUT,
  MALFORMED,
  OPCODE,
  QUESTION,
  RCODE,
  FLAGS,
  ANSWER_TYPES,
  ANSWER_DATA,
  AUTHORITY,
  ADDITIONAL,
  EDNS,
  TTL,
  /// Not a part of the message: the same records, in another order.
  ORDER;

  /// Whether two messages have the same in this field; of fields that are not of messages, true.
  boolean same(Answer.Message here, Answer.Message there) {
    return value(here).equals(value(there));
  }

  private Object value(Answer.Message message) {
    return switch (this) {
      case TIMEOUT, MALFORMED -> "a message";
      case OPCODE -> message.opcode();
      case QUESTION -> message.question();
      case RCODE -> message.rcode();
      case FLAGS -> message.flags();
      case ANSWER_TYPES -> FieldText.types(message.answer());
      case ANSWER_DATA -> SeenRecord.sorted(message.answer());
      case AUTHORITY -> SeenRecord.sorted(message.authority());
      case ADDITIONAL -> SeenRecord.sorted(message.additional());
      case EDNS -> edns(message);
      case TTL -> sections(message, SeenRecord::withTtls);
      case ORDER -> sections(message, SeenRecord::inOrder);
    };
  }

  private static Object edns(Answer.Message message) {
    SeenEdns edns = message.edns();
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

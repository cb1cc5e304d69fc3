package io.clusterzone.dns.compare;

import java.util.List;

/// A whole answer as text: the outcome and the flags, then each record in a line.
public final class AnswerText {
  private AnswerText() {}

  /// The text, cut after this number of characters.
  public static String of(Answer answer, int longest) {
    return switch (answer) {
      case Answer.Silence _ -> "no reply";
      case Answer.Malformed(String fault) -> "malformed: " + fault;
      case Answer.Message message -> cut(message, longest);
    };
  }

  private static String cut(Answer.Message message, int longest) {
    var text = new StringBuilder(FieldText.rcode(message.rcode()));
    text.append(", flags ").append(FieldText.flags(message));
    text.append(", EDNS ").append(FieldText.of(Field.EDNS, message));
    append(text, "answer", message.answer(), longest);
    append(text, "authority", message.authority(), longest);
    append(text, "additional", message.additional(), longest);
    if (text.length() > longest) {
      text.setLength(longest);
      text.append(" ...");
    }
    return text.toString();
  }

  private static void append(
      StringBuilder text, String section, List<SeenRecord> records, int longest) {
    for (SeenRecord seen : records) {
      if (text.length() > longest) {
        return;
      }
      text.append('\n').append(section).append(": ").append(seen);
    }
  }
}

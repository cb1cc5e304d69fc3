package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.dns.compare.SeenRecord;
import io.clusterzone.dns.ops.Mnemonics;
import java.util.ArrayList;
import java.util.List;

/// A reply in lines for people, of a bounded length: the outcome, then the records.
final class AnswerText {
  private static final int MOST_RECORDS = 16;
  private static final int MOST_CHARACTERS = 300;

  private AnswerText() {}

  static List<String> lines(Answer answer) {
    return switch (answer) {
      case Answer.Silence _ -> List.of("no reply");
      case Answer.Malformed(String fault) -> List.of("malformed: " + fault);
      case Answer.Message message -> lines(message);
    };
  }

  private static List<String> lines(Answer.Message message) {
    List<String> lines = new ArrayList<>(List.of(Mnemonics.rcode(message.rcode())));
    add(lines, "answer", message.answer());
    add(lines, "authority", message.authority());
    add(lines, "additional", message.additional());
    int more = lines.size() - 1 - MOST_RECORDS;
    if (more <= 0) {
      return List.copyOf(lines);
    }
    List<String> shown = new ArrayList<>(lines.subList(0, MOST_RECORDS + 1));
    shown.add("and " + more + " more records");
    return List.copyOf(shown);
  }

  private static void add(List<String> lines, String section, List<SeenRecord> records) {
    for (SeenRecord seen : records) {
      String line = section + ": " + seen;
      lines.add(
          line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "...");
    }
  }
}

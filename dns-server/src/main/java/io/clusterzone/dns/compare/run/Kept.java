package io.clusterzone.dns.compare.run;

import io.clusterzone.dns.compare.AnswerText;
import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.Finding;
import io.clusterzone.dns.compare.Judgement;
import io.clusterzone.dns.compare.TypeText;
import io.clusterzone.zones.wire.DnsClass;

/// A difference as it is kept: texts of bounded length.
///
/// @param question name, type and, if it is not a plain one, what else it has
/// @param here our value of the field
/// @param there theirs
/// @param wholeHere our whole answer, in lines
/// @param wholeThere theirs
/// @param known whether the baseline has it
public record Kept(
    String question,
    Judgement judgement,
    String field,
    String here,
    String there,
    String wholeHere,
    String wholeThere,
    boolean known) {
  private static final int LONGEST = 2000;

  static Kept of(Finding finding, boolean known) {
    return new Kept(
        question(finding.question()),
        finding.judgement(),
        finding.pair().difference().field().toString(),
        finding.pair().difference().here(),
        finding.pair().difference().there(),
        AnswerText.of(finding.pair().here(), LONGEST),
        AnswerText.of(finding.pair().there(), LONGEST),
        known);
  }

  /// A question as reports write it, and by which two runs know it again.
  public static String question(ComparedQuestion question) {
    String text = question.name() + " " + question.typeText();
    text +=
        question.recordClass() == DnsClass.IN ? "" : " " + TypeText.ofClass(question.recordClass());
    text += question.opcode() == 0 ? "" : " opcode " + question.opcode();
    text += question.udpSize() == 0 ? " without EDNS" : "";
    return question.ednsFlags() == 0
        ? text
        : text + " EDNS flags 0x" + Integer.toHexString(question.ednsFlags());
  }

  /// The key by which a baseline knows a difference again: whatever an operator would call the same
  /// one.
  public String key() {
    return key(question, judgement.toString(), field, here, there);
  }

  public static String key(
      String question, String judgement, String field, String here, String there) {
    return String.join("\n", question, judgement, field, here, there);
  }
}

package io.clusterzone.dns.step;

import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.Asked;
import io.clusterzone.dns.query.Ending;
import io.clusterzone.dns.query.Step;
import io.clusterzone.dns.query.ZoneName;
import io.clusterzone.zones.answer.Reply;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.DnsClass;
import io.clusterzone.zones.wire.QuestionView;
import io.clusterzone.zones.wire.Rcode;
import io.clusterzone.zones.wire.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The directive `chaos`: questions for TXT in class CH learn version, authors and host. Each text
/// is a record of TTL 0.
public final class ChaosStep implements Step {
  private static final int MAX_STRING_LENGTH = 255;

  private record Entry(ZoneName name, List<byte[]> texts) {}

  private final List<Entry> entries;

  /// @param version of `version.bind` and `version.server`
  /// @param authors of `authors.bind`, one record each
  /// @param host name of this host, for `hostname.bind` and `id.server`
  public ChaosStep(String version, List<String> authors, String host) {
    entries =
        List.of(
            entry("version.bind", List.of(version)),
            entry("version.server", List.of(version)),
            entry("authors.bind", authors),
            entry("hostname.bind", List.of(host)),
            entry("id.server", List.of(host)));
  }

  private static Entry entry(String name, List<String> texts) {
    return new Entry(
        new ZoneName(Name.parse(name)), texts.stream().map(ChaosStep::characterStrings).toList());
  }

  /// A text of more than 255 octets goes into several character strings.
  private static byte[] characterStrings(String text) {
    byte[] from = text.getBytes(StandardCharsets.UTF_8);
    int strings = Math.max(1, (from.length + MAX_STRING_LENGTH - 1) / MAX_STRING_LENGTH);
    byte[] octets = new byte[from.length + strings];
    int to = 0;
    for (int at = 0; to < octets.length; at += MAX_STRING_LENGTH) {
      int length = Math.min(from.length - at, MAX_STRING_LENGTH);
      octets[to++] = (byte) length;
      System.arraycopy(from, at, octets, to, length);
      to += length;
    }
    return octets;
  }

  @Override
  public Stage stage() {
    return Stage.CHAOS;
  }

  @Override
  public boolean takes(Verdict verdict) {
    return verdict == Verdict.CHAOS;
  }

  @Override
  public Ending take(Asked asked) {
    List<byte[]> texts = texts(asked.question());
    if (texts.isEmpty()) {
      return Ending.PASS;
    }
    Reply reply = asked.reply();
    reply.begin();
    for (byte[] text : texts) {
      if (!reply.putRecord(RRType.TXT, DnsClass.CH, 0, text)) {
        reply.truncate();
        break;
      }
      reply.addAnswers(1);
    }
    reply.finish(Rcode.NOERROR, 0);
    return Ending.WRITTEN;
  }

  private List<byte[]> texts(QuestionView question) {
    if (question.type() == RRType.TXT) {
      for (Entry entry : entries) {
        if (entry.name().is(question)) {
          return entry.texts();
        }
      }
    }
    return List.of();
  }
}

package io.clusterzone.dns.compare.question;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.TypeText;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.Edns;
import io.clusterzone.zones.wire.Header;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The lines that the directive `log` prints, ours or CoreDNS's, in the formats common and
/// combined, with whatever stands before and behind. Other lines are passed over.
///
/// ```
/// [INFO] 10.0.0.1:4242 - 4711 "A IN name. udp 50 false 512" NOERROR qr,aa,rd 106 0.000087s
/// ```
public final class QueryLog extends LineSource {
  private static final Pattern QUERY =
      Pattern.compile(
          "\"(\\S+) (\\S+) (\\S+) (?:udp|tcp|tls|https?|quic|grpc) \\d+ (true|false) (\\d+)\""
              + "(?: \\S+ (\\S+))?");

  private int found;

  public QueryLog(String file, InputStream text) {
    super(file, text);
  }

  @Override
  @Nullable ComparedQuestion read(String line) {
    Matcher query = QUERY.matcher(line);
    if (!query.find()) {
      return null;
    }
    int type = TypeText.number(query.group(1));
    int recordClass = TypeText.classNumber(query.group(2));
    if (type < 0 || recordClass < 0) {
      return null;
    }
    try {
      ComparedQuestion question = of(query, Name.parse(query.group(3)), type);
      found++;
      return question.withClass(recordClass);
    } catch (IllegalArgumentException _) {
      return null; // Cut off, or none of ours.
    }
  }

  /// A size of 512 is what the log says of a query without EDNS.
  private static ComparedQuestion of(Matcher query, Name name, int type) {
    boolean dnssecOk = query.group(4).equals("true");
    int size = Math.min(Integer.parseInt(query.group(5)), 0xffff);
    String replied = query.group(6);
    boolean recursion = replied == null || !replied.contains("qr") || replied.contains("rd");
    return new ComparedQuestion(
        name,
        type,
        1,
        0,
        recursion ? Header.RD : 0,
        size <= Edns.MIN_SIZE && !dnssecOk ? 0 : size,
        dnssecOk ? Edns.DO : 0);
  }

  @Override
  void ended() throws IOException {
    if (found == 0) {
      throw fault(
          "no line here is one of the directive log, such as: [INFO] 10.0.0.1:4242 - 4711 \"A IN"
              + " name. udp 50 false 512\" NOERROR qr,aa,rd 106 0.000087s");
    }
  }
}

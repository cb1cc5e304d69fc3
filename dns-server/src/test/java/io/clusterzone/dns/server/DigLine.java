package io.clusterzone.dns.server;

import io.clusterzone.k8s.model.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// A `dig` line in a comment of a manifest, and the comment lines below it that say what it prints.
record DigLine(String place, List<String> words, List<String> expected) {
  static final String COMMAND = "dig -p 1053 @127.0.0.1 +short ";

  /// All of them in the files of a directory.
  static List<DigLine> in(Path directory) throws IOException {
    List<DigLine> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        found.addAll(inFile(file));
      }
    }
    return found;
  }

  private static List<DigLine> inFile(Path file) throws IOException {
    List<DigLine> found = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.startsWith("# " + COMMAND)) {
        List<String> words = List.of(line.substring(COMMAND.length() + 2).split(" ", -1));
        found.add(new DigLine(file.getFileName() + ":" + number, words, new ArrayList<>()));
      } else if (line.startsWith("#   ") && !found.isEmpty()) {
        found.getLast().expected.add(line.substring(4));
      }
    }
    return found;
  }

  /// What `dig` would ask.
  Message query() throws IOException {
    boolean reverse = words.getFirst().equals("-x");
    Name name =
        reverse
            ? ReverseMap.fromAddress(words.getLast())
            : Name.fromString(words.getLast(), Name.root);
    String type = reverse ? "PTR" : words.size() == 1 ? "A" : words.getFirst();
    return Message.newQuery(Record.newRecord(name, Type.value(type), DClass.IN));
  }

  /// What `dig +short` would print of a reply, or why it would print nothing.
  static List<String> printed(Message reply) {
    List<Record> answer = reply.getSection(Section.ANSWER);
    if (!answer.isEmpty()) {
      return answer.stream().map(DigLine::printed).toList();
    }
    String rcode = Rcode.string(reply.getRcode());
    return List.of("; " + (rcode.equals("NOERROR") ? "NODATA" : rcode));
  }

  private static String printed(Record one) {
    return switch (one) {
      case AAAARecord aaaa -> IpAddress.parse(aaaa.getAddress().getHostAddress()).toString();
      case TXTRecord txt -> "\"" + String.join("\" \"", txt.getStrings()) + "\"";
      default -> one.rdataToString();
    };
  }
}

package io.clusterzone.dns.explain;

import io.clusterzone.dns.explain.Messages.Row;
import io.clusterzone.dns.ops.Mnemonics;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.Ending;
import io.clusterzone.zones.wire.Header;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One reply as JSON: its records, and the steps that led to it.
final class ReplyJson {
  private ReplyJson() {}

  static ObjectNode of(RecordedReply reply, String listener) {
    ObjectNode json = Json.object();
    json.put("name", reply.name().toString());
    json.put("type", Mnemonics.type(reply.type()));
    json.put("outcome", reply.outcome().name());
    Taken last = reply.last();
    json.put("listener", listener);
    json.put("block", reply.steps().isEmpty() ? "" : reply.steps().getFirst().block());
    json.put("step", last == null || last.ending() == Ending.PASS ? "" : word(last.step()));
    json.set("steps", steps(reply.steps()));
    if (!reply.isDropped()) {
      byte[] message = reply.message();
      json.put("rcode", Mnemonics.rcode(reply.rcode()));
      json.put("authoritative", (message[Header.FLAGS] & Header.AA >> 8) != 0);
      json.put("overTcp", reply.tcp());
      json.set("answer", rows(Messages.answers(message)));
      json.set("authority", rows(Messages.authority(message)));
      json.set("additional", rows(Messages.additional(message)));
      Messages.Reason error = Messages.error(message);
      if (error != null) {
        ObjectNode extended = json.putObject("extendedError");
        extended.put("code", error.code());
        extended.put("text", error.text());
      }
    }
    return json;
  }

  private static ArrayNode steps(List<Taken> steps) {
    ArrayNode array = Json.array();
    for (Taken taken : steps) {
      ObjectNode json = array.addObject();
      json.put("block", taken.block());
      json.put("step", word(taken.step()));
      json.put("name", taken.name().toString());
      json.put("type", Mnemonics.type(taken.type()));
      json.put("part", taken.part());
      json.put("ending", ending(taken.ending()));
      if (!taken.then().equals(taken.name())) {
        json.put("replacedBy", taken.then().toString());
      }
    }
    return array;
  }

  private static String word(Stage stage) {
    return stage.name().toLowerCase(Locale.ROOT);
  }

  private static String ending(Ending ending) {
    return switch (ending) {
      case PASS -> "passes";
      case WRITTEN -> "answers";
      case LATER -> "asks further";
      case DROPPED -> "drops";
    };
  }

  private static ArrayNode rows(List<Row> rows) {
    ArrayNode array = Json.array();
    for (Row row : rows) {
      ObjectNode json = array.addObject();
      json.put("name", row.name());
      json.put("ttl", row.ttlSeconds());
      json.put("type", row.type());
      json.put("data", row.data());
    }
    return array;
  }
}

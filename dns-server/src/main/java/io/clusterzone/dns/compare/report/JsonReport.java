package io.clusterzone.dns.compare.report;

import io.clusterzone.dns.compare.Deviation;
import io.clusterzone.dns.compare.Judgement;
import io.clusterzone.dns.compare.Judgement.Kind;
import io.clusterzone.dns.compare.run.Kept;
import io.clusterzone.dns.compare.run.Latencies;
import io.clusterzone.dns.compare.run.Tally;
import java.io.Writer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// A comparison as JSON, written piece by piece: it may be long. [Baseline] reads it.
public final class JsonReport {
  static final String FORMAT = "clusterzone-compare";
  static final int VERSION = 1;

  private final Tally tally;
  private final JsonGenerator json;

  private JsonReport(Tally tally, JsonGenerator json) {
    this.tally = tally;
    this.json = json;
  }

  /// Writes all of it; the writer stays open.
  public static void write(Compared compared, Writer out) {
    JsonMapper mapper = JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    try (JsonGenerator json = mapper.writerWithDefaultPrettyPrinter().createGenerator(out)) {
      new JsonReport(compared.tally(), json).write(compared);
    }
  }

  private void write(Compared compared) {
    json.writeStartObject();
    json.writeStringProperty("format", FORMAT);
    json.writeNumberProperty("version", VERSION);
    json.writeStringProperty("here", compared.here());
    json.writeArrayPropertyStart("there");
    compared.there().forEach(json::writeString);
    json.writeEndArray();
    json.writeStringProperty("questionsFrom", compared.questions());
    json.writeNumberProperty("seconds", Math.round(compared.seconds() * 1000) / 1000.0);
    json.writeNumberProperty("questions", tally.questions());
    json.writeNumberProperty("agreed", tally.agreements());
    json.writeNumberProperty("unanswered", tally.silences());
    json.writeNumberProperty("leftOut", tally.notOurs());
    json.writeNumberProperty("notKept", tally.notKept());
    counts();
    latencies(compared);
    groups();
    differences();
    json.writeEndObject();
  }

  private void counts() {
    json.writeArrayPropertyStart("judgements");
    for (Kind kind : Kind.values()) {
      json.writeStartObject();
      json.writeStringProperty("judgement", kind.toString());
      json.writeNumberProperty("count", tally.count(kind));
      json.writeNumberProperty("new", tally.fresh(kind));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectPropertyStart("deviations");
    tally.deviations().forEach((one, count) -> json.writeNumberProperty(one.toString(), count));
    json.writeEndObject();
  }

  private void latencies(Compared compared) {
    json.writeArrayPropertyStart("latencies");
    for (int server = 0; server < compared.servers(); server++) {
      Latencies times = tally.latencies(server);
      json.writeStartObject();
      json.writeStringProperty("server", compared.server(server));
      json.writeNumberProperty("replies", times.count());
      json.writeObjectPropertyStart("micros");
      Figures.SHARES.forEach(
          share -> json.writeNumberProperty(share.toString(), rounded(times.micros(share))));
      json.writeNumberProperty("longest", rounded(times.longestMicros()));
      json.writeEndObject();
      json.writeArrayPropertyStart("histogram");
      for (Latencies.Bar bar : times.bars()) {
        json.writeStartObject();
        json.writeNumberProperty("uptoMicros", rounded(bar.uptoMicros()));
        json.writeNumberProperty("count", bar.count());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static double rounded(double micros) {
    return Math.round(micros * 10) / 10.0;
  }

  private void groups() {
    json.writeArrayPropertyStart("groups");
    for (Tally.Group group : tally.groups()) {
      json.writeStartObject();
      judgement(group.judgement());
      json.writeStringProperty("field", group.difference().field().toString());
      json.writeStringProperty("here", group.difference().here());
      json.writeStringProperty("there", group.difference().there());
      json.writeNumberProperty("count", group.count());
      json.writeNumberProperty("known", group.known());
      json.writeArrayPropertyStart("examples");
      group.examples().forEach(json::writeString);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void judgement(Judgement judgement) {
    json.writeStringProperty("judgement", judgement.kind().toString());
    Deviation deviation = judgement.deviation();
    if (deviation != null) {
      json.writeStringProperty("deviation", deviation.toString());
      json.writeStringProperty("rule", deviation.rule() + ": " + deviation.sentence());
    }
  }

  private void differences() {
    json.writeArrayPropertyStart("differences");
    for (Kept one : tally.kept()) {
      json.writeStartObject();
      json.writeStringProperty("question", one.question());
      judgement(one.judgement());
      json.writeStringProperty("field", one.field());
      json.writeStringProperty("here", one.here());
      json.writeStringProperty("there", one.there());
      json.writeStringProperty("answerHere", one.wholeHere());
      json.writeStringProperty("answerThere", one.wholeThere());
      json.writeBooleanProperty("new", !one.known());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

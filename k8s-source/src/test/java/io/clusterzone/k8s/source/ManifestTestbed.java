package io.clusterzone.k8s.source;

import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.source.cluster.ManifestModel;
import io.clusterzone.k8s.source.object.ManifestOptions;
import io.clusterzone.k8s.source.object.ManifestParser;
import io.clusterzone.k8s.source.object.ParsedFile;
import io.clusterzone.k8s.source.yaml.BrokenFileException;
import io.clusterzone.k8s.source.yaml.SharedValues;
import io.clusterzone.k8s.text.LabelSelector;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The way from files' texts to events without a file system: one call is one change of one file.
final class ManifestTestbed {
  static final ManifestOptions ALL =
      new ManifestOptions(
          LabelSelector.EVERYTHING,
          LabelSelector.EVERYTHING,
          EnumSet.allOf(Kind.class),
          MadeOptions.NONE);

  /// All of it, in the place of an API server and its controllers.
  static final ManifestOptions MADE =
      ALL.with(new MadeOptions(MadeOptions.SERVICE_RANGES, MadeOptions.POD_RANGES, 1, false));

  private final ManifestOptions options;
  private final ManifestModel model;
  private final FakeSink sink = new FakeSink();
  private final Map<String, ParsedFile> files = new HashMap<>();

  ManifestTestbed(ManifestOptions options) {
    this.options = options;
    model = new ManifestModel(options);
  }

  static ManifestTestbed of(String... texts) {
    return of(ALL, texts);
  }

  static ManifestTestbed of(ManifestOptions options, String... texts) {
    var testbed = new ManifestTestbed(options);
    for (int i = 0; i < texts.length; i++) {
      testbed.put((char) ('a' + i) + ".yaml", texts[i]);
    }
    return testbed;
  }

  ManifestTestbed put(String file, String text) {
    return put(Map.of(file, text));
  }

  /// Changes several files at once; a file of which the text is empty is removed.
  ManifestTestbed put(Map<String, String> texts) {
    List<ManifestModel.Change> changes = new ArrayList<>();
    texts.forEach((file, text) -> {
      ParsedFile before = files.getOrDefault(file, ParsedFile.EMPTY);
      ParsedFile after = text.isEmpty() ? ParsedFile.EMPTY : read(file, text, before);
      files.put(file, after);
      changes.add(new ManifestModel.Change(before, after));
    });
    sink.accept(model.apply(changes));
    return this;
  }

  private ParsedFile read(String file, String text, ParsedFile before) {
    try {
      return ManifestParser.parse(file, new StringReader(text), options, new SharedValues())
          .keepingLastGoodOf(before);
    } catch (BrokenFileException e) {
      return before.brokenBy(e.in(file));
    }
  }

  FakeSink sink() {
    return sink;
  }

  List<String> ids() {
    return sink.ids();
  }

  List<ClusterObject> objects() {
    return sink.objects();
  }

  /// What kinds the files' own problems are of.
  List<ProblemKind> kinds() {
    return files.values().stream()
        .flatMap(file -> file.problems().stream())
        .map(Problem::kind)
        .toList();
  }

  List<String> problems() {
    List<Problem> problems = new ArrayList<>();
    files.values().forEach(file -> problems.addAll(file.problems()));
    model.addProblems(problems);
    problems.sort(Problem.BY_PLACE);
    return problems.stream().map(Problem::toString).toList();
  }

  /// What was made up, in a sentence.
  String made() {
    return model.made();
  }

  /// What is missing beside objects that are right, as a person reads it.
  List<String> missing() {
    List<Problem> problems = new ArrayList<>();
    model.addMissing(problems);
    problems.sort(Problem.BY_PLACE);
    return problems.stream().map(problem -> problem.kind() + " " + problem.message()).toList();
  }

  int passedOver() {
    return files.values().stream().mapToInt(ParsedFile::passedOver).sum();
  }

  /// One line for each endpoint of all slices: `service address ready hostname pod zone [ports]`.
  List<String> endpoints() {
    List<String> lines = new ArrayList<>();
    for (EndpointSlice slice : sink.all(EndpointSlice.class)) {
      List<String> ports =
          slice.ports().stream()
              .map(port -> port.name() + "=" + port.number() + "/" + port.protocol())
              .toList();
      slice
          .endpoints()
          .forEach(endpoint ->
              lines.add(
                  "%s %s %s h=%s p=%s z=%s %s"
                      .formatted(
                          slice.service(),
                          endpoint.addresses(),
                          endpoint.ready() ? "ready" : "unready",
                          endpoint.hostname(),
                          endpoint.pod(),
                          endpoint.zone(),
                          ports)));
    }
    return lines;
  }
}

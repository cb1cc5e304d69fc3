package io.clusterzone.k8s.source;

import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.source.cluster.ManifestModel;
import io.clusterzone.k8s.source.object.ManifestOptions;
import io.clusterzone.k8s.source.object.ManifestParser;
import io.clusterzone.k8s.source.object.ParsedFile;
import io.clusterzone.k8s.source.yaml.BrokenFileException;
import io.clusterzone.k8s.source.yaml.SharedValues;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Gives 1,000 to 50,000 Services addresses of 10.96.0.0/16, three quarters of which that takes,
/// and then one Service more and one less. Prints the times of the model, beside those without
/// made-up addresses.
final class MadeServicesBenchmark {
  private static final int CHANGES = 200;
  private static final int ROUNDS = 5;

  private MadeServicesBenchmark() {}

  public static void main(String[] args) throws BrokenFileException {
    for (int round = 0; round < ROUNDS; round++) {
      for (int services : new int[] {1_000, 10_000, 50_000}) {
        run(services, ManifestTestbed.ALL);
        run(
            services,
            ManifestTestbed.ALL.with(MadeOptions.NONE.withServices(MadeOptions.SERVICE_RANGES)));
      }
    }
  }

  private static void run(int services, ManifestOptions options) throws BrokenFileException {
    var text = new StringBuilder();
    for (int i = 0; i < services; i++) {
      text.append(service("web-" + i));
    }
    ParsedFile all = parse("all.yaml", text.toString(), options);
    ParsedFile more = parse("more.yaml", service("more"), options);
    var model = new ManifestModel(options);
    long start = System.nanoTime();
    model.apply(List.of(new ManifestModel.Change(ParsedFile.EMPTY, all)));
    long loaded = System.nanoTime() - start;
    List<Long> changes = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      boolean comes = i % 2 == 0;
      start = System.nanoTime();
      model.apply(
          List.of(
              new ManifestModel.Change(
                  comes ? ParsedFile.EMPTY : more, comes ? more : ParsedFile.EMPTY)));
      changes.add(System.nanoTime() - start);
    }
    changes.sort(Comparator.naturalOrder());
    System.out.println(
        "%d Services, %s: %d ms, a change %d us"
            .formatted(
                services,
                options.made().serviceRanges().isEmpty() ? "as they are" : "with addresses",
                loaded / 1_000_000,
                changes.get(CHANGES / 2) / 1_000));
  }

  private static String service(String name) {
    return """
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: %s, namespace: shop}
    spec: {ports: [{port: 80}]}
    """
        .formatted(name);
  }

  private static ParsedFile parse(String file, String text, ManifestOptions options)
      throws BrokenFileException {
    return ManifestParser.parse(file, new StringReader(text), options, new SharedValues());
  }
}

package io.clusterzone.dns.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// That the check of the manifests finds what it is there to find.
final class StrictObjectsTest {
  private static final String GOOD =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: dns}
      spec:
        selector: {matchLabels: {app: dns}}
        template:
          metadata: {labels: {app: dns}}
          spec:
            containers:
              - name: dns
                image: dns
                env: [{name: A, value: b}]
                ports: [{containerPort: 53}]
                livenessProbe: {httpGet: {port: 8080}}
      """;

  @Test
  void findsNothingWhereNothingIsWrong() {
    assertThat(StrictObjects.faults(Chart.parse(GOOD).getFirst())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apps/v1 | apps/v1beta1 | no such kind: apps/v1beta1 Deployment",
        "kind: Deployment | kind: Deploiment | no such kind",
        "{name: dns} | {labels: {a: b}} | without a name",
        "{name: dns} | {name: dns, lables: {a: b}} | lables",
        "env: | enf: | enf",
        "containerPort: 53 | containerport: 53 | containerport",
        "{name: A, value: b} | {name: A, value: 5} | value",
        "{name: A, value: b} | {value: b} | env without name",
        "image: dns | imagePullPolicy: Always | containers without image",
        "{port: 8080} | {path: /health} | httpGet without port",
        "selector: {matchLabels: {app: dns}} | replicas: 2 | spec without selector",
        "{labels: {app: dns}} | {labels: {app: }} | app is null",
        "{labels: {app: dns}} | {labels: {app: 1}} | app",
      })
  void findsTheFault(String good, String bad, String fault) {
    String text = GOOD.replace(good, bad);
    assertThat(text).isNotEqualTo(GOOD);
    assertThat(StrictObjects.faults(Chart.parse(text).getFirst()))
        .isNotEmpty()
        .anyMatch(line -> line.contains(fault));
  }
}

package io.clusterzone.dns.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Kubernetes.ApiServer;
import io.clusterzone.dns.config.Kubernetes.Pods;
import io.clusterzone.dns.config.Log.ResponseClass;
import io.clusterzone.k8s.source.LabelSelector;
import io.clusterzone.zones.name.Name;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Pins every default: what a directive means that says nothing but its name.
final class DefaultsTest {
  @Test
  void kubernetes() {
    assertThat(Corefiles.directive("kubernetes {\n manifests m\n}", Kubernetes.class))
        .isEqualTo(
            new Kubernetes(
                List.of(Name.parse("example.org")),
                List.of(Path.of("m")),
                Pods.DISABLED,
                5,
                List.of(),
                false,
                false,
                false,
                false,
                List.of(),
                List.of(),
                LabelSelector.EVERYTHING,
                LabelSelector.EVERYTHING,
                Duration.ofSeconds(5),
                new ApiServer("", "", "", "", "", "", 0, 0, 0)))
        .isEqualTo(Kubernetes.of(List.of(Name.parse("example.org")), List.of(Path.of("m"))));
    assertThat(ApiServer.IN_CLUSTER).isEqualTo(new ApiServer("", "", "", "", "", "", 0, 0, 0));
  }

  @Test
  void bufsize() {
    assertThat(Corefiles.directive("bufsize", Bufsize.class))
        .isEqualTo(new Bufsize(1232))
        .isEqualTo(Bufsize.DEFAULT);
  }

  @Test
  void chaos() {
    assertThat(Corefiles.directive("chaos", Chaos.class))
        .isEqualTo(new Chaos("", List.of()))
        .isEqualTo(Chaos.DEFAULT);
  }

  @Test
  void errors() {
    assertThat(Corefiles.directive("errors", Errors.class))
        .isEqualTo(new Errors(false, List.of()))
        .isEqualTo(Errors.DEFAULT);
    assertThat(
            Corefiles.directive("errors {\n consolidate 5m x\n}", Errors.class)
                .consolidations()
                .getFirst()
                .level())
        .isEqualTo(Errors.Level.ERROR);
  }

  @Test
  void loadbalance() {
    assertThat(Corefiles.directive("loadbalance", LoadBalance.class))
        .isEqualTo(new LoadBalance(LoadBalance.Policy.ROUND_ROBIN))
        .isEqualTo(LoadBalance.DEFAULT);
  }

  @Test
  void log() {
    String common =
        "{remote}:{port} - {>id} \"{type} {class} {name} {proto} {size} {>do} {>bufsize}\" {rcode}"
            + " {>rflags} {rsize} {duration}";
    assertThat(Corefiles.directive("log", Log.class))
        .isEqualTo(
            new Log(List.of(new Log.Rule(Name.ROOT, common, EnumSet.allOf(ResponseClass.class)))))
        .isEqualTo(Log.DEFAULT);
  }

  @Test
  void nsid() {
    assertThat(Corefiles.directive("nsid", Nsid.class))
        .isEqualTo(new Nsid(""))
        .isEqualTo(Nsid.DEFAULT);
  }

  @Test
  void port() {
    assertThat(ParseOptions.ofProcess().defaultPort()).isEqualTo(53);
  }
}

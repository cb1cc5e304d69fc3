package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.read.DirectiveSpec;
import io.clusterzone.dns.config.read.DirectiveTable;
import io.clusterzone.dns.config.read.Manual;
import io.clusterzone.dns.config.read.RefusedDirectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Keeps COREFILE.md equal to the code. To write it anew: `mvn verify -pl dns-server -am
/// -Dtest=CorefileReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dcorefile.page=write`.
final class CorefileReferenceTest {
  private static final Path PAGE = Path.of("COREFILE.md");

  /// The directives of CoreDNS 1.14, in the order in which they see a question.
  private static final List<String> COREDNS =
      List.of(
          """
          root metadata geoip cancel tls proxyproto quic grpc_server https https3 timeouts
          multisocket reload nsid bufsize bind debug trace ready health pprof prometheus errors
          log dnstap local dns64 any chaos loadbalance tsig cache rewrite acl header dnssec
          autopath minimal template transfer hosts route53 azure clouddns k8s_external kubernetes
          file auto secondary etcd loop forward grpc erratic whoami on sign view nomad\
          """
              .split("\\s+", -1));

  static List<String> known() {
    return Stream.concat(
            CorefileReference.directives().stream(), RefusedDirectives.ADVICE.keySet().stream())
        .toList();
  }

  @Test
  void pageIsWhatTheCodeSays() throws IOException {
    if ("write".equals(System.getProperty("corefile.page"))) {
      Files.writeString(PAGE, CorefileReference.page());
    }
    assertThat(Files.readString(PAGE))
        .as("-Dcorefile.page=write writes it anew")
        .isEqualTo(CorefileReference.page());
  }

  @Test
  void everyRecordHasItsDirective() {
    assertThat(CorefileReference.directives())
        .isSorted()
        .hasSameElementsAs(
            new ClassFileImporter()
                .importPackagesOf(Directive.class).stream()
                    .filter(kind -> kind.isRecord() && kind.isAssignableTo(Directive.class))
                    .map(kind -> kind.getSimpleName().toLowerCase(Locale.ROOT))
                    .toList());
  }

  @Test
  void directivesAreServedOrRefused() {
    assertThat(RefusedDirectives.ADVICE.keySet())
        .doesNotContainAnyElementsOf(CorefileReference.directives());
    assertThat(known()).containsAll(COREDNS);
  }

  @ParameterizedTest
  @MethodSource("known")
  void pageSaysOfEachDirectiveWhatHappensToIt(String name) {
    List<String> rows =
        CorefileReference.page()
            .lines()
            .filter(line -> line.matches("\\| \\[?`" + name + "`.*"))
            .filter(line -> line.contains("| served |") || line.contains("| refused |"))
            .toList();
    assertThat(rows).hasSize(1);
    boolean served = CorefileReference.directives().contains(name);
    assertThat(rows.getFirst().contains("| served |")).isEqualTo(served);
    String problems = Corefiles.problems(".:53 {\n" + name + "\n}\n");
    assertThat(problems.contains("this version does not")).isEqualTo(!served);
  }

  @ParameterizedTest
  @MethodSource("io.clusterzone.dns.config.file.CorefileReference#directives")
  void examplesAreRight(String name) {
    Manual manual =
        DirectiveTable.SPECS.stream()
            .map(DirectiveSpec::manual)
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow();
    // Read again it is equal, or a server would take it anew at each look.
    assertThat(Corefiles.valid(manual.example())).isEqualTo(Corefiles.valid(manual.example()));
    assertThat(manual.example()).contains("    " + name);
  }
}

package io.clusterzone.dns;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/// The arrows of ARCHITECTURE.md: `zones` <- `k8s-source` <- `dns-server`, and which package may
/// know which.
@AnalyzeClasses(
    packages = "io.clusterzone",
    importOptions = {DoNotIncludeTests.class, DependencyDirectionTest.NoTestJars.class})
@NullMarked
final class DependencyDirectionTest {
  /// Once packaged, another module's tests are a jar; not every build calls their directory
  /// `test-classes`.
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar") && !location.contains("/test/io/");
    }
  }

  private static final String ROOT = "io.clusterzone.";

  /// Each package, and all others that it may know. A package inside another, as `transport.flood`,
  /// is known by those alone that list it.
  private static final String ARROWS =
      """
      zones.name:;
      zones.record: zones.name;
      zones.wire: zones.name zones.record;
      zones.zone: zones.name zones.record;
      zones.answer: zones.name zones.record zones.wire zones.zone;
      k8s.file:;
      k8s.kept:;
      k8s.problem:;
      k8s.schema:;
      k8s.text:;
      k8s.thread:;
      k8s.model: zones.name zones.record;
      k8s.api.connect: k8s.file k8s.text k8s.model;
      k8s.api.decode: k8s.model;
      k8s.api.snapshot: k8s.file k8s.kept k8s.model;
      k8s.made: k8s.model;
      k8s.records: zones.name zones.record zones.zone k8s.thread k8s.model;
      k8s.source.yaml: k8s.file k8s.problem k8s.schema k8s.model;
      k8s.api: k8s.file k8s.thread k8s.model k8s.api.connect k8s.api.decode k8s.api.snapshot;
      k8s.source.object: k8s.file k8s.problem k8s.schema k8s.text k8s.model k8s.made
          k8s.source.yaml;
      k8s.source.cluster: k8s.problem k8s.text k8s.model k8s.made k8s.source.yaml
          k8s.source.object;
      k8s.source: k8s.file k8s.problem k8s.thread k8s.model k8s.made k8s.source.yaml
          k8s.source.object k8s.source.cluster;
      dns.compare: zones.name zones.record zones.wire k8s.model;
      dns.compare.exchange: zones.name zones.record zones.wire dns.compare;
      dns.compare.question: zones.name zones.record zones.wire zones.zone k8s.model dns.compare;
      dns.compare.run: zones.name zones.record zones.wire dns.compare dns.compare.exchange
          dns.compare.question;
      dns.compare.report: dns.compare dns.compare.run;
      dns.loop:;
      dns.ops.diagnose:;
      dns.ops.drain:;
      dns.transport.flood: dns.ops;
      dns.ops: k8s.thread dns.ops.diagnose;
      dns.report: k8s.problem;
      dns.ops.http: k8s.thread dns.report dns.ops.diagnose dns.ops.drain dns.ops;
      dns.ops.log: zones.name k8s.thread dns.ops dns.config;
      dns.ops.top: zones.name k8s.thread dns.ops;
      dns.config: zones.name k8s.problem k8s.text k8s.model k8s.made;
      dns.config.text: zones.name k8s.file k8s.kept k8s.problem k8s.model k8s.made;
      dns.forward.reply: zones.name zones.wire zones.answer dns.ops dns.config;
      dns.config.read: zones.name zones.wire k8s.file k8s.kept k8s.problem k8s.text k8s.model
          k8s.made dns.config dns.config.text;
      dns.forward.cache: zones.name zones.wire zones.answer dns.ops dns.config dns.forward.reply;
      dns.config.file: zones.name k8s.file k8s.problem dns.config dns.config.text dns.config.read;
      dns.forward: zones.name zones.record zones.wire zones.answer k8s.thread dns.loop dns.ops
          dns.config dns.forward.reply dns.forward.cache;
      dns.hosts: zones.name zones.record zones.wire zones.zone k8s.file k8s.problem k8s.thread
          k8s.model k8s.source dns.ops dns.config;
      dns.query: zones.name zones.record zones.wire zones.answer k8s.model dns.config dns.loop
          dns.ops dns.ops.log dns.ops.top dns.forward.reply dns.forward;
      dns.step: zones.name zones.record zones.wire zones.zone zones.answer k8s.model dns.loop dns.ops
          dns.config dns.forward.reply dns.forward dns.hosts dns.query;
      dns.shadow: zones.name zones.record zones.wire zones.answer k8s.thread dns.loop dns.ops
          dns.ops.log dns.config dns.compare dns.compare.run
          dns.forward dns.query;
      dns.transport: k8s.thread dns.loop dns.transport.flood dns.ops dns.query;
      dns.replica: zones.name zones.record zones.wire k8s.model dns.ops dns.compare
          dns.compare.exchange;
      dns.explain: zones.name zones.record zones.wire zones.zone k8s.problem k8s.model k8s.records
          dns.loop dns.ops dns.ops.log dns.query;
      dns.doctor: zones.name zones.record zones.wire k8s.problem k8s.api.connect k8s.api k8s.source
          dns.compare dns.report dns.config dns.config.text dns.config.file;
      dns.server: zones.name zones.zone zones.answer k8s.file k8s.kept k8s.problem k8s.text
          k8s.thread k8s.model k8s.api.connect k8s.api.snapshot k8s.made k8s.records k8s.api
          k8s.source.object k8s.source dns.loop dns.ops.diagnose dns.ops.drain dns.ops
          dns.report dns.ops.http dns.ops.log dns.ops.top dns.config dns.config.text
          dns.forward.reply dns.forward.cache dns.config.file dns.forward dns.hosts dns.query
          dns.shadow dns.step dns.transport dns.explain;
      dns.cli: zones.name zones.record zones.zone k8s.file k8s.kept k8s.problem k8s.model k8s.api.connect
          k8s.made k8s.records k8s.api k8s.source.object k8s.source dns.ops.diagnose dns.ops
          dns.report dns.compare dns.compare.exchange dns.compare.question dns.compare.run
          dns.compare.report dns.ops.http dns.ops.log dns.config dns.config.text dns.config.read
          dns.config.file dns.explain dns.doctor dns.replica dns.server;
      """;

  private static final String ZONES = "io.clusterzone.zones..";
  private static final String K8S = "io.clusterzone.k8s..";
  private static final String DNS = "io.clusterzone.dns..";

  @ArchTest
  static final ArchRule zonesUseTheJdkAlone =
      ArchRuleDefinition.classes()
          .that()
          .resideInAPackage(ZONES)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(ZONES, "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule theClusterKnowsNoServer =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage(K8S)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DNS, "io.netty..");

  @ArchTest
  static final ArchRule whatIsMadeUpKnowsNoFile =
      ArchRuleDefinition.classes()
          .that()
          .resideInAPackage("io.clusterzone.k8s.made..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.clusterzone.k8s.made..",
              "io.clusterzone.k8s.model..",
              "java..",
              "org.jspecify..");

  /// RFC 5452 section 9.2: what an attacker must not guess is drawn from a SecureRandom.
  @ArchTest
  static final ArchRule forwardingDrawsFromSecureRandomAlone =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("io.clusterzone.dns.forward..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.util\\.(SplittableRandom|concurrent\\.ThreadLocalRandom|random\\..*)")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching("io.clusterzone.(**)").should().beFreeOfCycles();

  @ArchTest
  static void everyArrowIsListed(JavaClasses classes) {
    Map<String, Set<String>> allowed =
        Pattern.compile("([\\w.]+):([^;]*);")
            .matcher(ARROWS)
            .results()
            .collect(
                Collectors.toMap(
                    line -> line.group(1),
                    line -> Set.of(line.group(2).strip().split("\\s+", -1))));
    Map<String, String> notListed = new TreeMap<>();
    for (JavaClass from : classes) {
      String name = inner(from.getPackageName());
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        String known = inner(target.getPackageName());
        if (target.getPackageName().startsWith(ROOT)
            && !known.equals(name)
            && !allowed.getOrDefault(name, Set.of()).contains(known)) {
          notListed.put(name + ": " + known, dependency.getDescription());
        }
      }
    }
    assertThat(notListed).isEmpty();
  }

  /// A package's name as the table has it.
  private static String inner(String name) {
    return name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
  }
}

package io.clusterzone.dns;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.jspecify.annotations.NullMarked;

/// The arrows of ARCHITECTURE.md: `zones` <- `k8s-source` <- `dns-server`, and no cycle among
/// packages.
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
  static final ArchRule aSourceKnowsNoZone =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("io.clusterzone.k8s.source..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ZONES, "io.clusterzone.k8s.records..");

  @ArchTest
  static final ArchRule theModelKnowsNoSourceAndNoZone =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("io.clusterzone.k8s.model..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.clusterzone.zones.zone..",
              "io.clusterzone.zones.answer..",
              "io.clusterzone.k8s.source..",
              "io.clusterzone.k8s.records..");

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

  @ArchTest
  static final ArchRule transportKnowsNoZone =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("io.clusterzone.dns.transport..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ZONES,
              "io.clusterzone.k8s.(model|records|source|api|file|kept)..",
              "io.clusterzone.dns.cli..",
              "io.clusterzone.dns.config..");

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
      slices().matching("io.clusterzone.(*).(*)..").should().beFreeOfCycles();
}

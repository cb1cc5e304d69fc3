package io.clusterzone.dns.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The statement of vulnerabilities that a scanner finds by a component's version and that do not
/// apply, as OpenVEX 0.2.0 defines it.
final class VexTest {
  private static final JsonNode DOCUMENT =
      JsonMapper.shared().readTree(Chart.DEPLOY.resolve("clusterzone.vex.json"));

  /// The labels of the specification's section "Status Justifications" that are used.
  private static final Set<String> JUSTIFICATIONS =
      Set.of(
          "vulnerable_code_not_present",
          "vulnerable_code_not_in_execute_path",
          "vulnerable_code_cannot_be_controlled_by_adversary");

  /// "@context", "@id", "author", "timestamp", "version" and "statements" are required.
  @Test
  void isADocument() {
    assertThat(DOCUMENT.path("@context").asString()).isEqualTo("https://openvex.dev/ns/v0.2.0");
    assertThat(DOCUMENT.path("@id").asString()).startsWith("urn:clusterzone:vex:");
    assertThat(DOCUMENT.path("author").asString()).isNotEmpty();
    assertThat(OffsetDateTime.parse(DOCUMENT.path("timestamp").asString()).getYear())
        .isGreaterThan(2025);
    assertThat(DOCUMENT.path("version").asInt()).isPositive();
    assertThat(DOCUMENT.path("statements").size()).isPositive();
  }

  /// "A VEX statement with the status not_affected must include a justification or an impact
  /// statement"; here each has both, and each vulnerability is spoken of once.
  @Test
  void saysOfEachWhyItDoesNotApply() {
    var names = new HashSet<String>();
    for (JsonNode statement : DOCUMENT.path("statements")) {
      String name = statement.at("/vulnerability/name").asString();
      assertThat(name).matches("CVE-\\d{4}-\\d{4,}");
      assertThat(names.add(name)).as(name).isTrue();
      assertThat(statement.path("status").asString()).isEqualTo("not_affected");
      assertThat(JUSTIFICATIONS).contains(statement.path("justification").asString());
      assertThat(statement.path("impact_statement").asString()).endsWith(".");
      assertThat(statement.at("/products/0/@id").asString()).isEqualTo("pkg:oci/clusterzone");
      assertThat(statement.at("/products/0/subcomponents").size()).isPositive();
    }
  }

  /// A subcomponent is one that the list of licences, and so the bill of materials, has.
  @Test
  void speaksOfWhatIsShipped() throws IOException {
    String shipped = Files.readString(Chart.DEPLOY.resolve("THIRD-PARTY.md"));
    for (JsonNode statement : DOCUMENT.path("statements")) {
      for (JsonNode part : statement.at("/products/0/subcomponents")) {
        String id = part.path("@id").asString();
        assertThat(shipped).contains("| " + id.replaceFirst(".*/", "") + " |");
      }
    }
  }
}

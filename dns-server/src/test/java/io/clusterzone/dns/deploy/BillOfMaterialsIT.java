package io.clusterzone.dns.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.server.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The bill of materials that the build leaves, against the files that it describes, and the list
/// of licences in `deploy`, which is made of it: `-Dthird.party.page=write` writes that again.
final class BillOfMaterialsIT {
  private static final Path BILL = Path.of("target/bom.json");
  private static final Path PAGE = Chart.DEPLOY.resolve("THIRD-PARTY.md");
  private static final Path IMAGE = Path.of("target/clusterzone");
  private static final Path ROOT = Path.of("target/container");
  private static final String INSTALLED = "/opt/clusterzone/";

  private static JsonNode bill = JsonMapper.shared().nullNode();

  @BeforeAll
  static void read() {
    Assumptions.assumeTrue(Tool.ALL || Files.exists(BILL), "no bill: see bom.phase in the POM");
    bill = JsonMapper.shared().readTree(BILL);
  }

  private static Stream<JsonNode> components() {
    return StreamSupport.stream(bill.path("components").spliterator(), false);
  }

  private static String place(JsonNode component) {
    return component.at("/evidence/occurrences/0/location").asString();
  }

  private static Path file(String place) {
    return place.startsWith(INSTALLED)
        ? IMAGE.resolve(place.substring(INSTALLED.length()))
        : ROOT.resolve(place.substring(1));
  }

  @Test
  void namesEachArchiveAndNoOther() throws IOException {
    var named =
        Stream.concat(Stream.of(bill.at("/metadata/component")), components())
            .map(BillOfMaterialsIT::place)
            .filter(place -> place.endsWith(".jar"))
            .toList();
    try (var lib = Files.list(IMAGE.resolve("lib"))) {
      assertThat(named)
          .containsExactlyInAnyOrderElementsOf(
              lib.map(file -> INSTALLED + "lib/" + file.getFileName())
                  .filter(file -> file.endsWith(".jar"))
                  .toList());
    }
  }

  @Test
  void hasTheDigestOfEachFileAsItIsShipped() throws Exception {
    for (JsonNode component : components().toList()) {
      byte[] octets = Files.readAllBytes(file(place(component)));
      String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
      assertThat(component.at("/hashes/0/content").asString())
          .as(place(component))
          .isEqualTo(digest);
    }
  }

  @Test
  void namesTheRuntimeAndThePackagesOfTheHost() throws IOException {
    Map<String, String> versions =
        components()
            .filter(component -> !place(component).endsWith(".jar"))
            .collect(
                Collectors.toMap(
                    component -> component.path("name").asString(),
                    component -> component.path("version").asString(),
                    (one, _) -> one,
                    TreeMap::new));
    Assumptions.assumeTrue(Files.exists(ROOT.resolve("bin/sh")), "this host makes no container");
    assertThat(versions).containsOnlyKeys("coreutils", "dash", "libc6", "openjdk");
    assertThat(Files.readString(IMAGE.resolve("runtime/release")))
        .contains(
            "JAVA_VERSION=\""
                + Objects.requireNonNull(versions.get("openjdk")).replaceAll("[+-].*", "")
                + "\"");
    assertThat(ROOT.resolve("usr/share/doc/clusterzone/bom.json")).hasSameTextualContentAs(BILL);
  }

  /// Of the same files there is the same bill, and so the same container.
  @Test
  void hasNothingThatDiffersFromBuildToBuild() {
    assertThat(bill.path("bomFormat").asString()).isEqualTo("CycloneDX");
    assertThat(bill.at("/metadata/component/version").asString()).isEqualTo(Version.number());
    assertThat(bill.has("serialNumber")).isFalse();
    assertThat(bill.at("/metadata").has("timestamp")).isFalse();
  }

  private static String licences(JsonNode component) {
    var names = new TreeSet<String>();
    for (JsonNode entry : component.path("licenses")) {
      for (String at : List.of("/expression", "/license/id", "/license/name")) {
        if (!entry.at(at).isMissingNode()) {
          names.add(entry.at(at).asString());
        }
      }
    }
    assertThat(names).as("licences of " + component.path("name").asString()).isNotEmpty();
    return String.join(", ", names);
  }

  /// The one of Apache-2.0 lies in the image.
  @Test
  void bringsTheTextOfEachLicence() throws IOException {
    for (JsonNode component : components().filter(BillOfMaterialsIT::isOther).toList()) {
      String name = component.path("name").asString();
      assertThat(
              hasLicenceWithin(file(place(component)))
                  || Files.exists(IMAGE.resolve("licences").resolve(name)))
          .as(name)
          .isTrue();
    }
    assertThat(IMAGE.resolve("LICENSE")).isNotEmptyFile();
    assertThat(IMAGE.resolve("runtime/legal/java.base/LICENSE")).isNotEmptyFile();
    Assumptions.assumeTrue(Files.exists(ROOT.resolve("bin/sh")), "this host makes no container");
    for (String name : List.of("coreutils", "dash", "libc6")) {
      assertThat(ROOT.resolve("usr/share/doc").resolve(name).resolve("copyright")).isNotEmptyFile();
    }
  }

  private static boolean isOther(JsonNode component) {
    return place(component).endsWith(".jar") && !licences(component).equals("Apache-2.0");
  }

  private static boolean hasLicenceWithin(Path archive) throws IOException {
    try (var zip = new ZipFile(archive.toFile())) {
      return zip.stream().anyMatch(entry -> entry.getName().startsWith("META-INF/LICENSE"));
    }
  }

  /// Versions change with each update and each host; the bill has them.
  private static String page() {
    var rows = new TreeSet<String>();
    components()
        .filter(component -> !component.path("group").asString().equals("io.clusterzone"))
        .map(component -> {
          String group = component.path("group").asString();
          return "| %s%s | %s |"
              .formatted(
                  group.isEmpty() ? "" : group + ":",
                  component.path("name").asString(),
                  licences(component));
        })
        .forEach(rows::add);
    return """
    # What is shipped of other people

    Clusterzone itself is under the Apache-2.0 licence (`LICENSE`). The image holds the following as well; versions
    and digests are in `dns-server/target/bom.json` after `mvn package`, and in the container in
    `/usr/share/doc/clusterzone/bom.json`. An archive under another licence than Apache-2.0 has it within or in
    `/opt/clusterzone/licences`, the Java runtime has its own in `/opt/clusterzone/runtime/legal`, and what comes from
    the host that built the container has them in `/usr/share/doc/NAME/copyright`.

    | component | licence |
    |---|---|
    %s
    """
        .formatted(String.join("\n", rows));
  }

  @Test
  void isTheListOfLicencesInDeploy() throws IOException {
    Assumptions.assumeTrue(Files.exists(ROOT.resolve("bin/sh")), "this host makes no container");
    if (Objects.equals(System.getProperty("third.party.page"), "write")) {
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE)).as("run with -Dthird.party.page=write").isEqualTo(page());
  }
}

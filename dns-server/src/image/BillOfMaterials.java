import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Completes the bill of materials that Maven wrote of the archives (CycloneDX 1.6): each component
/// says where it lies in the container and has the digest of that file, which UpgradeClasses may
/// have changed; the Java runtime and the packages of this host, of which ContainerFiles took
/// files, are components as well.
///
/// The build calls it, with the archives of the image on the class path, with Maven's bill, the
/// directories of the image and of the container's root, and the bill to write. The container gets
/// a copy. The same files give the same bill.
final class BillOfMaterials {
  private static final String COPY = "usr/share/doc/clusterzone/bom.json";
  private static final String LIB = "/opt/clusterzone/lib/";

  /// What is taken of a package of this host, with the licence of that part.
  private record Taken(String name, String type, String licence, String file) {}

  private static final List<Taken> PACKAGES =
      List.of(
          new Taken("libc6", "library", "LGPL-2.1-or-later", "libc.so.6"),
          new Taken("dash", "application", "BSD-3-Clause", "sh"),
          new Taken("coreutils", "application", "GPL-3.0-or-later", "sleep"));

  private final JsonMapper json = JsonMapper.builder().build();
  private final Path image;
  private final Path root;
  private final ObjectNode bill;

  private BillOfMaterials(Path bill, Path image, Path root) {
    this.bill = (ObjectNode) json.readTree(bill.toFile());
    this.image = image;
    this.root = root;
  }

  public static void main(String[] args) throws Exception {
    if (!Files.exists(Path.of(args[0]))) {
      System.out.println("no bill of materials is made: Maven wrote no " + args[0]);
      return;
    }
    var bill = new BillOfMaterials(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
    bill.locateArchives();
    bill.addRuntime();
    boolean contained = Files.exists(bill.root.resolve("bin/sh"));
    if (contained) {
      bill.addPackages();
    }
    String text = bill.json.writerWithDefaultPrettyPrinter().writeValueAsString(bill.bill) + "\n";
    Files.writeString(Path.of(args[3]), text);
    if (contained) {
      Files.createDirectories(bill.root.resolve(COPY).getParent());
      Files.writeString(bill.root.resolve(COPY), text);
    }
  }

  private void locateArchives() throws Exception {
    var self = (ObjectNode) bill.at("/metadata/component");
    self.put("type", "application");
    locate(self, image.resolve("lib/clusterzone.jar"), LIB + "clusterzone.jar");
    for (var component : bill.withArray("components")) {
      String file = fileName(component.path("purl").asString());
      locate((ObjectNode) component, image.resolve("lib").resolve(file), LIB + file);
    }
  }

  /// The archive that `pkg:maven/GROUP/NAME@VERSION?classifier=CLASSIFIER&type=jar` stands for.
  private static String fileName(String purl) {
    String[] parts = purl.split("[/@?]");
    String classifier =
        purl.contains("classifier=") ? purl.replaceAll(".*classifier=|&.*", "") : "";
    return parts[2] + "-" + parts[3] + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
  }

  /// Puts the digest of a file and its place in the container into its component.
  private static void locate(ObjectNode component, Path file, String place) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    component
        .putArray("hashes")
        .addObject()
        .put("alg", "SHA-256")
        .put("content", HexFormat.of().formatHex(digest));
    component.putObject("evidence").putArray("occurrences").addObject().put("location", place);
  }

  /// `VENDOR VERSION` is the first line of what LinkRuntime leaves.
  private void addRuntime() throws Exception {
    String origin = Files.readAllLines(image.resolve("runtime/linked-from")).getFirst();
    String version = origin.substring(origin.lastIndexOf(' ') + 1);
    String number = version.replaceAll("[+-].*", "");
    var runtime =
        component("platform", "openjdk", version, "pkg:generic/openjdk@" + escaped(version));
    runtime.put("publisher", origin.substring(0, origin.lastIndexOf(' ')));
    runtime.put("cpe", "cpe:2.3:a:oracle:openjdk:" + number + ":*:*:*:*:*:*:*");
    runtime
        .putArray("licenses")
        .addObject()
        .put("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
    locate(runtime, image.resolve("runtime/lib/modules"), "/opt/clusterzone/runtime/lib/modules");
  }

  private void addPackages() throws Exception {
    var release = new Properties();
    Path described = Path.of("/etc/os-release");
    if (Files.exists(described)) {
      try (var in = Files.newBufferedReader(described)) {
        release.load(in);
      }
    }
    String host = release.getProperty("ID", "linux").replace("\"", "");
    String number = release.getProperty("VERSION_ID", "").replace("\"", "");
    for (Taken taken : PACKAGES) {
      // VERSION ARCHITECTURE SOURCE, or nothing where the host keeps its packages otherwise.
      String[] known = query(taken.name()).split(" ");
      String version = known.length == 3 ? known[0] : "";
      String purl =
          known.length == 3
              ? "pkg:deb/%s/%s@%s?arch=%s&distro=%s-%s&upstream=%s"
                  .formatted(host, taken.name(), escaped(version), known[1], host, number, known[2])
              : "pkg:generic/" + taken.name();
      var component = component(taken.type(), taken.name(), version, purl);
      component.putArray("licenses").addObject().putObject("license").put("id", taken.licence());
      Path file = find(taken.file());
      locate(component, file, "/" + root.relativize(file));
    }
  }

  private static String query(String name) throws IOException, InterruptedException {
    try {
      var query =
          new ProcessBuilder(
                  "dpkg-query",
                  "--show",
                  "--showformat=${Version} ${Architecture} ${source:Package}\n",
                  name)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      byte[] said = query.getInputStream().readAllBytes();
      return query.waitFor() == 0
          ? new String(said, StandardCharsets.UTF_8).lines().findFirst().orElse("")
          : "";
    } catch (IOException _) {
      // There is no such program.
      return "";
    }
  }

  private Path find(String name) throws IOException {
    try (var files = Files.walk(root)) {
      return files.filter(file -> file.endsWith(name)).sorted().findFirst().orElseThrow();
    }
  }

  /// A new component, which the whole depends on.
  private ObjectNode component(String type, String name, String version, String purl) {
    ObjectNode component = bill.withArray("components").addObject();
    component.put("type", type).put("bom-ref", purl).put("name", name);
    if (!version.isEmpty()) {
      component.put("version", version);
    }
    component.put("purl", purl);
    String self = bill.at("/metadata/component/bom-ref").asString();
    var dependencies = bill.withArray("dependencies");
    for (var dependency : dependencies) {
      if (dependency.path("ref").asString().equals(self)) {
        ((ObjectNode) dependency).withArray("dependsOn").add(purl);
      }
    }
    dependencies.addObject().put("ref", purl).putArray("dependsOn");
    return component;
  }

  private static String escaped(String version) {
    return version.replace("+", "%2B").replace(":", "%3A");
  }
}

package io.clusterzone.dns.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/// `deploy/Dockerfile` against the container that the build makes: the same files in the same
/// places, and the same user, ports, environment and entry point.
final class DockerfileTest {
  private static final String JIB = "//plugin[artifactId='jib-maven-plugin']/configuration/";

  private final XPath paths = XPathFactory.newInstance().newXPath();
  private final List<String> lines;
  private final Document pom;

  DockerfileTest() throws Exception {
    this.lines = Files.readAllLines(Chart.DEPLOY.resolve("Dockerfile"));
    this.pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse("pom.xml");
  }

  private List<Node> configured(String path) throws Exception {
    var nodes = (NodeList) paths.evaluate(JIB + path, pom, XPathConstants.NODESET);
    assertThat(nodes.getLength()).as(path).isPositive();
    return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).toList();
  }

  private List<String> texts(String path) throws Exception {
    return configured(path).stream().map(node -> node.getTextContent().strip()).toList();
  }

  private List<String> instructions(String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .toList();
  }

  /// Without the slash that may end the name of a directory.
  private static String unended(String copy) {
    return copy.endsWith(" /") ? copy : copy.replaceFirst("/$", "");
  }

  @Test
  void copiesTheSameFilesToTheSamePlaces() throws Exception {
    List<String> from =
        texts("extraDirectories/paths/path/from").stream()
            .map(path -> path.replace("${project.build.directory}", "dns-server/target") + "/")
            .toList();
    List<String> into = texts("extraDirectories/paths/path/into");
    assertThat(instructions("COPY").stream().map(DockerfileTest::unended))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, from.size())
                .mapToObj(i -> unended(from.get(i) + " " + into.get(i)))
                .distinct()
                .toList());
    assertThat(instructions("FROM")).isEqualTo(texts("from/image"));
  }

  @Test
  void startsTheSameAsTheSameUser() throws Exception {
    assertThat(instructions("USER")).isEqualTo(texts("container/user"));
    assertThat(instructions("WORKDIR")).isEqualTo(texts("container/workingDirectory"));
    assertThat(instructions("ENTRYPOINT"))
        .containsExactly("[\"" + texts("container/entrypoint").getFirst() + "\"]");
    assertThat(instructions("ENV").getFirst().split(" ", -1))
        .containsExactlyElementsOf(
            configured("container/environment/*").stream()
                .map(node -> node.getNodeName() + "=" + node.getTextContent())
                .toList());
    assertThat(instructions("EXPOSE").getFirst().split(" ", -1))
        .containsExactlyElementsOf(texts("container/ports/port"));
  }
}

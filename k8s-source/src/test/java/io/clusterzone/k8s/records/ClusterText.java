package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterEvent.Put;
import io.clusterzone.k8s.model.ClusterEvent.Remove;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/// Objects of a cluster, each on a line, for tests:
///
/// ```
///   namespace NS
///   service NS/NAME  ADDRESS...  PORT:PROTOCOL:NUMBER...
///   headless NS/NAME  PORT:PROTOCOL:NUMBER...
///   external NS/NAME  TARGET
///   slice NS/NAME  of=SERVICE import=SERVICE cluster=ID  ENDPOINT...  PORT:PROTOCOL:NUMBER...
///   pod NS/NAME  ADDRESS...
///   import NS/NAME  ADDRESS...  PORT:PROTOCOL:NUMBER...
///   headless-import NS/NAME  absent  PORT:PROTOCOL:NUMBER...
///   remove KIND NS/NAME
/// ```
///
/// An ENDPOINT is `at=ADDRESS,ADDRESS/hostname=H/pod=P/zone=Z/unready`. A PORT may be empty, a
/// NUMBER too.
public final class ClusterText {
  private ClusterText() {}

  static List<ClusterEvent> events(String lines) {
    return lines.lines().map(String::strip).filter(l -> !l.isEmpty()).map(l -> event(l)).toList();
  }

  public static ClusterEvent event(String line) {
    String[] words = line.strip().split(" +", -1);
    if (words[0].equals("remove")) {
      return new Remove(kind(words[1]), key(words[1], words[2]));
    }
    return new Put(object(words));
  }

  private static Kind kind(String word) {
    return switch (word) {
      case "namespace" -> Kind.NAMESPACE;
      case "service", "headless", "external" -> Kind.SERVICE;
      case "slice" -> Kind.ENDPOINT_SLICE;
      case "pod" -> Kind.POD;
      case "import", "headless-import" -> Kind.SERVICE_IMPORT;
      default -> throw new IllegalArgumentException("no kind of object: " + word);
    };
  }

  private static ObjectKey key(String kind, String word) {
    int slash = word.indexOf('/');
    if (kind.equals("namespace")) {
      return new ObjectKey("", word);
    }
    if (slash < 0) {
      throw new IllegalArgumentException("NS/NAME is missing: " + word);
    }
    return new ObjectKey(word.substring(0, slash), word.substring(slash + 1));
  }

  private static ClusterObject object(String[] words) {
    ObjectKey key = key(words[0], words[1]);
    List<String> rest = List.of(words).subList(2, words.length);
    return switch (words[0]) {
      case "namespace" -> new Namespace(words[1]);
      case "service" -> new Service(key, Service.Type.CLUSTER_IP, addresses(rest), ports(rest), "");
      case "headless" -> new Service(key, Service.Type.HEADLESS, List.of(), ports(rest), "");
      case "external" ->
          new Service(
              key,
              Service.Type.EXTERNAL_NAME,
              List.of(),
              List.of(),
              rest.isEmpty() ? "" : rest.get(0));
      case "slice" -> slice(key, rest);
      case "pod" -> new Pod(key, addresses(rest));
      case "import" -> new ServiceImport(key, false, addresses(rest), ports(rest));
      case "headless-import" ->
          new ServiceImport(key, true, rest.contains("absent"), List.of(), ports(rest));
      default -> throw new IllegalArgumentException("no kind of object: " + words[0]);
    };
  }

  private static EndpointSlice slice(ObjectKey key, List<String> words) {
    return new EndpointSlice(
        key,
        value(words, "of="),
        value(words, "import="),
        value(words, "cluster="),
        words.stream().filter(w -> w.startsWith("at=")).map(w -> endpoint(w)).toList(),
        ports(words));
  }

  private static Endpoint endpoint(String word) {
    List<String> parts = List.of(word.split("/", -1));
    List<IpAddress> addresses = new ArrayList<>();
    for (String address : value(parts, "at=").split(",", -1)) {
      if (!address.isEmpty()) {
        addresses.add(IpAddress.parse(address));
      }
    }
    return new Endpoint(
        addresses,
        !parts.contains("unready"),
        value(parts, "hostname="),
        value(parts, "pod="),
        value(parts, "zone="));
  }

  private static String value(List<String> words, String prefix) {
    return words.stream()
        .filter(word -> word.startsWith(prefix))
        .map(word -> word.substring(prefix.length()))
        .findFirst()
        .orElse("");
  }

  private static boolean isPort(String word) {
    return !word.contains("=") && word.matches("[^:]*:[a-z]+:(-?[0-9]+)?");
  }

  private static List<Port> ports(List<String> words) {
    return words.stream().filter(ClusterText::isPort).map(ClusterText::port).toList();
  }

  private static Port port(String word) {
    String[] parts = word.split(":", -1);
    int number = parts[2].isEmpty() ? Port.NO_NUMBER : Integer.parseInt(parts[2]);
    return new Port(parts[0], parts[1], number);
  }

  private static List<IpAddress> addresses(List<String> words) {
    return words.stream().filter(word -> !isPort(word)).map(IpAddress::parse).toList();
  }
}

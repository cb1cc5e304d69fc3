package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.server.CorefileFile;
import io.clusterzone.dns.server.ListenAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The configuration meant by the options of `serve` and `dump`.
final class ServedCorefile {
  private static final Path DEFAULT_FILE = Path.of("Corefile");

  private ServedCorefile() {}

  /// The Corefile that `--manifests` or `--kubeconfig` and their companions stand for; null if
  /// `serve` was given a Corefile.
  ///
  /// @throws CommandFailure if the options contradict each other, or a file is not there
  static @Nullable Corefile implied(ServeOptions options) {
    checkMade(options.source);
    if (meansKubeconfig(options.source)) {
      return ofKubeconfig(options.source, options.zones, listeners(options));
    }
    if (meansManifests(options.source)) {
      return ImpliedCorefile.ofManifests(
          options.source.manifests,
          options.source.made.options(),
          options.zones,
          listeners(options));
    }
    if (!options.zones.isEmpty() || !options.listen.isEmpty()) {
      throw CommandFailure.usage(
          "--zone and --listen go with --manifests or --kubeconfig; a Corefile says both in the"
              + " keys of its blocks");
    }
    return null;
  }

  /// The Corefile that `serve` was given.
  ///
  /// @throws CommandFailure if none is named and there is none
  static CorefileFile file(ServeOptions options) {
    return CorefileFile.at(
        path(options.source),
        ParseOptions.ofProcess().withDefaultPort(options.port(ParseOptions.DEFAULT_PORT)));
  }

  /// The source of the zones of `dump`.
  ///
  /// @throws CommandFailure if the options contradict each other, the Corefile has problems, or
  ///   manifests are not there
  static Corefile of(SourceOptions source, List<String> zones) {
    checkMade(source);
    if (meansKubeconfig(source)) {
      return ofKubeconfig(source, zones, List.of(ListenAddress.DEFAULT));
    }
    return meansManifests(source)
        ? ImpliedCorefile.ofManifests(
            source.manifests, source.made.options(), zones, List.of(ListenAddress.DEFAULT))
        : CorefileFile.good(
            CorefileFile.at(path(source), ParseOptions.ofProcess()).read().result());
  }

  private static void checkMade(SourceOptions source) {
    if (source.manifests.isEmpty() && source.made.isGiven()) {
      throw CommandFailure.usage(
          "--service-cidr, --pod-cidr, --nodes, --namespace and --render go with --manifests; a"
              + " Corefile says the rest beside its own: kubernetes { manifests PATH service_cidr"
              + " CIDR }");
    }
  }

  private static boolean meansKubeconfig(SourceOptions source) {
    if (source.kubeconfig == null && source.context != null) {
      throw CommandFailure.usage("--context goes with --kubeconfig, which names the file it is in");
    }
    if (source.kubeconfig != null && (!source.manifests.isEmpty() || source.conf != null)) {
      throw CommandFailure.usage(
          "--kubeconfig excludes --manifests and --conf; a Corefile names its cluster itself:"
              + " kubernetes { kubeconfig FILE [CONTEXT] }");
    }
    return source.kubeconfig != null;
  }

  private static Corefile ofKubeconfig(
      SourceOptions source, List<String> zones, List<ListenAddress> listeners) {
    Path file = Objects.requireNonNull(source.kubeconfig);
    return ImpliedCorefile.ofKubeconfig(
        file, Objects.requireNonNullElse(source.context, ""), zones, listeners);
  }

  private static boolean meansManifests(SourceOptions source) {
    if (!source.manifests.isEmpty() && source.conf != null) {
      throw CommandFailure.usage(
          "--manifests and --conf exclude each other; a Corefile names its manifests itself:"
              + " kubernetes { manifests PATH }");
    }
    return !source.manifests.isEmpty();
  }

  private static List<ListenAddress> listeners(ServeOptions options) {
    return options.listen.isEmpty()
        ? List.of(new ListenAddress(List.of(), options.port(ListenAddress.DEFAULT.port())))
        : options.listen.stream().map(ServedCorefile::listener).toList();
  }

  private static ListenAddress listener(String text) {
    try {
      return ListenAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(
          "--listen takes an address and a port such as 127.0.0.1:53, [::1]:53 or :53, not "
              + text);
    }
  }

  private static Path path(SourceOptions source) {
    Path named = source.conf;
    if (named != null) {
      return named;
    }
    if (!Files.exists(DEFAULT_FILE)) {
      throw CommandFailure.problem(
          "nothing to serve: there is no Corefile in this directory; name one with --conf,"
              + " manifests with --manifests, or a cluster with --kubeconfig");
    }
    return DEFAULT_FILE;
  }
}

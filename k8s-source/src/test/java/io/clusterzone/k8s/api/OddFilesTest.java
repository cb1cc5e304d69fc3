package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.api.connect.ApiConnection;
import io.clusterzone.k8s.api.connect.Kubeconfig;
import io.clusterzone.k8s.api.connect.Transport;
import io.clusterzone.k8s.api.snapshot.SnapshotFile;
import io.clusterzone.k8s.file.OddFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything that may stand in the place of each file that leads to an API server.
@NullMarked
final class OddFilesTest {
  @TempDir private Path directory = Path.of("");

  enum Reader {
    KUBECONFIG {
      @Override
      void read(Path file) {
        var _ = Kubeconfig.read(file, "");
      }
    },
    TOKEN {
      @Override
      void read(Path file) throws Exception {
        Files.writeString(file.resolveSibling("ca.crt"), "");
        var read =
            ApiConnection.read(
                new ApiAccess.Kubeconfig(kubeconfig(file, "", "{tokenFile: odd}"), ""),
                Map.of(),
                file);
        var _ = read.config().getOauthTokenProvider().getToken();
      }
    },
    AUTHORITY {
      @Override
      void read(Path file) throws Exception {
        get(kubeconfig(file, ", certificate-authority: odd", "{token: t}"));
      }
    },
    CERTIFICATE {
      @Override
      void read(Path file) throws Exception {
        get(kubeconfig(file, "", "{client-certificate: odd, client-key: odd}"));
      }
    },
    SNAPSHOT {
      @Override
      void read(Path file) throws Exception {
        SnapshotFile.open(file, "all").close();
      }
    };

    abstract void read(Path file) throws Exception;

    private static Path kubeconfig(Path odd, String cluster, String user) throws Exception {
      Path file = odd.resolveSibling("kubeconfig");
      Files.writeString(
          file,
          """
          current-context: c
          contexts: [{name: c, context: {cluster: c, user: u}}]
          clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"%s}}]
          users: [{name: u, user: %s}]
          """
              .formatted(cluster, user));
      return file;
    }

    private static void get(Path kubeconfig) throws Exception {
      var opened =
          ApiConnection.open(new ApiAccess.Kubeconfig(kubeconfig, ""), Map.of(), kubeconfig);
      opened.transport().get(new Transport.Request("/", "application/json", false)).close();
    }
  }

  static List<Arguments> filesAndReaders() {
    List<Arguments> all = new ArrayList<>();
    for (OddFile odd : OddFile.values()) {
      for (Reader reader : Reader.values()) {
        all.add(Arguments.of(odd, reader));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("filesAndReaders")
  void isRefusedByName(OddFile odd, Reader reader) throws Exception {
    Path file = directory.resolve("odd");
    odd.put(file);
    assertThatThrownBy(() -> reader.read(file)).hasMessageContaining(odd.reason());
  }
}

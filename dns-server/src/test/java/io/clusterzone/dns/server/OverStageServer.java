package io.clusterzone.dns.server;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Tests that ask one [StageServer], which lives from the first of them to the last.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OverStageServer {
  StageServer server;

  @BeforeAll
  void start(@TempDir Path manifests) throws Exception {
    server = new StageServer(manifests);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  static List<StageServer.Row> rows() {
    return StageServer.rows();
  }
}

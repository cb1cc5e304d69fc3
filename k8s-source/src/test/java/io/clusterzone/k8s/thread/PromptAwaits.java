package io.clusterzone.k8s.thread;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Lets each wait of a test end within milliseconds of the condition: Awaitility's own first look
/// is after 100 ms. Registered for all tests of a module by its service file.
public final class PromptAwaits implements BeforeAllCallback {
  private static final Duration INTERVAL = Duration.ofMillis(5);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(INTERVAL);
  }
}

package io.clusterzone.dns.query;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Collects what Netty says about buffers that were never released.
public final class LeakWatch extends Handler {
  private final Logger logger = Logger.getLogger(ResourceLeakDetector.class.getName());
  private final List<String> leaks = Collections.synchronizedList(new ArrayList<>());

  /// What was lost before is another's.
  public static LeakWatch start() {
    LeakWatch watch = new LeakWatch();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    showLost();
    watch.logger.addHandler(watch);
    return watch;
  }

  /// A leak shows when its buffer has been collected and another one is made.
  private static void showLost() {
    for (int i = 0; i < 10; i++) {
      System.gc();
      ByteBuf probe = ByteBufAllocator.DEFAULT.directBuffer(16);
      probe.release();
    }
  }

  public List<String> stop() {
    showLost();
    logger.removeHandler(this);
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
    return leaks;
  }

  @Override
  public void publish(LogRecord line) {
    leaks.add(line.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}

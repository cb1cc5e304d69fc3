package io.clusterzone.dns.query;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
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

  /// A leak shows when its buffer has been collected, the collector has told of that, and another
  /// buffer is made. Once the collector has told of what a second collection found, it has told of
  /// all that the first did.
  private static void showLost() {
    collect();
    collect();
    ByteBuf probe = ByteBufAllocator.DEFAULT.directBuffer(16);
    probe.release();
  }

  private static void collect() {
    var collected = new ReferenceQueue<Object>();
    var lost = new WeakReference<>(new Object(), collected);
    try {
      do {
        System.gc();
      } while (collected.remove(1000) == null);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      Reference.reachabilityFence(lost);
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

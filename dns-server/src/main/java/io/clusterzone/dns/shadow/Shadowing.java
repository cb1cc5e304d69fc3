package io.clusterzone.dns.shadow;

import io.clusterzone.dns.config.Shadow;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.query.ReplyTap;
import io.clusterzone.k8s.thread.SteadyThread;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The directive `shadow` at work. Made, changed and closed by any thread; event loops meet it as
/// the tap of their server blocks.
///
/// ```
///   event loop --> LoopTap --> SampleRing --+            +--> Differences --> PeerCounts
///   event loop --> LoopTap --> SampleRing --+--> thread "shadow"    |    \--> KeptDifferences
///                                           +--> OtherServer        +--> Disputes (asked again)
/// ```
public final class Shadowing implements ReplyTap, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Shadow directive;
  private final SecureRandom seeds = new SecureRandom();
  private final Map<EventLoop, LoopTap> taps = new ConcurrentHashMap<>();
  private final KeptDifferences kept;
  private final OtherServer other;
  private final ShadowTurn turn;
  private final SteadyThread thread;
  private volatile @Nullable OwnAnswers own;

  /// @param metrics has the counts of each address
  /// @throws IOException if the process may open no more files
  public Shadowing(Shadow directive, ShadowMetrics metrics) throws IOException {
    this(directive, metrics, AskingAgain.DEFAULT);
  }

  Shadowing(Shadow directive, ShadowMetrics metrics, AskingAgain times) throws IOException {
    this.directive = directive;
    kept = new KeptDifferences(directive.keep(), InstantSource.system());
    other = new OtherServer(directive, metrics::of);
    turn = new ShadowTurn(taps.values(), other, new Differences(this::own, kept, other, times));
    thread = SteadyThread.loop("shadow", turn);
  }

  public Shadow directive() {
    return directive;
  }

  /// Takes the answers of these server blocks from now on; begins with the first ones.
  public synchronized void answerFrom(OwnAnswers next) {
    boolean first = own == null;
    own = next;
    if (first) {
      thread.start();
    }
  }

  private OwnAnswers own() {
    return Objects.requireNonNull(own);
  }

  @Override
  public OnLoop on(LoopChannels channels) {
    return taps.computeIfAbsent(channels.loop(), _ -> new LoopTap(directive, seed()));
  }

  Collection<LoopTap> taps() {
    return taps.values();
  }

  private long seed() {
    return seeds.nextLong() | 1;
  }

  /// Replies that were chosen and not compared.
  long dropped(Drop reason) {
    return turn.drops().get(reason)
        + taps.values().stream().mapToLong(tap -> tap.drops().get(reason)).sum();
  }

  int inFlight() {
    return turn.inFlight();
  }

  int disputed() {
    return turn.disputed();
  }

  List<KeptDifference> differences() {
    return kept.all();
  }

  /// Ends. What waits is forgotten.
  @Override
  public void close() {
    thread.close();
    if (thread.awaitEnd(PATIENCE)) {
      other.close();
    }
  }
}

package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.KindFeed.Part;
import io.clusterzone.k8s.api.connect.Timing;
import io.clusterzone.k8s.api.connect.Transport;
import io.clusterzone.k8s.api.decode.ApiEvent;
import io.clusterzone.k8s.api.decode.Decoder.Content;
import io.clusterzone.k8s.model.ObjectKey;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Anti-entropy: every few minutes asks for the metadata of all objects and compares it with the
/// known ones. The reflector's thread runs it between two pieces of its watch, a page at a time.
///
/// List and watch are two connections, so a difference may only be news that the watch has not
/// brought yet, or news that the list does not have: all its pages are of the moment of the first.
/// It counts as drift when the watch has not mentioned the object since the check began, and has
/// had [Patience#settle] for it.
final class DriftCheck {
  private static final Logger LOG = LoggerFactory.getLogger(DriftCheck.class);

  private enum State {
    IDLE,
    LISTING,
    SETTLING
  }

  private final Resource resource;
  private final Transport transport;
  private final KindFeed feed;
  private final Part part;
  private final Timing timing;
  private final Patience patience;

  private State state = State.IDLE;
  private long dueNanos;
  private String next = "";
  private final Set<ObjectKey> unseen = new HashSet<>();

  /// The objects that the watch mentioned while the list is read.
  private final Set<ObjectKey> heard = new HashSet<>();

  private final Set<ObjectKey> suspects = new HashSet<>();

  DriftCheck(
      Resource resource,
      Transport transport,
      KindFeed feed,
      Part part,
      Timing timing,
      Patience patience) {
    this.resource = resource;
    this.transport = transport;
    this.feed = feed;
    this.part = part;
    this.timing = timing;
    this.patience = patience;
  }

  /// All has just been listed: the next check is a whole interval away.
  void restart() {
    state = State.IDLE;
    dueNanos = timing.nanoTime() + patience.checkInterval().toNanos();
    unseen.clear();
    heard.clear();
    suspects.clear();
  }

  /// Notes that the watch mentioned an object.
  void heard(ObjectKey key) {
    suspects.remove(key);
    if (state == State.LISTING) {
      heard.add(key);
    }
  }

  /// The watch has begun, and has yet to bring what it missed: if its time is over, it was over
  /// without a watch. One that breaks again and again does not put the end off for ever.
  void watchBegun() {
    if (state == State.SETTLING && untilDue() == 0) {
      dueNanos = timing.nanoTime() + patience.settle().toNanos();
    }
  }

  /// Nanoseconds until there is something to do; 0 if there is now.
  long untilDue() {
    return state == State.LISTING ? 0 : Math.max(0, dueNanos - timing.nanoTime());
  }

  /// Does the next bit.
  ///
  /// @throws RelistException if there is drift
  void step() throws RelistException, InterruptedException {
    try {
      switch (state) {
        case IDLE -> begin();
        case LISTING -> page();
        case SETTLING -> settle();
      }
    } catch (RelistException e) {
      throw e;
    } catch (IOException e) {
      LOG.info("{}: not checked for drift: {}", resource, e.getMessage());
      restart();
    }
  }

  private void begin() {
    unseen.addAll(feed.keysOf(part));
    next = "";
    state = State.LISTING;
  }

  private void page() throws IOException, InterruptedException {
    try (var stream =
        EventStream.open(
            transport,
            resource.listMetadata(next),
            resource,
            Content.LIST_OF_METADATA,
            feed.status()::received)) {
      stream.readAll(patience.listSilence(), this::compare);
    }
  }

  private void compare(ApiEvent event) throws IOException {
    switch (event) {
      case ApiEvent.Listed(var version) -> {
        unseen.remove(version.key());
        suspect(version.key(), version.fingerprint());
      }
      case ApiEvent.PageEnd page -> {
        next = page.next();
        if (next.isEmpty()) {
          listed();
        }
      }
      case ApiEvent.Failed failed -> throw new ApiFailure(failed);
      case ApiEvent.Foreign foreign -> throw new IOException(foreign.problem());
      case ApiEvent.Unusable _, ApiEvent.Present _, ApiEvent.Gone _, ApiEvent.Bookmark _ -> {}
    }
  }

  private void suspect(ObjectKey key, long listed) {
    if (feed.fingerprint(key) != listed && !heard.contains(key)) {
      suspects.add(key);
    }
  }

  private void listed() {
    for (ObjectKey key : unseen) {
      suspect(key, KindFeed.ABSENT);
    }
    unseen.clear();
    heard.clear();
    state = State.SETTLING;
    long wait = suspects.isEmpty() ? 0 : patience.settle().toNanos();
    dueNanos = timing.nanoTime() + wait;
  }

  /// The watch has had its chance.
  private void settle() throws RelistException {
    for (ObjectKey key : suspects) {
      LOG.warn("{}: {} differs from the server's", resource, key);
    }
    int drifted = suspects.size();
    restart();
    if (drifted > 0) {
      feed.status().drifted(drifted);
      throw new RelistException(RelistReason.DRIFT, drifted + " objects differ from the server's");
    }
    feed.status().checkedClean(resource, timing.now());
  }
}

package io.clusterzone.k8s.api;

import io.clusterzone.k8s.model.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The state of one kind, for metrics and `/ready`. Written by reflectors, read on any thread;
/// counters only grow.
public final class KindStatus {
  private final Kind kind;
  private final AtomicInteger objects = new AtomicInteger();
  private final AtomicLong heldOctets = new AtomicLong();
  private final AtomicLong receivedOctets = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong drift = new AtomicLong();
  private final AtomicLong watches = new AtomicLong();
  private final AtomicLong unusable = new AtomicLong();
  private final Map<RelistReason, AtomicLong> relists = new EnumMap<>(RelistReason.class);
  private final Map<Resource, String> problems = new ConcurrentHashMap<>();

  /// The last time that each watch proved itself up to date.
  private final Map<Resource, Instant> proofs = new ConcurrentHashMap<>();

  private volatile boolean synced;
  private volatile boolean fromSnapshot;
  private volatile Instant lastEvent = Instant.EPOCH;
  private volatile Instant lastCleanCheck = Instant.EPOCH;

  public KindStatus(Kind kind) {
    this.kind = kind;
    for (var reason : RelistReason.values()) {
      relists.put(reason, new AtomicLong());
    }
  }

  public Kind kind() {
    return kind;
  }

  /// The name of the kind as permissions have it: `services`.
  public String plural() {
    return Resource.plural(kind);
  }

  /// Whether all objects have been learnt from the server once. Once true, stays true.
  public boolean synced() {
    return synced;
  }

  /// Whether answers come from the snapshot, the server not having been heard since.
  public boolean fromSnapshot() {
    return fromSnapshot && !synced;
  }

  public int objects() {
    return objects.get();
  }

  /// Octets in the fields of the objects held: names, addresses, ports.
  public long heldOctets() {
    return heldOctets.get();
  }

  /// Octets received in bodies of lists and watches.
  public long receivedOctets() {
    return receivedOctets.get();
  }

  /// Changes received, those that DNS does not see included.
  public long events() {
    return events.get();
  }

  /// Objects that differed from the server's at a check, and were healed.
  public long drift() {
    return drift.get();
  }

  /// Watches begun, the first included.
  public long watches() {
    return watches.get();
  }

  /// Events that could not be used.
  public long unusable() {
    return unusable.get();
  }

  public long relists(RelistReason reason) {
    return count(reason).get();
  }

  private AtomicLong count(RelistReason reason) {
    return Objects.requireNonNull(relists.get(reason));
  }

  /// The time of the last change; the epoch if never.
  public Instant lastEvent() {
    return lastEvent;
  }

  /// The last time when the served state was certainly the server's: a list, an event, a bookmark
  /// or a check without drift; of a snapshot, when it was written. The epoch if never.
  ///
  /// Of several watches it is the one that proved so the longest ago.
  public Instant lastProof() {
    return proofs.values().stream().min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
  }

  /// The time of the last check without drift; the epoch if never.
  public Instant lastCleanCheck() {
    return lastCleanCheck;
  }

  /// The present problems, one line for each watch that has one.
  public Collection<String> problems() {
    return problems.values().stream().sorted().toList();
  }

  void sizeIs(int size, long sizeInOctets) {
    objects.set(size);
    heldOctets.set(sizeInOctets);
  }

  void received(int octets) {
    receivedOctets.addAndGet(octets);
  }

  /// Adds a watch that the kind is learnt by.
  void isLearntBy(Resource resource) {
    proofs.put(resource, Instant.EPOCH);
  }

  void changed(Resource resource, Instant now) {
    events.incrementAndGet();
    lastEvent = now;
    proven(resource, now);
  }

  void proven(Resource resource, Instant now) {
    proofs.put(resource, now);
  }

  void checkedClean(Resource resource, Instant now) {
    lastCleanCheck = now;
    proven(resource, now);
  }

  void drifted(int count) {
    drift.addAndGet(count);
  }

  void watchBegun() {
    watches.incrementAndGet();
  }

  void relisted(RelistReason reason) {
    count(reason).incrementAndGet();
  }

  void isUnusable() {
    unusable.incrementAndGet();
  }

  void isSynced() {
    synced = true;
  }

  void isFromSnapshot(Instant written) {
    proofs.replaceAll((_, _) -> written);
    fromSnapshot = true;
  }

  /// True if this is news about that resource.
  boolean problem(Resource resource, String problem) {
    return !problem.equals(problems.put(resource, problem));
  }

  /// True if there was a problem with that resource.
  boolean solved(Resource resource) {
    return problems.remove(resource) != null;
  }
}

package io.clusterzone.dns.ops;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// The numbers of one [Scope] on one event loop, whose thread alone adds to them.
///
/// Any thread may read. There is one writer, so an addition needs no atomic instruction; opaque
/// access keeps readers from seeing a torn or an eternally stale number. The numbers come into
/// being by pages of [#PAGE_SLOTS], each with the first event that is counted there: of ten
/// thousand zones few are asked for in every way there is.
public final class ScopeCounters {
  private static final VarHandle NUMBER = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int SIZE_PLACES = Buckets.SIZE.places();
  private static final int DURATION_PLACES = Buckets.DURATION.places();

  private static final int PAGE_BITS = 5;
  private static final int PAGE_SLOTS = 1 << PAGE_BITS;
  private static final int PAGES = (ScopeSlots.COUNT + PAGE_SLOTS - 1) >> PAGE_BITS;
  private static final long[] NO_PAGE = {};
  private static final long[][] NOTHING_COUNTED = {};

  private final CountedScope scope;
  private final int loop;
  private volatile long[][] pages = NOTHING_COUNTED;

  ScopeCounters(CountedScope scope, int loop) {
    this.scope = scope;
    this.loop = loop;
  }

  /// Counts a query that parses.
  public void request(Protocol protocol, boolean ipv6, int type, boolean dnssecOk, int octets) {
    add(ScopeSlots.request(protocol, ipv6, type), 1);
    size(ScopeSlots.requestSizes(protocol), octets);
    if (dnssecOk) {
      add(ScopeSlots.DNSSEC_OK, 1);
    }
  }

  public void response(Protocol protocol, int rcode, Stage stage, int octets) {
    add(ScopeSlots.response(rcode, stage), 1);
    size(ScopeSlots.responseSizes(protocol), octets);
  }

  /// Counts a query that was not let wait for an upstream.
  public void shed(ShedReason reason) {
    add(ScopeSlots.shed(reason), 1);
  }

  /// Counts how long a query took, from its arrival to its response.
  public void duration(long nanos) {
    add(ScopeSlots.DURATIONS + BucketIndex.ofDuration(nanos), 1);
    add(ScopeSlots.DURATIONS + DURATION_PLACES, nanos);
  }

  private void size(int first, int octets) {
    add(first + BucketIndex.ofSize(octets), 1);
    add(first + SIZE_PLACES, octets);
  }

  private void add(int slot, long amount) {
    long[][] all = pages;
    if (all.length == 0) {
      all = begin();
    }
    long[] page = all[slot >> PAGE_BITS];
    if (page.length == 0) {
      page = new long[PAGE_SLOTS];
      all[slot >> PAGE_BITS] = page;
    }
    int at = slot & PAGE_SLOTS - 1;
    NUMBER.setOpaque(page, at, page[at] + amount);
  }

  /// Pages of its own, or the common ones where too many scopes have their own.
  private long[][] begin() {
    pages = scope.isTold() ? ownPages() : scope.rest(loop).pagesOfRest();
    return pages;
  }

  private long[][] pagesOfRest() {
    if (pages.length == 0) {
      pages = ownPages();
    }
    return pages;
  }

  private static long[][] ownPages() {
    long[][] none = new long[PAGES][];
    Arrays.fill(none, NO_PAGE);
    return none;
  }

  /// 0 where nothing has been counted yet.
  long get(int slot) {
    long[][] all = pages;
    long[] page = all.length == 0 ? NO_PAGE : all[slot >> PAGE_BITS];
    return page.length == 0 ? 0 : (long) NUMBER.getOpaque(page, slot & PAGE_SLOTS - 1);
  }
}

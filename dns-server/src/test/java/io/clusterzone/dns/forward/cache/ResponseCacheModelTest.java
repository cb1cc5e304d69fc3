package io.clusterzone.dns.forward.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.forward.Replies;
import io.clusterzone.dns.forward.reply.CleanedReply;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.ReplyCleaner;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.dns.forward.reply.TtlCaps;
import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.name.Name;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Random replies, failures and looks under random options, against maps that forget nothing by
/// themselves. The clock is the test's own.
final class ResponseCacheModelTest {
  private static final int STEPS = 30_000;
  private static final int QUESTIONS = 40;
  private static final int AMPLE = 10_000;
  private static final int SCARCE = 8;
  private static final int[] TTLS = {0, 1, 5, 30, 300, 3600};
  private static final Name DISABLED = Name.parse("off.example.");

  /// The sorts of replies that a question may get.
  private enum Sort {
    DATA,
    NEGATIVE,
    FAILURE,
    TRUNCATED
  }

  private record Given(Sort sort, int ttl, StoredReply reply) {}

  private record Kept(StoredReply reply, boolean negative, long storedNanos, long lifetimeNanos) {}

  private record Failed(long sinceNanos, String reason, @Nullable StoredReply reply) {}

  private static final List<Question> QUESTIONS_ASKED = new ArrayList<>();
  private static final Map<Question, List<Given>> REPLIES = new HashMap<>();

  private final Map<Question, Kept> kept = new HashMap<>();
  private final Map<Question, Failed> failed = new HashMap<>();
  private long nanos = 1_000_000_000_000L;
  private long seed;
  private int step;

  @SuppressWarnings("NullAway.Init") // by begin
  private Cache options;

  @SuppressWarnings("NullAway.Init") // by begin
  private ResponseCache cache;

  @BeforeAll
  static void makeReplies() throws IOException {
    for (int i = 0; i < QUESTIONS; i++) {
      String text = "n".repeat(1 + i) + (i % 4 == 0 ? ".off.example." : ".on.example.");
      var question = new Question(Name.parse(text), Type.A, true, i % 3 == 0, false);
      Message query = query(text);
      List<Given> replies = new ArrayList<>();
      for (int ttl : TTLS) {
        Message data = Replies.answer(query, "@ " + ttl + " IN A 192.0.2." + i);
        replies.add(given(question, Sort.DATA, ttl, data));
        String soa = "example. " + ttl + " IN SOA a. b. 1 2 3 4 " + ttl;
        Message nodata = Replies.negative(query, Rcode.NOERROR, soa);
        replies.add(given(question, Sort.NEGATIVE, ttl, nodata));
        Message nxdomain = Replies.negative(query, Rcode.NXDOMAIN, soa);
        replies.add(given(question, Sort.NEGATIVE, ttl, nxdomain));
        Message cut = Replies.answer(query, "@ " + ttl + " IN A 192.0.2.1");
        cut.getHeader().setFlag(Flags.TC);
        replies.add(given(question, Sort.TRUNCATED, ttl, cut));
      }
      replies.add(given(question, Sort.FAILURE, 0, Replies.empty(query, Rcode.SERVFAIL)));
      QUESTIONS_ASKED.add(question);
      REPLIES.put(question, replies);
    }
  }

  private static Message query(String name) throws IOException {
    var asked = org.xbill.DNS.Name.fromString(name);
    return Message.newQuery(Record.newRecord(asked, Type.A, DClass.IN));
  }

  private static Given given(Question question, Sort sort, int ttl, Message reply) {
    var cleaned =
        (CleanedReply.Usable) ReplyCleaner.clean(question, reply.toWire(), TtlCaps.of(3600));
    return new Given(sort, ttl, cleaned.reply());
  }

  static List<Long> seeds() {
    return List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void doesAsMapsThatForgetNothing(long seed) {
    Random random = begin(seed, AMPLE);
    for (step = 0; step < STEPS; step++) {
      check(next(random));
    }
  }

  /// With little room anything may be missing, but nothing else is found, and never more than fits.
  /// Data is not preferred here: once it is missing it no longer outweighs a negative answer.
  @ParameterizedTest
  @MethodSource("seeds")
  void holdsNoMoreThanFits(long seed) {
    Random random = begin(seed, SCARCE);
    int missing = 0;
    for (step = 0; step < STEPS; step++) {
      next(random);
      if (step % 100 == 0) {
        missing += checkAll();
      }
    }
    assertThat(missing).as(place()).isPositive();
    assertThat(cache.dataEvictions()).as(place()).isPositive();
    assertThat(cache.negativeEvictions()).as(place()).isPositive();
  }

  private Random begin(long seed, int capacity) {
    var random = new Random(seed);
    this.seed = seed;
    options = options(random, capacity);
    cache = new ResponseCache(options, () -> nanos);
    return random;
  }

  private String place() {
    return "seed %d, step %d, %s".formatted(seed, step, options);
  }

  private static Cache options(Random random, int capacity) {
    Cache.Stale stale =
        random.nextInt(3) == 0
            ? Cache.Stale.OFF
            : new Cache.Stale(
                Duration.ofSeconds(random.nextInt(1000)),
                false,
                Duration.ZERO,
                30,
                Duration.ofSeconds(random.nextInt(60)),
                capacity == AMPLE && random.nextBoolean());
    return new Cache(
        List.of(Name.ROOT),
        bounds(random, capacity),
        bounds(random, capacity),
        Cache.Prefetch.OFF,
        stale,
        Duration.ofSeconds(random.nextInt(30)),
        false);
  }

  private static Cache.Bounds bounds(Random random, int capacity) {
    int most = 60 + random.nextInt(4000);
    int least = random.nextBoolean() ? 0 : random.nextInt(60);
    List<Name> disabled = random.nextBoolean() ? List.of() : List.of(DISABLED);
    return new Cache.Bounds(capacity, most, least, disabled);
  }

  /// Lets something happen, and says to which question.
  private Question next(Random random) {
    Question question = QUESTIONS_ASKED.get(random.nextInt(QUESTIONS));
    switch (random.nextInt(10)) {
      case 0 -> nanos += random.nextLong(TimeUnit.SECONDS.toNanos(2));
      case 1 -> nanos += TimeUnit.SECONDS.toNanos(random.nextInt(100));
      case 2 -> {
        String reason = "reason " + random.nextInt(3);
        cache.put(question, new Resolution.Failed(22, reason), nanos);
        failed.put(question, new Failed(nanos, reason, null));
      }
      case 3, 4, 5, 6 -> {
        List<Given> replies = Objects.requireNonNull(REPLIES.get(question));
        Given given = replies.get(random.nextInt(replies.size()));
        cache.put(question, new Resolution.Reply(given.reply(), 0, -1, false, false), nanos);
        remember(question, given);
      }
      default -> {}
    }
    return question;
  }

  private void remember(Question question, Given given) {
    boolean negative = given.sort() == Sort.NEGATIVE;
    Kept before = present(question);
    boolean outweighed =
        negative && options.stale().preferData() && before != null && !before.negative();
    if (given.sort() == Sort.TRUNCATED) {
      return;
    }
    if (given.sort() == Sort.FAILURE || outweighed) {
      failed.put(question, new Failed(nanos, "", given.reply()));
      return;
    }
    failed.remove(question);
    kept.remove(question);
    Cache.Bounds bounds = negative ? options.denial() : options.success();
    if (given.ttl() > 0 && !(isOff(question) && !bounds.disabled().isEmpty())) {
      int capped = Math.min(given.ttl(), bounds.maxTtlSeconds());
      long lifetime = TimeUnit.SECONDS.toNanos(Math.max(capped, bounds.minTtlSeconds()));
      kept.put(question, new Kept(given.reply(), negative, nanos, lifetime));
    }
  }

  private static boolean isOff(Question question) {
    return question.name().isAtOrBelow(DISABLED);
  }

  /// Also one that has expired and may still be used.
  private @Nullable Kept present(Question question) {
    long grace = options.stale().duration().toNanos();
    Kept there = kept.get(question);
    boolean lives = there != null && nanos - there.storedNanos() < there.lifetimeNanos() + grace;
    return lives ? there : null;
  }

  private void check(Question question) {
    Kept expected = present(question);
    CachedReply found = cache.find(question, nanos);
    require(found == null ? null : found.reply(), expected == null ? null : expected.reply());
    if (found != null && expected != null) {
      long age = nanos - expected.storedNanos();
      require(found.isFresh(nanos), age < expected.lifetimeNanos());
      require(found.ageSeconds(nanos), (int) TimeUnit.NANOSECONDS.toSeconds(age));
    }
    checkFailure(question);
  }

  private void checkFailure(Question question) {
    Failed failure = failed.get(question);
    long recheck = options.stale().isOff() ? 0 : options.stale().recheck().toNanos();
    long age = failure == null ? Long.MAX_VALUE : nanos - failure.sinceNanos();
    boolean hidden = isOff(question) && !options.denial().disabled().isEmpty();
    boolean told = age < options.failureTtl().toNanos() && !hidden;
    switch (cache.failure(question, nanos)) {
      case null -> require(false, told);
      case Resolution.Failed(int _, String reason) ->
          require(told ? Objects.requireNonNull(failure).reason() : "none", reason);
      case Resolution.Reply reply ->
          require(told ? Objects.requireNonNull(failure).reply() : null, reply.reply());
      case Resolution.Shed _, Resolution.NotForwarded _ -> throw new AssertionError(place());
    }
    require(cache.failedLately(question, nanos), age < recheck);
  }

  private void require(@Nullable Object found, @Nullable Object expected) {
    if (!Objects.equals(found, expected)) {
      throw new AssertionError(place() + ": " + found + ", not " + expected);
    }
  }

  /// How many replies are missing that a cache without bounds would have.
  private int checkAll() {
    int missing = 0;
    long[] octets = new long[2];
    for (Question question : QUESTIONS_ASKED) {
      Kept expected = present(question);
      CachedReply found = cache.find(question, nanos);
      if (found == null) {
        missing += expected == null ? 0 : 1;
      } else {
        require(found.reply(), expected == null ? null : expected.reply());
        octets[found.reply().isNegative() ? 1 : 0] +=
            question.name().length() + found.reply().weight();
      }
    }
    for (long sum : octets) {
      assertThat(sum).as(place()).isLessThanOrEqualTo(SCARCE * ResponseCache.OCTETS_PER_REPLY);
    }
    return missing;
  }
}

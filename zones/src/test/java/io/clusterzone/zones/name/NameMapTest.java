package io.clusterzone.zones.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NameMapTest {
  /// Hash functions, the later ones so bad that the trie grows deep and needs buckets.
  enum Hash {
    PROCESS,
    HIGH_BITS_ONLY,
    LOW_BITS_ONLY,
    ALL_EQUAL;

    long of(byte[] name) {
      return switch (this) {
        case PROCESS -> NameHash.of(name, 0, name.length);
        case HIGH_BITS_ONLY -> (long) (name[2] & 15) << 60;
        case LOW_BITS_ONLY -> name[2] & 3;
        case ALL_EQUAL -> -1L;
      };
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by identity
  private record Numbered(byte[] bytes, long hash, int number) implements NameMap.Entry {
    static Numbered of(String name, Hash hash, int number) {
      byte[] wire = Name.parse(name).toFoldedWire();
      return new Numbered(wire, hash.of(wire), number);
    }

    @Override
    public boolean hasName(byte[] folded, int offset, int length) {
      return Arrays.equals(bytes, 0, bytes.length, folded, offset, offset + length);
    }

    @Override
    public boolean hasNameOf(NameMap.Entry other) {
      return Arrays.equals(bytes, ((Numbered) other).bytes);
    }
  }

  private static @Nullable Numbered find(NameMap<Numbered> map, String name, Hash hash) {
    Numbered key = Numbered.of(name, hash, 0);
    return map.find(key.bytes(), 0, key.bytes().length, key.hash());
  }

  private static Map<String, Integer> contents(NameMap<Numbered> map) {
    Map<String, Integer> contents = new HashMap<>();
    map.forEach(entry -> {
      String name = Name.ofWire(entry.bytes(), 0).toString();
      assertThat(contents.put(name, entry.number())).as(name).isNull();
    });
    return contents;
  }

  @ParameterizedTest
  @EnumSource
  void behavesAsAHashMapUnderRandomOperations(Hash hash) {
    long seed = System.nanoTime();
    var random = new Random(seed);
    NameMap<Numbered> map = NameMap.empty();
    Map<String, Integer> model = new HashMap<>();
    List<NameMap<Numbered>> versions = new ArrayList<>(List.of(map));
    List<Map<String, Integer>> models = new ArrayList<>(List.of(Map.of()));
    for (int batch = 0; batch < 200; batch++) {
      NameMapEditor<Numbered> editor = map.edit();
      for (int i = random.nextInt(20); i >= 0; i--) {
        String name = "n" + random.nextInt(60) + ".example.";
        Numbered entry = Numbered.of(name, hash, random.nextInt(5));
        if (random.nextInt(5) < (batch / 50 % 2 == 0 ? 3 : 1)) {
          editor.put(entry);
          model.put(name, entry.number());
        } else {
          editor.remove(entry);
          model.remove(name);
        }
      }
      map = editor.finish();
      versions.add(map);
      models.add(Map.copyOf(model));
      editor.put(Numbered.of("late.example.", hash, 0));
    }
    for (int i = 0; i < versions.size(); i++) {
      check(versions.get(i), models.get(i), hash, "seed " + seed + ", version " + i);
    }
    checkDifferences(versions, "seed " + seed);
  }

  private static void check(
      NameMap<Numbered> map, Map<String, Integer> model, Hash hash, String where) {
    assertThat(contents(map)).as(where).isEqualTo(model);
    assertThat(map.size()).as(where).isEqualTo(model.size());
    for (int i = 0; i < 60; i++) {
      String name = "n" + i + ".example.";
      Numbered found = find(map, name, hash);
      assertThat(found == null ? null : found.number()).as(where).isEqualTo(model.get(name));
    }
  }

  private static void checkDifferences(List<NameMap<Numbered>> versions, String where) {
    for (int i = 0; i < versions.size(); i++) {
      NameMap<Numbered> before = versions.get(i);
      NameMap<Numbered> after = versions.get((i * 7 + 1) % versions.size());
      Map<String, Integer> patched = contents(before);
      before.forEachDifference(
          after,
          (old, next) -> {
            Numbered one = old == null ? Objects.requireNonNull(next) : old;
            String name = Name.ofWire(one.bytes(), 0).toString();
            assertThat(patched.get(name)).as(where).isEqualTo(old == null ? null : old.number());
            if (next == null) {
              patched.remove(name);
            } else {
              patched.put(name, next.number());
            }
          });
      assertThat(patched).as(where).isEqualTo(contents(after));
    }
  }

  @Test
  void findsNothingInAnEmptyMap() {
    assertThat(find(NameMap.empty(), "a.", Hash.PROCESS)).isNull();
  }

  @Test
  void sharesAllButThePathToAChange() {
    NameMapEditor<Numbered> editor = NameMap.<Numbered>empty().edit();
    for (int i = 0; i < 10_000; i++) {
      editor.put(Numbered.of("n" + i + ".example.", Hash.PROCESS, 0));
    }
    NameMap<Numbered> before = editor.finish();
    NameMapEditor<Numbered> next = before.edit();
    next.put(Numbered.of("n5000.example.", Hash.PROCESS, 1));
    NameMap<Numbered> after = next.finish();
    Set<Branch> shared = branches(before.root);

    assertThat(shared).hasSizeGreaterThan(1000);
    assertThat(branches(after.root)).hasSameSizeAs(shared);
    assertThat(branches(after.root))
        .filteredOn(branch -> !shared.contains(branch))
        .hasSizeLessThan(8);
  }

  private static Set<Branch> branches(Branch root) {
    Set<Branch> branches = new HashSet<>(List.of(root));
    for (Object slot : root.slots) {
      if (slot instanceof Branch below) {
        branches.addAll(branches(below));
      }
    }
    return branches;
  }

  @Test
  void hasOneShapeForOneSetOfEntries() {
    NameMapEditor<Numbered> direct = NameMap.<Numbered>empty().edit();
    NameMapEditor<Numbered> detour = NameMap.<Numbered>empty().edit();
    for (int i = 999; i >= 0; i--) {
      detour.put(Numbered.of("n" + i + ".example.", Hash.PROCESS, 0));
    }
    for (int i = 0; i < 1000; i++) {
      Numbered entry = Numbered.of("n" + i + ".example.", Hash.PROCESS, 0);
      if (i % 10 == 0) {
        direct.put(entry);
        detour.put(entry);
      } else {
        detour.remove(entry);
      }
    }

    assertThat(shape(detour.finish().root)).isEqualTo(shape(direct.finish().root));
  }

  private static String shape(Object slot) {
    if (slot instanceof Branch branch) {
      return Arrays.stream(branch.slots).map(NameMapTest::shape).toList() + "/" + branch.bitmap;
    }
    return Name.ofWire(((Numbered) slot).bytes(), 0).toString();
  }
}

package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.ServerBlock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Which server blocks of a Corefile are those of the one before.
final class FormerBlocksTest {
  private static final int BLOCKS = 1000;

  private static String line(int i) {
    return "z%d.example {\n bind 127.0.0.1\n errors\n whoami\n}\n".formatted(i);
  }

  private static List<String> lines() {
    return new ArrayList<>(IntStream.range(0, BLOCKS).mapToObj(FormerBlocksTest::line).toList());
  }

  private static Corefile read(List<String> lines, Corefile before) {
    return CorefileParser.read(
            "Corefile",
            String.join("", lines),
            Corefiles.OPTIONS,
            new Corefiles.MapFiles(Map.of()),
            before)
        .legible();
  }

  /// How many blocks of a text are objects of the one before.
  private static long same(List<String> lines) {
    Corefile before = read(lines(), new Corefile(List.of()));
    Corefile next = read(lines, before);
    assertThat(next).isEqualTo(read(lines, new Corefile(List.of())));
    Set<ServerBlock> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(before.blocks());
    return next.blocks().stream().filter(known::contains).count();
  }

  @Test
  void allAreKnownOfAnEqualFile() {
    assertThat(same(lines())).isEqualTo(BLOCKS);
  }

  @Test
  void aBlockThatChangesIsTheOnlyNewOne() {
    List<String> lines = lines();
    lines.set(0, "z0.example {\n whoami\n}\n");
    lines.set(500, "z500.example {\n whoami\n}\n");
    assertThat(same(lines)).isEqualTo(BLOCKS - 2);
  }

  @Test
  void blocksThatComeOrGoLeaveTheOthersKnown() {
    List<String> lines = lines();
    lines.add(0, line(BLOCKS));
    lines.subList(300, 400).clear();
    lines.add(line(BLOCKS + 1));
    assertThat(same(lines)).isEqualTo(BLOCKS - 100);
  }

  /// Two blocks that say the same, as may be while an interface is missing, stay two.
  @Test
  void noBlockIsTakenTwice() {
    List<String> twice = List.of("a {\n bind eth9\n}\n", "a {\n bind eth9\n}\n");
    Corefile before = read(twice, new Corefile(List.of()));
    Corefile next = read(twice, before);
    assertThat(next.blocks().get(0)).isSameAs(before.blocks().get(0));
    assertThat(next.blocks().get(1)).isSameAs(before.blocks().get(1));
    assertThat(next.blocks().get(0)).isNotSameAs(next.blocks().get(1));
  }
}

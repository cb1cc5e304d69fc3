package io.clusterzone.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Shed;
import io.clusterzone.dns.ops.ShedReason;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Places to wait in, found or not.
final class WaitingRoomTest {
  private static final int ELSEWHERE_ENOUGH = Integer.MAX_VALUE;

  private static WaitingRoom room(int waiting, int perClient) {
    return new WaitingRoom(new Shed(waiting, perClient, Shed.Reply.SERVFAIL));
  }

  /// The places a client gets if it takes all that it can get.
  private static int flood(WaitingRoom room, int client) {
    int taken = 0;
    while (room.enter(client, ELSEWHERE_ENOUGH) == null) {
      taken++;
    }
    return taken;
  }

  static List<Arguments> floods() {
    return List.of(
        Arguments.of(100, 0, List.of(50)),
        // Clients that come later get half of what is free, and so on.
        Arguments.of(100, 0, List.of(50, 25, 13, 6, 3, 2, 1)),
        Arguments.of(1, 0, List.of(1)),
        Arguments.of(2, 0, List.of(1, 1)),
        Arguments.of(100, 80, List.of(80, 20)),
        Arguments.of(100, 1, List.of(1, 1, 1)));
  }

  @ParameterizedTest
  @MethodSource("floods")
  void clientsGetTheirShare(int waiting, int perClient, List<Integer> shares) {
    WaitingRoom room = room(waiting, perClient);
    for (int client = 0; client < shares.size(); client++) {
      assertThat(flood(room, client)).as("client " + client).isEqualTo(shares.get(client));
    }
  }

  /// Two that flood by turns end with a third each, and a third stays free.
  @Test
  void equalFloodsLeaveAsMuchFreeAsEachHas() {
    WaitingRoom room = room(99, 0);
    int[] taken = new int[2];
    for (int i = 0; i < 1000; i++) {
      taken[i % 2] += room.enter(i % 2, ELSEWHERE_ENOUGH) == null ? 1 : 0;
    }
    assertThat(taken).containsExactly(33, 33);
    assertThat(room.enter(2, ELSEWHERE_ENOUGH)).isNull();
  }

  @Test
  void theShareIsAlsoOneOfWhatIsFreeElsewhere() {
    WaitingRoom room = room(1000, 0);
    int taken = 0;
    while (room.enter(1, 9 - taken) == null) {
      taken++;
    }
    assertThat(taken).isEqualTo(5);
  }

  @Test
  void saysWhatStandsAgainstIt() {
    WaitingRoom room = room(2, 2);
    assertThat(flood(room, 1)).isEqualTo(2);
    assertThat(room.enter(2, ELSEWHERE_ENOUGH)).isEqualTo(ShedReason.WAITING);
    room.leave(1);
    assertThat(room.enter(2, ELSEWHERE_ENOUGH)).isNull();
    WaitingRoom strict = room(10, 1);
    assertThat(flood(strict, 1)).isEqualTo(1);
    assertThat(strict.enter(1, ELSEWHERE_ENOUGH)).isEqualTo(ShedReason.CLIENT);
  }

  @Test
  void placesComeBack() {
    WaitingRoom room = room(10, 0);
    for (int round = 0; round < 3; round++) {
      int taken = flood(room, 7);
      assertThat(taken).isEqualTo(5);
      assertThat(room.taken()).isEqualTo(5);
      for (int i = 0; i < taken; i++) {
        room.leave(7);
      }
      assertThat(room.taken()).isZero();
    }
  }

  @Test
  void otherBoundsHoldForThoseWhoComeNext() {
    WaitingRoom room = room(10, 0);
    assertThat(flood(room, 1)).isEqualTo(5);
    room.change(new Shed(4, 0, Shed.Reply.DROP));
    assertThat(room.enter(2, ELSEWHERE_ENOUGH)).isEqualTo(ShedReason.WAITING);
    assertThat(room.reply()).isEqualTo(Shed.Reply.DROP);
    assertThat(room.taken()).isEqualTo(5);
  }

  @Test
  void allocatesNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    WaitingRoom room = room(1000, 0);
    enterAndLeave(room);
    long before = threads.getCurrentThreadAllocatedBytes();
    long nothing = threads.getCurrentThreadAllocatedBytes() - before;
    before = threads.getCurrentThreadAllocatedBytes();
    enterAndLeave(room);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isEqualTo(nothing);
  }

  private static void enterAndLeave(WaitingRoom room) {
    for (int client = 0; client < 10_000; client++) {
      if (room.enter(client, ELSEWHERE_ENOUGH) == null) {
        room.leave(client);
      }
    }
  }
}

package io.clusterzone.dns.transport.flood;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A program for the kernel that decides which datagrams a socket queues: those of named clients
/// each with a probability of its own, those of all others with the same. Confined to one thread.
///
/// It is a classic BPF program (`SO_ATTACH_FILTER`), for which no privilege is needed:
///
/// ```
///   A = the sender's IPv4 address, or the sum of the four words of its IPv6 address
///   if A is the first client:  random < kept ? accept : drop
///   if A is the second: ...
///   random < kept of all others ? accept : drop
/// ```
final class SocketFilter {
  /// The program stays below the 20 KiB that any kernel lets a socket have for it.
  static final int MOST_CLIENTS = 128;

  private static final int FPROG_OCTETS = 16;
  private static final int SO_ATTACH_FILTER = 26;
  private static final int SO_DETACH_FILTER = 27;

  // Instructions of <linux/filter.h>: code, where to go if true and if not, and a constant.
  private static final int INSTRUCTION_OCTETS = 8;
  private static final int LOAD_WORD = 0x20;
  private static final int LOAD_OCTET = 0x30;
  private static final int COPY_TO_X = 0x07;
  private static final int ADD_X = 0x0c;
  private static final int SHIFT_RIGHT = 0x74;
  private static final int JUMP = 0x05;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_GREATER = 0x25;
  private static final int RETURN = 0x06;

  /// Offsets from here on are into the IP header, whatever lies before it.
  private static final int IP_HEADER = -0x100000;

  private static final int IPV4_SOURCE = IP_HEADER + 12;
  private static final int IPV6_SOURCE = IP_HEADER + 8;
  private static final int RANDOM = -0x1000 + 56;
  private static final int DROP = 0;
  private static final int ACCEPT = -1;
  private static final int START = 14;
  private static final int PER_CLIENT = 5;
  private static final double WORDS = 0x1p32;

  private final ByteBuffer program =
      ByteBuffer.allocateDirect((START + (MOST_CLIENTS + 1) * PER_CLIENT) * INSTRUCTION_OCTETS)
          .order(ByteOrder.nativeOrder());
  private final ByteBuffer fprog =
      ByteBuffer.allocateDirect(FPROG_OCTETS).order(ByteOrder.nativeOrder());

  /// The program's word for an address of 4 or 16 octets. Some IPv6 addresses have the same.
  static int client(byte[] octets) {
    int sum = 0;
    for (int i = 0; i < octets.length; i++) {
      sum += (octets[i] & 0xff) << (Integer.SIZE - (i % Integer.BYTES + 1) * Byte.SIZE);
    }
    return sum;
  }

  /// Begins a program.
  void begin() {
    program.clear();
    add(LOAD_OCTET, 0, 0, IP_HEADER);
    add(SHIFT_RIGHT, 0, 0, 4);
    add(JUMP_IF_EQUAL, 0, 2, 4);
    add(LOAD_WORD, 0, 0, IPV4_SOURCE);
    add(JUMP, 0, 0, START - 5);
    add(LOAD_WORD, 0, 0, IPV6_SOURCE);
    for (int word = 1; word < 4; word++) {
      add(COPY_TO_X, 0, 0, 0);
      add(LOAD_WORD, 0, 0, IPV6_SOURCE + word * Integer.BYTES);
      add(ADD_X, 0, 0, 0);
    }
  }

  /// Adds one of at most [#MOST_CLIENTS] clients.
  ///
  /// @param kept the share of its datagrams that are queued, above 0 to 1
  void add(int client, double kept) {
    add(JUMP_IF_EQUAL, 0, PER_CLIENT - 1, client);
    keep(kept);
  }

  /// Ends the program.
  ///
  /// @param kept the share of all others' datagrams that are queued, above 0 to 1
  void end(double kept) {
    keep(kept);
    program.flip();
  }

  private void keep(double share) {
    add(LOAD_WORD, 0, 0, RANDOM);
    add(JUMP_IF_GREATER, 0, 1, (int) (long) Math.max(0, share * WORDS - 1));
    add(RETURN, 0, 0, DROP);
    add(RETURN, 0, 0, ACCEPT);
  }

  private void add(int code, int ifTrue, int ifNot, int constant) {
    program.putShort((short) code).put((byte) ifTrue).put((byte) ifNot).putInt(constant);
  }

  /// Has the kernel run the program for a socket, in place of the one before. The kernel copies it.
  ///
  /// @return false if this kernel or this kind of socket does not
  boolean attach(KernelSocket socket) {
    fprog.clear();
    fprog.putShort(0, (short) (program.limit() / INSTRUCTION_OCTETS));
    fprog.putLong(8, MemorySegment.ofBuffer(program).address());
    return socket.setOption(SO_ATTACH_FILTER, fprog);
  }

  static void detach(KernelSocket socket) {
    var _ = socket.setOption(SO_DETACH_FILTER, ByteBuffer.allocateDirect(Integer.BYTES));
  }
}

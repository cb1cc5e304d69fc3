package io.clusterzone.dns.query;

import io.clusterzone.dns.ops.Protocol;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// The receiver of the reply to one query. Lent by a transport to a [MessageHandler] for one call,
/// used on the event loop's thread only.
///
/// Each query ends with exactly one of [#send], [#drop] or [#later]; a handler that returns without
/// any of them has dropped the query.
public interface ReplySink {
  Protocol protocol();

  /// The client's address, for a log.
  InetSocketAddress client();

  /// Whether the client's address is an IPv6 address.
  boolean ipv6();

  /// The octets of the client's address, 4 or 16. Not to be changed.
  byte[] clientAddress();

  /// The address that was asked; the wildcard where the platform does not say.
  InetSocketAddress local();

  /// Whether the event loop is behind, at least with `sender`'s messages, so that work which can be
  /// refused should be. True of the event loop, also when the sink has been lent on.
  boolean behind(byte[] sender);

  /// Lends memory for the reply: from the buffer's position to its limit, `octets` long, to be
  /// written with absolute access. A second call gives the memory of the first back.
  ByteBuffer reserve(int octets);

  /// Sends the first `length` octets of the reserved memory.
  void send(int length);

  /// Ends the query without a reply.
  void drop();

  /// A sink for the same query which outlives the call: the reply may be sent by a later task of
  /// the same event loop. Memory reserved so far is given back, and the query's own memory is gone
  /// once the handler returns.
  ReplySink later();
}

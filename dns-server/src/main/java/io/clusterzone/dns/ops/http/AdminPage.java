package io.clusterzone.dns.ops.http;

import java.util.Locale;

/// A page of the directive `admin`: guarded from other web sites, shown so many times a second and
/// within a size. A query that it does not take is 400 with the reason.
///
/// @param content what is shown
/// @param bucket bounds how often
public record AdminPage(QueryPage content, TokenBucket bucket) implements HttpPage {
  /// The octets of the largest reply.
  static final long LARGEST = 4 << 20;

  @Override
  public HttpReply show(String query) {
    if (!bucket.take()) {
      return HttpReply.problem(429, "this page is asked for too often; ask again in a second");
    }
    try {
      HttpReply reply = content.show(HttpQuery.parse(query));
      if (reply.body().octets() > LARGEST) {
        String size = String.format(Locale.ROOT, "%,d octets", reply.body().octets());
        reply.body().close();
        return HttpReply.problem(
            400, "the reply has " + size + ", which is too much; ask for less");
      }
      return reply;
    } catch (BadQuery e) {
      return HttpReply.problem(400, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public boolean isGuarded() {
    return true;
  }
}

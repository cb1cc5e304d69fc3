package io.clusterzone.dns.ops.http;

/// Something to be had by GET. Called on a thread of its own for each request.
@FunctionalInterface
public interface HttpPage {
  HttpReply show();
}

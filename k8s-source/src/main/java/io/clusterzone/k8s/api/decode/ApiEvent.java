package io.clusterzone.k8s.api.decode;

import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ObjectKey;
import java.time.Duration;

/// One event of the API server's list or watch, cut to the fields used.
public sealed interface ApiEvent {
  /// An object exists and looks like this: an item of a list, or `ADDED` or `MODIFIED`.
  /// `triggerTime` is the annotation `endpoints.kubernetes.io/last-change-trigger-time` of a
  /// headless Service's slice, else empty.
  record Present(Version version, ClusterObject object, String triggerTime) implements ApiEvent {}

  /// An object exists; only its metadata was asked for.
  record Listed(Version version) implements ApiEvent {}

  /// An object is gone, or is no longer one that DNS looks at.
  record Gone(Version version) implements ApiEvent {}

  /// Nothing changed up to this version. `initialEventsEnd`: all that exists has been sent.
  record Bookmark(String resourceVersion, boolean initialEventsEnd) implements ApiEvent {}

  /// The end of one page of a list; `next` asks for the next one, and is empty on the last.
  record PageEnd(String resourceVersion, String next) implements ApiEvent {}

  /// The server refuses, in an event or as the body of an error. `code` is 0 if it gave none.
  record Failed(int code, String reason, String message, Duration retryAfter) implements ApiEvent {}

  /// Objects of another kind than was asked for; none of them is handed on.
  record Foreign(String kind, String asked) implements ApiEvent {
    /// The fault, for a person.
    public String problem() {
      return "the server sent a %.60s where a %s was asked for".formatted(kind, asked);
    }
  }

  /// An object that is none: it has no name.
  record Unusable(String what) implements ApiEvent {}

  /// An object in one state. `uid` or `resourceVersion` may be empty.
  record Version(ObjectKey key, String uid, String resourceVersion) {
    /// 64 bits that differ when the object was changed or replaced by another of its name.
    public long fingerprint() {
      long hash = 1125899906842597L;
      for (int i = 0; i < uid.length(); i++) {
        hash = 31 * hash + uid.charAt(i);
      }
      for (int i = 0; i < resourceVersion.length(); i++) {
        hash = 31 * hash + resourceVersion.charAt(i);
      }
      return hash;
    }
  }
}

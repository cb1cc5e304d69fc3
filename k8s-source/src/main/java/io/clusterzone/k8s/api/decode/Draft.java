package io.clusterzone.k8s.api.decode;

import io.clusterzone.k8s.api.decode.ApiEvent.Version;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.time.Duration;
import java.util.function.Consumer;

/// Takes the kept fields of a body one by one, in either encoding. It hands on an event at the end
/// of each item or watch event.
final class Draft {
  /// Octets of the longest text that is kept; a longer one counts as absent. Object names have at
  /// most 253, continuation tokens a few hundred.
  static final int MAX_TEXT = 8192;

  private final Kind kind;
  private final boolean metadataOnly;
  private final boolean watch;
  private final Consumer<ApiEvent> events;
  private final ObjectDraft object = new ObjectDraft();

  private String eventType = "";
  private String envelopeKind = "";

  /// The kind that came instead of the one that was asked for; of a list up to its end.
  private String foreignKind = "";

  private String listVersion = "";
  private String listContinue = "";
  private String statusMessage = "";
  private String statusReason = "";
  private int statusCode;
  private long retryAfterSeconds;
  private String name = "";
  private String namespace = "";
  private String uid = "";
  private String resourceVersion = "";
  private boolean initialEventsEnd;

  Draft(Kind kind, boolean metadataOnly, boolean watch, Consumer<ApiEvent> events) {
    this.kind = kind;
    this.metadataOnly = metadataOnly;
    this.watch = watch;
    this.events = events;
  }

  /// Whether the envelope being read holds a Status instead of the kind asked for.
  boolean inStatus() {
    return envelopeKind.equals("Status");
  }

  void text(Slot slot, String value) {
    switch (slot) {
      case EVENT_TYPE -> eventType = value;
      case ENVELOPE_KIND -> kindIs(value);
      case LIST_VERSION -> listVersion = value;
      case LIST_CONTINUE -> listContinue = value;
      case STATUS_MESSAGE -> statusMessage = value;
      case STATUS_REASON -> statusReason = value;
      case NAME -> name = value;
      case NAMESPACE -> namespace = value;
      case UID -> uid = value;
      case RESOURCE_VERSION -> resourceVersion = value;
      case INITIAL_EVENTS_END -> initialEventsEnd = value.equals("true");
      default -> object.text(slot, value);
    }
  }

  private void kindIs(String value) {
    envelopeKind = value;
    boolean metadata = metadataOnly && value.equals("PartialObjectMetadataList");
    if (!inStatus() && !metadata && !value.equals(asked())) {
      foreignKind = value;
    }
  }

  private String asked() {
    return watch ? kind.apiName() : kind.apiName() + "List";
  }

  void number(Slot slot, long value) {
    switch (slot) {
      case STATUS_CODE -> statusCode = (int) value;
      case STATUS_RETRY_AFTER -> retryAfterSeconds = value;
      default -> object.number(slot, value);
    }
  }

  void flag(Slot slot, boolean value) {
    object.flag(slot, value);
  }

  void begin(Slot slot) {
    object.begin(slot);
  }

  void end(Slot slot) {
    switch (slot) {
      case ITEM -> {
        if (foreignKind.isEmpty()) {
          events.accept(present());
        }
        reset();
      }
      case ROOT -> {
        if (foreignKind.isEmpty()) {
          events.accept(watch ? watchEvent() : pageEnd());
        } else {
          events.accept(new ApiEvent.Foreign(foreignKind, asked()));
        }
        foreignKind = "";
        reset();
      }
      default -> object.end(slot);
    }
  }

  private ApiEvent watchEvent() {
    return switch (eventType) {
      case "ADDED", "MODIFIED" -> present();
      case "DELETED" -> name.isEmpty() ? nameless() : new ApiEvent.Gone(version());
      case "BOOKMARK" -> new ApiEvent.Bookmark(resourceVersion, initialEventsEnd);
      case "ERROR" -> failed();
      default -> failureOrElse(new ApiEvent.Unusable("an event of type \"" + eventType + "\""));
    };
  }

  private ApiEvent present() {
    if (name.isEmpty()) {
      return nameless();
    }
    if (metadataOnly) {
      return new ApiEvent.Listed(version());
    }
    Version version = version();
    var cut = object.build(kind, version.key());
    return cut == null
        ? new ApiEvent.Gone(version)
        : new ApiEvent.Present(version, cut, object.triggerTime());
  }

  private ApiEvent pageEnd() {
    return failureOrElse(
        listVersion.isEmpty()
            ? new ApiEvent.Unusable("a list without a resource version")
            : new ApiEvent.PageEnd(listVersion, listContinue));
  }

  private ApiEvent failureOrElse(ApiEvent other) {
    return statusCode != 0 || !statusReason.isEmpty() ? failed() : other;
  }

  private ApiEvent failed() {
    long seconds = Math.clamp(retryAfterSeconds, 0, Duration.ofDays(1).toSeconds());
    return new ApiEvent.Failed(
        statusCode, statusReason, statusMessage, Duration.ofSeconds(seconds));
  }

  private ApiEvent nameless() {
    return new ApiEvent.Unusable("an object without a name");
  }

  private Version version() {
    String scope = kind == Kind.NAMESPACE ? "" : namespace;
    return new Version(new ObjectKey(scope, name), uid, resourceVersion);
  }

  private void reset() {
    eventType = "";
    envelopeKind = "";
    statusMessage = "";
    statusReason = "";
    statusCode = 0;
    retryAfterSeconds = 0;
    name = "";
    namespace = "";
    uid = "";
    resourceVersion = "";
    initialEventsEnd = false;
    object.reset();
  }
}

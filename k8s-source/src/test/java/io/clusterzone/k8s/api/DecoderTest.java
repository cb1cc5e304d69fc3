package io.clusterzone.k8s.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.clusterzone.k8s.api.FakeCluster.Stored;
import io.clusterzone.k8s.api.decode.ApiEvent;
import io.clusterzone.k8s.api.decode.Decoder;
import io.clusterzone.k8s.api.decode.Decoder.Content;
import io.clusterzone.k8s.api.decode.MalformedBodyException;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Both encodings, torn anywhere, give the objects that were written.
final class DecoderTest {
  private static final FakeEncoding JSON = new FakeJson();
  private static final FakeEncoding PROTOBUF = new FakeProtobuf();

  private static final List<ClusterObject> OBJECTS =
      List.of(
          Samples.namespace("shop"),
          Samples.service("web", "10.96.0.1", "fd00::1"),
          Samples.service("none"),
          Samples.headless("db"),
          Samples.external("out", "example.org."),
          Samples.slice("db", "db-1", "10.0.0.1", "10.0.0.2"),
          Samples.slice("db", "db-2"),
          new ClusterObject.EndpointSlice(
              Samples.key("db-3"),
              "db",
              "",
              "",
              List.of(
                  new ClusterObject.Endpoint(
                      Samples.addresses("10.0.0.3"), false, true, "", "pod", ""),
                  new ClusterObject.Endpoint(
                      Samples.addresses("10.0.0.4"), true, false, "", "pod", "")),
              List.of()),
          Samples.imported("web", "east", "web-east", "10.9.0.1"),
          Samples.pod("p", "10.0.0.9", "fd00::9"),
          Samples.serviceImport("web", false, "10.1.0.1"),
          Samples.serviceImport("db", true),
          new ClusterObject.ServiceImport(Samples.key("far"), true, true, List.of(), List.of()));

  static Stream<Arguments> encodingsAndTears() {
    return Stream.of(JSON, PROTOBUF)
        .flatMap(encoding -> Stream.of(1, 2, 3, 7, 64, 1 << 20).map(n -> arguments(encoding, n)));
  }

  static Stream<FakeEncoding> encodings() {
    return Stream.of(JSON, PROTOBUF);
  }

  private static List<ApiEvent> decode(
      FakeEncoding encoding, Kind kind, Content content, int piece, byte[]... bodies)
      throws MalformedBodyException {
    var events = new ArrayList<ApiEvent>();
    var decoder = Decoder.of(encoding.mediaType() + ";x=y", kind, true, content, events::add);
    for (byte[] body : bodies) {
      for (int at = 0; at < body.length; at += piece) {
        decoder.feed(ByteBuffer.wrap(body, at, Math.min(piece, body.length - at)));
      }
    }
    decoder.end();
    return events;
  }

  private static List<Stored> stored(Kind kind, FakeEncoding encoding) {
    var all = new ArrayList<Stored>();
    for (ClusterObject object : OBJECTS) {
      if (object.kind() == kind && !(kind == Kind.SERVICE_IMPORT && encoding == PROTOBUF)) {
        all.add(new Stored(object, "uid-" + all.size(), 100 + all.size()));
      }
    }
    return all;
  }

  private static ApiEvent.Version version(Stored stored) {
    return new ApiEvent.Version(stored.object().key(), stored.uid(), "" + stored.version());
  }

  private static ApiEvent present(Stored stored) {
    return new ApiEvent.Present(version(stored), stored.object(), "");
  }

  @ParameterizedTest
  @MethodSource("encodingsAndTears")
  void readsListsTornAnywhere(FakeEncoding encoding, int piece) throws Exception {
    for (Kind kind : Kind.values()) {
      List<Stored> items = stored(kind, encoding);
      var expected = new ArrayList<ApiEvent>(items.stream().map(DecoderTest::present).toList());
      expected.add(new ApiEvent.PageEnd("4711", "token/=="));
      byte[] body = encoding.list(kind, items, 4711, "token/==", false);
      assertThat(decode(encoding, kind, Content.LIST, piece, body)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("encodingsAndTears")
  void readsWatchesTornAnywhere(FakeEncoding encoding, int piece) throws Exception {
    for (Kind kind : Kind.values()) {
      var expected = new ArrayList<ApiEvent>();
      var bodies = new ArrayList<byte[]>();
      for (Stored item : stored(kind, encoding)) {
        for (var type : FakeCluster.Type.values()) {
          bodies.add(encoding.event(type, kind, item, true));
          expected.add(
              switch (type) {
                case ADDED, MODIFIED -> present(item);
                case DELETED -> new ApiEvent.Gone(version(item));
                case BOOKMARK -> new ApiEvent.Bookmark("" + item.version(), true);
              });
        }
        bodies.add(encoding.error(410, "Expired", "too old", 3));
        expected.add(new ApiEvent.Failed(410, "Expired", "too old", Duration.ofSeconds(3)));
      }
      assertThat(decode(encoding, kind, Content.WATCH, piece, bodies.toArray(byte[][]::new)))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("encodingsAndTears")
  void readsMetadataAlone(FakeEncoding encoding, int piece) throws Exception {
    List<Stored> items = stored(Kind.SERVICE, encoding);
    byte[] body = encoding.list(Kind.SERVICE, items, 7, "", true);
    var expected = new ArrayList<ApiEvent>();
    items.forEach(item -> expected.add(new ApiEvent.Listed(version(item))));
    expected.add(new ApiEvent.PageEnd("7", ""));
    assertThat(decode(encoding, Kind.SERVICE, Content.LIST_OF_METADATA, piece, body))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void readsARefusalInPlaceOfAList(FakeEncoding encoding) throws Exception {
    byte[] body = encoding.status(403, "Forbidden", "services is \"forbidden\"", 0);
    assertThat(decode(encoding, Kind.SERVICE, Content.LIST, 5, body))
        .containsExactly(
            new ApiEvent.Failed(403, "Forbidden", "services is \"forbidden\"", Duration.ZERO));
  }

  /// Pods have names and versions too, and would be Services without addresses.
  @ParameterizedTest
  @MethodSource("encodings")
  void handsOnNothingOfAnotherKind(FakeEncoding encoding) throws Exception {
    List<Stored> pods = stored(Kind.POD, encoding);
    byte[] list = encoding.list(Kind.POD, pods, 7, "", false);
    byte[] metadata = encoding.list(Kind.POD, pods, 7, "", true);
    byte[] event = encoding.event(FakeCluster.Type.ADDED, Kind.POD, pods.getFirst(), false);
    for (Content content : List.of(Content.LIST, Content.LIST_OF_METADATA)) {
      assertThat(decode(encoding, Kind.SERVICE, content, 5, list))
          .containsExactly(new ApiEvent.Foreign("PodList", "ServiceList"));
    }
    assertThat(decode(encoding, Kind.SERVICE, Content.LIST, 5, metadata))
        .containsExactly(new ApiEvent.Foreign("PartialObjectMetadataList", "ServiceList"));
    assertThat(decode(encoding, Kind.SERVICE, Content.WATCH, 5, event))
        .containsExactly(new ApiEvent.Foreign("Pod", "Service"));
  }

  /// Else half a list would look like one from which the other half has gone.
  @ParameterizedTest
  @MethodSource("encodings")
  void aTornBodyIsNoWholeList(FakeEncoding encoding) {
    List<Stored> items = stored(Kind.SERVICE, encoding);
    byte[] body = encoding.list(Kind.SERVICE, items, 7, "", false);
    int envelopesEnd = encoding == PROTOBUF ? 4 : 0;
    for (int length = 0; length < body.length - envelopesEnd; length++) {
      byte[] part = Arrays.copyOf(body, length);
      try {
        assertThat(decode(encoding, Kind.SERVICE, Content.LIST, 1 << 20, part))
            .as("%d octets", length)
            .noneMatch(ApiEvent.PageEnd.class::isInstance);
      } catch (MalformedBodyException e) {
        assertThat(e).hasMessageContaining("ends in the middle");
      }
    }
  }

  @Test
  void passesOverHugeFieldsAndDropsHugeTexts() throws Exception {
    String huge = "\u20ac".repeat(2_000_000);
    String body =
        "{\"items\":[{\"metadata\":{\"name\":\"a\",\"annotations\":{\"x\":\""
            + huge
            + "\"}},\"spec\":{\"clusterIP\":\"None\",\"externalName\":\""
            + huge
            + "\"}}],\"metadata\":{\"resourceVersion\":\"5\"}}";
    var decoded = decode(JSON, Kind.SERVICE, Content.LIST, 1 << 14, body.getBytes(UTF_8));
    assertThat(decoded.getFirst())
        .isInstanceOfSatisfying(
            ApiEvent.Present.class,
            present ->
                assertThat(present.object())
                    .isEqualTo(
                        new ClusterObject.Service(
                            new ObjectKey("", "a"),
                            ClusterObject.Service.Type.HEADLESS,
                            List.of(),
                            List.of(),
                            "")));
  }

  @Test
  void anEndpointWithoutConditionsIsReadyAndAnUnknownAddressIsPassedOver() throws Exception {
    String body =
        """
        {"type":"ADDED","object":{"metadata":{"name":"s","namespace":"n",
         "labels":{"service.kubernetes.io/headless":"","kubernetes.io/service-name":"db"},
         "annotations":{"endpoints.kubernetes.io/last-change-trigger-time":"2026-01-01T00:00:00Z"}},
         "endpoints":[{"addresses":["10.0.0.1"],"conditions":{"ready":null}},
          {"addresses":["web.example.org"]},{"addresses":["10.0.0.300"]}],"ports":null}}
        """;
    var expected =
        new ClusterObject.EndpointSlice(
            new ObjectKey("n", "s"),
            "db",
            "",
            "",
            List.of(new ClusterObject.Endpoint(Samples.addresses("10.0.0.1"), true, "", "", "")),
            List.of());
    assertThat(decode(JSON, Kind.ENDPOINT_SLICE, Content.WATCH, 3, body.getBytes(UTF_8)))
        .containsExactly(
            new ApiEvent.Present(
                new ApiEvent.Version(new ObjectKey("n", "s"), "", ""),
                expected,
                "2026-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void namesOfPodsAreNotKeptUnlessWanted(FakeEncoding encoding) throws Exception {
    Stored slice = stored(Kind.ENDPOINT_SLICE, encoding).getFirst();
    byte[] event = encoding.event(FakeCluster.Type.ADDED, Kind.ENDPOINT_SLICE, slice, false);
    var pods = new ArrayList<String>();
    var decoder =
        Decoder.of(
            encoding.mediaType(),
            Kind.ENDPOINT_SLICE,
            false,
            Content.WATCH,
            decoded ->
                ((ClusterObject.EndpointSlice) ((ApiEvent.Present) decoded).object())
                    .endpoints()
                    .forEach(endpoint -> pods.add(endpoint.pod())));
    decoder.feed(ByteBuffer.wrap(event));
    assertThat(pods).containsExactly("", "");
  }

  @Test
  void aPodThatHasEndedIsGone() throws Exception {
    String body =
        """
        {"type":"MODIFIED","object":{"metadata":{"name":"p","namespace":"n"},
         "status":{"phase":"Succeeded","podIP":"10.0.0.1"}}}
        {"type":"MODIFIED","object":{"metadata":{"name":"q","namespace":"n"},
         "status":{"phase":"Pending","podIP":"10.0.0.1"}}}
        """;
    var decoded = decode(JSON, Kind.POD, Content.WATCH, 9, body.getBytes(UTF_8));
    assertThat(decoded.get(0)).isInstanceOf(ApiEvent.Gone.class);
    assertThat(decoded.get(1))
        .isInstanceOfSatisfying(
            ApiEvent.Present.class,
            present ->
                assertThat(present.object())
                    .isEqualTo(
                        new ClusterObject.Pod(
                            new ObjectKey("n", "q"), Samples.addresses("10.0.0.1"))));
  }

  @Test
  void aNamelessObjectAndAnUnknownEventAreUnusable() throws Exception {
    String body = "{\"type\":\"ADDED\",\"object\":{}} {\"type\":\"?\",\"object\":{}} {}";
    assertThat(decode(JSON, Kind.POD, Content.WATCH, 9, body.getBytes(UTF_8)))
        .hasSize(3)
        .allSatisfy(event -> assertThat(event).isInstanceOf(ApiEvent.Unusable.class));
  }

  /// Whatever the octets, the worst that happens is that the body is given up.
  @ParameterizedTest
  @MethodSource("encodings")
  void survivesAnyDamage(FakeEncoding encoding) {
    for (int seed = 0; seed < 3000; seed++) {
      var random = new Random(seed);
      Kind kind = OBJECTS.get(random.nextInt(9)).kind();
      boolean watch = random.nextBoolean();
      Stored one = stored(kind, encoding).getFirst();
      byte[] body =
          watch
              ? encoding.event(FakeCluster.Type.ADDED, kind, one, false)
              : encoding.list(kind, stored(kind, encoding), 7, "c", false);
      for (int i = random.nextInt(8); i >= 0; i--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }
      try {
        var _ =
            decode(
                encoding, kind, watch ? Content.WATCH : Content.LIST, 1 + random.nextInt(50), body);
      } catch (MalformedBodyException e) {
        assertThat(e).hasMessageMatching(".+");
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}

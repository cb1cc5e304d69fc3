package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What each kind of question is answered with.
class ResponderTest {
  private final Asker asker = new Asker(Fixture.cluster());

  @Test
  void answersAddressOfService() {
    Message reply = asker.ask("web.shop.svc.cluster.local.", Type.A);
    assertThat(Asker.lines(reply, Section.ANSWER))
        .containsExactly("web.shop.svc.cluster.local. 5 IN A 10.96.0.1");
  }
}

package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.zone.Node;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which labels spell an address, and which one.
class AddressLabelTest {
  private final AddressLabel label = new AddressLabel();
  private final Records records = new Records();

  @ParameterizedTest
  @CsvSource({
    "10-1-2-3, 10.1.2.3",
    "0-0-0-0, 0.0.0.0",
    "255-255-255-255, 255.255.255.255",
    "--1, ::1",
    "--, ::",
    "fd00--, fd00::",
    "fd00--0, fd00::",
    "fd00--1-2, fd00::1:2",
    "1--2-3, 1::2:3",
    "1-2-3-4-5-6-7-8, 1:2:3:4:5:6:7:8",
    "1-2-3-4-5-6-7--, 1:2:3:4:5:6:7:0",
    "--2-3-4-5-6-7-8, 0:2:3:4:5:6:7:8",
    "1-2-3--5-6-7-8, 1:2:3:0:5:6:7:8",
    "fd00-0000-0000-0000-0000-0000-0000-00ff, fd00::ff",
    "--ffff-a01-203, 10.1.2.3",
    "--fffe-a01-203, ::fffe:a01:203"
  })
  void readsAddress(String text, String address) throws UnknownHostException {
    assertThat(read(text)).isEqualTo(InetAddress.getByName(address).getAddress());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1-2-3",
        "1-2-3-4-5",
        "01-2-3-4",
        "256-1-1-1",
        "1-2-3-a",
        "-1-2-3",
        "1-2-3-",
        "1000-2-3-4",
        "web",
        "-",
        "---",
        "--1-",
        "-1--",
        "1---2",
        "1--2--3",
        "12345--",
        "g--1",
        "1-2-3-4-5-6-7",
        "1-2-3-4-5-6-7-8-9",
        "1-2-3-4--5-6-7-8",
        "1-2-3-4-5-6-7-8--",
        "--1.2.3.4"
      })
  void passesOverOtherLabels(String text) {
    assertThat(label.read(Name.ROOT.child(text).toWire(), 0)).isFalse();
  }

  @Test
  void readsEveryAddressAsJavaSpellsIt() throws UnknownHostException {
    long seed = System.nanoTime();
    var random = RandomGeneratorFactory.getDefault().create(seed);
    for (int i = 0; i < 10_000; i++) {
      byte[] address = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(address);
      Arrays.fill(address, address.length / 2, address.length / 2 + random.nextInt(3), (byte) 0);
      String text = InetAddress.getByAddress(address).getHostAddress();
      String spelt = text.replace('.', '-').replace(':', '-').toLowerCase(Locale.ROOT);
      assertThat(read(spelt)).as("%s, seed %d", text, seed).isEqualTo(address);
    }
  }

  private byte[] read(String text) {
    assertThat(label.read(Name.ROOT.child(text).toWire(), 0)).as(text).isTrue();
    label.pointAtRecord(records, 5);
    int length = records.length - Node.RECORD_RDATA;
    assertThat(label.type()).isEqualTo(length == 4 ? RRType.A : RRType.AAAA);
    assertThat(records.type()).isEqualTo(label.type());
    int data = records.at + Node.RECORD_RDATA;
    return Arrays.copyOfRange(records.bytes, data, data + length);
  }
}

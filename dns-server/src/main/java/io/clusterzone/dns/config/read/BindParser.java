package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.text.AddressText;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.k8s.problem.ProblemKind;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `bind`. Several lines add up; `except` is about its own line.
final class BindParser {
  /// Linux has up to 15 octets for the name of one.
  private static final Pattern INTERFACE = Pattern.compile("[A-Za-z][A-Za-z0-9._@-]{0,14}");

  private static final String EXPECTED = "at least one address or interface";

  private static final List<Option<Listing>> OPTIONS =
      List.of(
          new Option<>(
              new Manual.Row(
                  "except ADDRESS|INTERFACE...",
                  "none",
                  "IP addresses and interface names",
                  "addresses of this line to leave out"),
              (arguments, listing) ->
                  listing.addresses.removeAll(addresses(arguments, listing.context))));

  private static final Manual MANUAL =
      new Manual(
          "bind",
          "bind ADDRESS|INTERFACE...",
          "Listens on these addresses only.",
          List.of(
              new Manual.Row(
                  "ADDRESS|INTERFACE...",
                  "every address of the host",
                  "IP addresses and interface names",
                  "where to listen")),
          Option.rows(OPTIONS),
          "An interface stands for the addresses that it has when the Corefile is read, without the"
              + " link-local ones of IPv6. Several `bind` lines of a block add up. An address that"
              + " the host does not have yet, or that is still tentative, is listened on as soon as"
              + " it can be, and so is an interface that comes later, where `reload` looks for it;"
              + " the others are served meanwhile. A start that finds no address at all waits for"
              + " up to 30 s.",
          """
          .:53 {
              bind lo eth0 {
                  except ::1
              }
              whoami
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.each(MANUAL, BindParser::read, BindParser::all);

  /// The addresses of one line.
  private record Listing(BlockContext context, Set<InetAddress> addresses) {}

  private BindParser() {}

  private static Bind all(List<Set<InetAddress>> lines) {
    return new Bind(lines.stream().flatMap(Set::stream).distinct().toList());
  }

  private static Set<InetAddress> read(Arguments arguments, BlockContext context) {
    var listing = new Listing(context, new LinkedHashSet<>(addresses(arguments, context)));
    boolean any = !listing.addresses.isEmpty();
    Option.readAll(arguments, OPTIONS, listing);
    if (any && listing.addresses.isEmpty()) {
      arguments.problem("\"except\" leaves no address");
    }
    return listing.addresses;
  }

  private static List<InetAddress> addresses(Arguments arguments, BlockContext context) {
    var addresses = new ArrayList<InetAddress>();
    arguments.hasSome(EXPECTED);
    for (Token word : arguments.words()) {
      List<InetAddress> meant = addresses(word.text(), context);
      if (meant.isEmpty()) {
        String problem =
            "\"" + word.text() + "\" is no IP address and no interface of this host with one";
        if (INTERFACE.matcher(word.text()).matches()) {
          arguments.mildProblem(ProblemKind.NO_INTERFACE, word, problem); // It may come.
        } else {
          arguments.problem(word, problem);
        }
      }
      addresses.addAll(meant);
    }
    return addresses;
  }

  private static List<InetAddress> addresses(String text, BlockContext context) {
    InetAddress address = AddressText.address(text);
    return address == null ? context.options().interfaces().apply(text) : List.of(address);
  }
}

package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Acl;
import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.xbill.DNS.Type;

/// Reads `acl`. Several lines are rules that are tried in their order.
final class AclParser {
  private static final String ALL = "*";
  private static final List<String> SECTIONS = List.of("type", "net");

  private static final List<Option<List<Acl.Policy>>> OPTIONS =
      List.of(
          option(Acl.Action.ALLOW, "lets the query pass, whatever comes after it"),
          option(Acl.Action.BLOCK, "answers REFUSED, with the extended error 15 (Blocked)"),
          option(
              Acl.Action.FILTER,
              "answers NOERROR without records, with the extended error 17 (Filtered)"),
          option(Acl.Action.DROP, "answers nothing"));

  private static final Manual MANUAL =
      new Manual(
          "acl",
          "acl [ZONES...]",
          "Says which clients may ask for what.",
          List.of(
              new Manual.Row(
                  "ZONES...",
                  "the zones of the block's keys",
                  "names and prefixes",
                  "the names that these lines are about, with those below")),
          Option.rows(OPTIONS),
          """
          The first line of a block that a query fits decides; where none fits, the next `acl` of the
          server block is asked, and in the end the query passes. `type` and `net` may be left out and
          stand in any order: without `type` all types are meant, without `net` all clients. It is
          asked before every other directive, so that nothing answers past it: not the cache, not
          `hosts`, not `any`. It is asked again about the target of an alias, on behalf of the same
          client, and about a name that another directive puts in place of the one asked for.\
          """,
          """
          .:53 {
              acl cluster.local {
                  allow net 10.244.0.0/16 fd00::/8
                  filter type HTTPS
                  block
              }
              whoami
          }
          """);

  static final DirectiveSpec SPEC = DirectiveSpec.each(MANUAL, AclParser::read, Acl::new);

  private AclParser() {}

  private static Option<List<Acl.Policy>> option(Acl.Action action, String meaning) {
    String name = action.name().toLowerCase(Locale.ROOT);
    return new Option<>(
        new Manual.Row(
            name + " [type TYPES...] [net NETWORKS...]",
            "none",
            "query types; addresses and networks; `*`",
            meaning),
        (arguments, policies) -> policies.add(policy(action, arguments)));
  }

  private static Acl.Rule read(Arguments arguments, BlockContext context) {
    List<Name> zones = arguments.count() == 0 ? context.zones() : arguments.zones();
    var policies = new ArrayList<Acl.Policy>();
    Option.readAll(arguments, OPTIONS, policies);
    if (policies.isEmpty()) {
      arguments.problem("expected a block with allow, block, filter or drop in it");
    }
    return new Acl.Rule(zones, policies);
  }

  private static Acl.Policy policy(Acl.Action action, Arguments arguments) {
    var types = new Words(arguments, "type");
    var networks = new Words(arguments, "net");
    Words section = null;
    for (Token word : arguments.words()) {
      switch (word.text().toLowerCase(Locale.ROOT)) {
        case "type" -> section = types.begin(word);
        case "net" -> section = networks.begin(word);
        default -> {
          if (section == null) {
            arguments.problem(
                word,
                "expected %s, not \"%s\"".formatted(String.join(" or ", SECTIONS), word.text()));
            return new Acl.Policy(action, Set.of(), List.of());
          }
          section.add(word);
        }
      }
    }
    return new Acl.Policy(
        action, types(arguments, types), Networks.read(arguments, networks.given()));
  }

  private static Set<Integer> types(Arguments arguments, Words words) {
    var types = new HashSet<Integer>();
    for (Token word : words.given()) {
      int type = Type.value(word.text().toUpperCase(Locale.ROOT), true);
      if (type < 0) {
        arguments.problem(
            word, "\"%s\" is no type such as A, HTTPS or TYPE65".formatted(word.text()));
      } else {
        types.add(type);
      }
    }
    return types;
  }

  /// The words behind `type` or `net`. A `*` among them stands for all, and so does their absence.
  private static final class Words {
    private final Arguments arguments;
    private final String name;
    private final List<Token> words = new ArrayList<>();
    private boolean all;

    Words(Arguments arguments, String name) {
      this.arguments = arguments;
      this.name = name;
    }

    Words begin(Token word) {
      int next = arguments.words().indexOf(word) + 1;
      if (next == arguments.count() || SECTIONS.contains(arguments.text(next))) {
        arguments.problem(word, "expected something after " + name);
      }
      return this;
    }

    void add(Token word) {
      all |= word.text().equals(ALL);
      words.add(word);
    }

    List<Token> given() {
      return all ? List.of() : words;
    }
  }
}

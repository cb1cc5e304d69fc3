package io.clusterzone.dns.config;

import io.clusterzone.zones.name.Name;
import java.util.List;
import java.util.Set;

/// `acl`: who may ask for what. The rules are tried in their order, and in each the policies.
public record Acl(List<Rule> rules) implements Directive {
  public Acl {
    rules = List.copyOf(rules);
  }

  /// The fate of a query that a policy is for.
  public enum Action {
    /// It goes on, and no further rule is asked.
    ALLOW,
    /// REFUSED.
    BLOCK,
    /// NOERROR without records.
    FILTER,
    /// No reply.
    DROP
  }

  /// One line of the directive.
  ///
  /// @param zones the names that it is for, each with those below it
  /// @param policies the first that a query fits decides; if none does, the next rule is asked
  public record Rule(List<Name> zones, List<Policy> policies) {
    public Rule {
      zones = List.copyOf(zones);
      policies = List.copyOf(policies);
    }
  }

  /// One line of a rule's block.
  ///
  /// @param types the query types that it is for; empty for all
  /// @param networks the clients that it is for; empty for all
  public record Policy(Action action, Set<Integer> types, List<Network> networks) {
    public Policy {
      types = Set.copyOf(types);
      networks = List.copyOf(networks);
    }
  }
}

package io.clusterzone.dns.explain;

/// The kinds of findings about a name. A code is for good: it stays with its meaning, and is not
/// used again once its kind has gone. `CZ03` is this command's; [io.clusterzone.k8s.problem] has
/// the others.
public enum FindingKind {
  NAMESPACE_UNKNOWN(
      "CZ0301",
      "The namespace does not exist.",
      """
      Every name of a Service has its namespace as second label. Names below a namespace that is \
      not there are NXDOMAIN, whatever the Service.\
      """),
  NAMESPACE_NOT_SERVED(
      "CZ0302",
      "The namespace is not served here.",
      """
      The option `namespaces` of the directive `kubernetes` lists others. Whether it exists is not \
      told.\
      """),
  SERVICE_ELSEWHERE(
      "CZ0303",
      "A Service of this name is in another namespace.",
      """
      A short name is looked for in the namespace of the Pod that asks. Write `SERVICE.NAMESPACE` \
      to reach one elsewhere.\
      """),
  SERVICE_UNKNOWN(
      "CZ0304",
      "The namespace has no Service of this name.",
      "A Deployment or a Pod has no name of its own: it takes a Service that selects it."),
  NO_READY_ENDPOINT(
      "CZ0305",
      "The Service is headless and has no ready endpoint.",
      """
      A headless Service has the addresses of its ready endpoints; without one its name does not \
      exist (specification, section 2.4.1). Look at the readiness of its Pods and at its selector, \
      or set `publishNotReadyAddresses` if names must be there before that.\
      """),
  ENDPOINT_UNKNOWN(
      "CZ0306",
      "The Service has no endpoint of this name that is ready.",
      """
      An endpoint is called by its hostname, else by its address with dashes. A Pod has a hostname \
      there only if its `spec.subdomain` is the name of the headless Service, as in a StatefulSet.\
      """),
  PORT_UNKNOWN(
      "CZ0307",
      "The Service has no port of this name and protocol.",
      "SRV records are at `_PORT._PROTOCOL.SERVICE`, where PORT is the name of the port, not its number."),
  NO_UNDERSCORES(
      "CZ0308",
      "The labels of a port have no underscores.",
      "Both begin with one: `_http._tcp.web` (RFC 2782)."),
  FAMILY_MISSING(
      "CZ0309",
      "The name has addresses of the other family alone.",
      """
      The Service or its endpoints have one IP family. A resolver asks for both and takes what \
      there is; a client that insists on this family needs a Service with `ipFamilyPolicy: \
      PreferDualStack`.\
      """),
  NO_SUCH_TYPE(
      "CZ0310",
      "The name exists and has no records of this type.",
      "That is NODATA, not NXDOMAIN: a resolver may take it for the end of its search."),
  SVC_MISSING(
      "CZ0311",
      "The label `svc` is missing.",
      "The full name of a Service is `SERVICE.NAMESPACE.svc.ZONE`."),
  OTHER_ZONE(
      "CZ0312",
      "The name is in no zone of this cluster, and its like is.",
      """
      The zone of a cluster is chosen when it is set up, `cluster.local` as a rule. Names without \
      it, such as `web.shop.svc`, resolve in any cluster.\
      """),
  LABELS_SWAPPED(
      "CZ0313",
      "Service and namespace stand in the wrong order.",
      "The Service comes first: `SERVICE.NAMESPACE`."),
  ALIAS_TARGET(
      "CZ0314",
      "The name is an alias, and its target does not resolve.",
      """
      A Service of type ExternalName is a CNAME to its `spec.externalName`. The response code is \
      that of the target (RFC 6604).\
      """),
  ALIAS_INVALID(
      "CZ0315",
      "The Service's externalName is not a domain name.",
      "It has to be a name; an address is not resolved. Make it a Service with endpoints instead."),
  EMPTY_HIDDEN(
      "CZ0316",
      "The Service has no ready endpoint, and such ones are hidden.",
      "The option `ignore empty_service` of the directive `kubernetes` says so."),
  NOT_LEARNT(
      "CZ0317",
      "The cluster is not known whole yet.",
      """
      Until it is, nothing is denied: SERVFAIL instead of NXDOMAIN, so that nobody remembers it. \
      `/ready` says what is missing and why.\
      """),
  STALE(
      "CZ0318",
      "The answer is from the snapshot, the API server has not been heard since.",
      "`/ready` says why, and how old it is."),
  BLOCKED(
      "CZ0319",
      "The directive `acl` keeps this client from the name.",
      "Nothing more is told about it. With `--from` it is asked as another client."),
  NO_BLOCK(
      "CZ0320",
      "No server block of the Corefile takes the name.",
      "The reply is REFUSED. A block with the key `.` takes what no other does, with `forward` in it."),
  NO_ANSWERER(
      "CZ0321",
      "No directive of the server block answers.",
      "The last one should be able to answer everything that gets there, as `forward` is."),
  UPSTREAM(
      "CZ0322",
      "What an upstream was asked for has failed.",
      "The text says why. `clusterzone_forward_*` and `coredns_proxy_*` count it by upstream."),
  POD_NAMES(
      "CZ0323",
      "There is no such name of a Pod.",
      """
      `A-B-C-D.NAMESPACE.pod.ZONE` depends on the option `pods` of the directive `kubernetes`: with \
      `disabled` there are none, with `verified` only those of Pods in that namespace.\
      """),
  ADDRESS_UNKNOWN(
      "CZ0324",
      "The address belongs to no Service and no endpoint with a name.",
      """
      PTR records are there for cluster IPs and for ready endpoints of Services. A Pod that no \
      Service selects has none; nor has any behind a ClusterIP Service with `endpoints auto`.\
      """),
  SEARCH_ENDED(
      "CZ0325",
      "The resolver stops before a name that would resolve.",
      """
      musl does not search once a name has `ndots` dots, and stops at NODATA and at any failure. \
      Write the full name, with or without the dot at its end.\
      """),
  SEARCH_LONG(
      "CZ0326",
      "The name is found after others were asked for in vain.",
      """
      Each look-up costs these questions. A dot at the end, or a lower `ndots` in the Pod's \
      `dnsConfig`, saves them.\
      """),
  TRUNCATED(
      "CZ0327",
      "The answer does not fit into a datagram.",
      "Resolvers ask again over TCP, which network policies and firewalls have to let pass."),
  NOBODY_BEHIND(
      "CZ0328",
      "The name resolves, and no ready endpoint is behind it.",
      "Connections to the cluster IP will fail. Look at the selector and at the readiness of the Pods."),
  NOTHING_NEAR(
      "CZ0329",
      "The name does not exist, nor does any that is like it.",
      "Look at the closest encloser: that part of the name does exist."),
  NO_REPLY(
      "CZ0330",
      "There is no reply.",
      "The query is dropped, or what it waits for takes longer than a client waits.");

  private final String code;
  private final String sentence;
  private final String advice;

  FindingKind(String code, String sentence, String advice) {
    this.code = code;
    this.sentence = sentence;
    this.advice = advice;
  }

  /// `CZ0301`, for good.
  public String code() {
    return code;
  }

  /// One sentence that says what is the matter.
  public String sentence() {
    return sentence;
  }

  /// More than fits in a line: why it is so, and the remedy. In Markdown.
  public String advice() {
    return advice;
  }
}

// The resolver of c-ares, which Node.js, curl and gRPC use; arguments and output as in lookup.c. It
// asks over TCP where the environment has USE_TCP.
#include <ares.h>
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>

#define MOST 1024

static ares_channel channel;

static int order(const void *a, const void *b) { return strcmp(a, b); }

static void print_failure(int status) {
  printf("%s\n", status == ARES_ENOTFOUND || status == ARES_ENODATA ? "-" : ares_strerror(status));
}

static void take_addresses(void *unused, int status, int timeouts, struct ares_addrinfo *list) {
  static char found[MOST][INET6_ADDRSTRLEN];
  int count = 0;
  if (status != ARES_SUCCESS) {
    print_failure(status);
    return;
  }
  for (struct ares_addrinfo_node *i = list->nodes; i != NULL && count < MOST; i = i->ai_next) {
    const void *address = i->ai_family == AF_INET
        ? (const void *) &((struct sockaddr_in *) i->ai_addr)->sin_addr
        : (const void *) &((struct sockaddr_in6 *) i->ai_addr)->sin6_addr;
    inet_ntop(i->ai_family, address, found[count++], INET6_ADDRSTRLEN);
  }
  ares_freeaddrinfo(list);
  qsort(found, count, INET6_ADDRSTRLEN, order);
  for (int i = 0; i < count; i++) {
    printf("%s%s", i == 0 ? "" : " ", found[i]);
  }
  printf("\n");
}

static void take_name(void *unused, int status, int timeouts, struct hostent *host) {
  if (status == ARES_SUCCESS) {
    printf("%s\n", host->h_name);
  } else {
    print_failure(status);
  }
}

static void wait_for_reply(void) {
  for (;;) {
    fd_set readable, writable;
    struct timeval wait;
    FD_ZERO(&readable);
    FD_ZERO(&writable);
    int count = ares_fds(channel, &readable, &writable);
    if (count == 0) {
      return;
    }
    select(count, &readable, &writable, NULL, ares_timeout(channel, NULL, &wait));
    ares_process(channel, &readable, &writable);
  }
}

static void ask_addresses(const char *name, int family) {
  struct ares_addrinfo_hints hints = {.ai_family = family, .ai_socktype = SOCK_STREAM};
  ares_getaddrinfo(channel, name, NULL, &hints, take_addresses, NULL);
}

static void ask_name(const char *address) {
  unsigned char octets[16];
  int family = strchr(address, ':') ? AF_INET6 : AF_INET;
  inet_pton(family, address, octets);
  ares_gethostbyaddr(channel, octets, family == AF_INET ? 4 : 16, family, take_name, NULL);
}

int main(int argc, char **argv) {
  struct ares_options options = {.flags = getenv("USE_TCP") ? ARES_FLAG_USEVC : 0};
  ares_library_init(ARES_LIB_INIT_ALL);
  if (ares_init_options(&channel, &options, ARES_OPT_FLAGS) != ARES_SUCCESS) {
    return 1;
  }
  for (int i = 1; i < argc; i++) {
    char *what = strchr(argv[i], ':') + 1;
    switch (argv[i][0]) {
      case '4': ask_addresses(what, AF_INET); break;
      case '6': ask_addresses(what, AF_INET6); break;
      case 'a': ask_addresses(what, AF_UNSPEC); break;
      default: ask_name(what);
    }
    wait_for_reply();
  }
  ares_destroy(channel);
  return 0;
}

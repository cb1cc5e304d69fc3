// The resolver of the C library that this is linked with, behind the interface of every client
// here: arguments such as 4:web, 6:web, any:web and ptr:10.96.0.10, and for each one line of what
// was found, sorted, or "-" where the name or the type does not exist.
#define _GNU_SOURCE  // EAI_NODATA
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define MOST 1024

static int order(const void *a, const void *b) { return strcmp(a, b); }

static void print_failure(int code) {
  int absent = code == EAI_NONAME;
#ifdef EAI_NODATA
  absent = absent || code == EAI_NODATA;
#endif
  printf("%s\n", absent ? "-" : gai_strerror(code));
}

static void print_addresses(const char *name, int family) {
  static char found[MOST][NI_MAXHOST];
  struct addrinfo hints = {.ai_family = family, .ai_socktype = SOCK_STREAM};
  struct addrinfo *list;
  int count = 0;
  int code = getaddrinfo(name, NULL, &hints, &list);
  if (code != 0) {
    print_failure(code);
    return;
  }
  for (struct addrinfo *i = list; i != NULL && count < MOST; i = i->ai_next) {
    getnameinfo(i->ai_addr, i->ai_addrlen, found[count++], NI_MAXHOST, NULL, 0, NI_NUMERICHOST);
  }
  freeaddrinfo(list);
  qsort(found, count, NI_MAXHOST, order);
  for (int i = 0; i < count; i++) {
    printf("%s%s", i == 0 ? "" : " ", found[i]);
  }
  printf("\n");
}

static void print_name(const char *address) {
  struct addrinfo hints = {.ai_flags = AI_NUMERICHOST};
  struct addrinfo *numeric;
  char name[NI_MAXHOST];
  int code = getaddrinfo(address, NULL, &hints, &numeric);
  if (code == 0) {
    code = getnameinfo(numeric->ai_addr, numeric->ai_addrlen, name, sizeof name, NULL, 0, NI_NAMEREQD);
    freeaddrinfo(numeric);
  }
  if (code == 0) {
    printf("%s\n", name);
  } else {
    print_failure(code);
  }
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    char *what = strchr(argv[i], ':') + 1;
    switch (argv[i][0]) {
      case '4': print_addresses(what, AF_INET); break;
      case '6': print_addresses(what, AF_INET6); break;
      case 'a': print_addresses(what, AF_UNSPEC); break;
      default: print_name(what);
    }
  }
  return 0;
}

// Go's own resolver, which nearly every tool of a cluster uses; arguments and output as in lookup.c.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sort"
	"strings"
)

func main() {
	networks := map[string]string{"4": "ip4", "6": "ip6", "any": "ip"}
	for _, arg := range os.Args[1:] {
		kind, what, _ := strings.Cut(arg, ":")
		var found []string
		var err error
		if kind == "ptr" {
			found, err = net.LookupAddr(what)
		} else {
			var addresses []net.IP
			addresses, err = net.DefaultResolver.LookupIP(context.Background(), networks[kind], what)
			for _, address := range addresses {
				found = append(found, address.String())
			}
		}
		print(found, err)
	}
}

func print(found []string, err error) {
	var failure *net.DNSError
	if errors.As(err, &failure) && failure.IsNotFound {
		fmt.Println("-")
	} else if err != nil {
		fmt.Println(err)
	} else {
		sort.Strings(found)
		fmt.Println(strings.TrimSuffix(strings.Join(found, " "), "."))
	}
}

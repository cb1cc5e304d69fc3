#!/usr/bin/env bash
# Hands the cluster's DNS from one Deployment to another behind the same address, and back.
set -euo pipefail

usage() {
  cat <<'EOF'
takeover.sh [OPTION]...            show what would be done
takeover.sh --apply [OPTION]...    do it: compare, hand over, compare again, go back if answers differ
takeover.sh --back [OPTION]...     show how to undo it; with --apply, undo it

  --mode selector    lead the Service to the Pods of --to (default)
  --mode image       replace the image of --deployment by --image
  --namespace NAME   where all of it is; default: kube-system
  --service NAME     the Service that Pods ask; default: kube-dns
  --to NAME          the Service and Deployment of the new server; default: clusterzone
  --deployment NAME  the Deployment of the old server; default: coredns
  --container NAME   its container; default: coredns
  --image IMAGE      with --mode image: the new image
  --queries FILE     the names to compare, a name and a type in each line; default: Services of the cluster
  --names N          how many of them at most; default: 200
  --zone NAME        the cluster's zone; default: cluster.local
  --wait SECONDS     how long each step may take; default: 120
  --dig COMMAND      how to ask, such as "kubectl -n kube-system exec clusterzone-probe -- dig"

Answers are compared by `clusterzone compare` in a Pod of the new server, else from here, else with dig, which has to
reach the cluster's addresses. Nothing but kubectl, and dig in the last case, has to be installed.
Exit code: 0 done or shown, 1 answers differ or a step failed and all is as before, 2 the command line makes no sense.
EOF
}

apply=false back=false mode=selector namespace=kube-system service=kube-dns to=clusterzone
deployment=coredns container=coredns image='' queries='' names=200 zone=cluster.local wait=120 dig=''
mark=clusterzone/before-takeover

fail() { echo "takeover: $*" >&2; exit 1; }
misuse() { echo "takeover: $* (see --help)" >&2; exit 2; }

while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) usage; exit 0 ;;
    --apply) apply=true; shift; continue ;;
    --back) back=true; shift; continue ;;
    --mode | --namespace | --service | --to | --deployment | --container | --image | --queries | --names | --zone | \
      --wait | --dig) ;;
    *) misuse "unknown option $1" ;;
  esac
  [ $# -ge 2 ] || misuse "$1 takes a value"
  printf -v "${1#--}" %s "$2"
  shift 2
done
case $mode in selector | image) ;; *) misuse "--mode takes selector or image, not $mode" ;; esac
[[ $names =~ ^[1-9][0-9]*$ ]] || misuse "--names takes a number from 1, not $names"
[[ $wait =~ ^[1-9][0-9]*$ ]] || misuse "--wait takes seconds from 1, not $wait"
if [ "$mode" = image ] && ! $back && [ -z "$image" ]; then misuse "--mode image takes --image"; fi

kube() { kubectl --namespace "$namespace" "$@"; }

# A change: shown, and made with --apply alone.
change() {
  local word line="+ kubectl --namespace $namespace"
  for word; do
    if [[ $word =~ ^[A-Za-z0-9_./:=-]+$ ]]; then line+=" $word"; else line+=" ${word@Q}"; fi
  done
  echo "$line"
  if $apply; then kube "$@" >/dev/null; fi
}

# One field of an object, or nothing.
field() { kube get "$1" "$2" -o "jsonpath=$3"; }
marked() { field "$1" "$2" "{.metadata.annotations.${mark//./\\.}}"; }

list_queries() {
  if [ -n "$queries" ]; then
    head -n "$names" "$queries"
  else
    kubectl get services --all-namespaces \
      -o "jsonpath={range .items[*]}{.metadata.name}.{.metadata.namespace}.svc.$zone A{\"\\n\"}{end}" | head -n "$names"
  fi
}

# The answers of one address as sorted lines, without TTL and order.
answers() {
  local name type command
  read -ra command <<<"${dig:-dig}"
  while read -r name type; do
    [ -n "$name" ] || continue
    "${command[@]}" +noall +comments +answer +tries=2 +time=2 "@$1" "$name" "$type" </dev/null |
      awk -v q="$name $type" '/status:/ { sub(/.*status: /, ""); sub(/,.*/, ""); print q, "status", $0 }
        !/^;/ && NF > 4 { $2 = ""; print q, $0 }' | sort || true
  done <"$asked"
}

# Whether each name has an answer among those that were kept: silence is equal to silence.
complete() { [ "$(grep -c ' status ' "$recorded")" -ge "$(grep -c . "$asked")" ]; }

# Whether the second address answers as the first does; tried again until --wait is over, as the cluster changes too.
same() {
  local until=$((SECONDS + wait)) code
  while :; do
    code=0
    case $tool in
      pod)
        kube exec -i "deployment/$to" -- \
          /clusterzone compare --against "$1" --with "$2" --zone "$zone" --queries /dev/stdin <"$asked" || code=$?
        ;;
      here) clusterzone compare --against "$1" --with "$2" --zone "$zone" --queries "$asked" || code=$? ;;
      dig)
        answers "$1" >"$recorded"
        { complete && diff "$recorded" <(answers "$2"); } || code=$?
        ;;
    esac
    # 3: only the old server was wrong or late.
    case $code in 0 | 3) return 0 ;; esac
    [ "$SECONDS" -lt "$until" ] || return 1
    sleep 1
  done
}

# Leads the Service to the Pods of a selector in JSON; the second word is more of the patch.
lead() {
  change patch service "$service" --type json \
    --patch "[{\"op\":\"replace\",\"path\":\"/spec/selector\",\"value\":$1}$2]"
}

restore() {
  local before
  if [ "$mode" = selector ]; then
    before=$(marked service "$service")
    [ -n "$before" ] || fail "the Service $service was not handed over by this script; there is nothing to undo"
    lead "$before" ",{\"op\":\"remove\",\"path\":\"/metadata/annotations/${mark/\//\~1}\"}"
  else
    before=$(marked deployment "$deployment")
    [ -n "$before" ] || fail "the Deployment $deployment was not handed over by this script; there is nothing to undo"
    change set image "deployment/$deployment" "$container=$before"
    change annotate deployment "$deployment" "$mark-"
    change rollout status "deployment/$deployment" "--timeout=${wait}s"
  fi
}

if $back; then
  restore
  $apply || echo "Nothing was changed. With --apply this is done."
  exit 0
fi

asked=$(mktemp)
recorded=$(mktemp)
changed=false
finish() {
  local code=$?
  if $changed; then
    echo "takeover: going back" >&2
    (restore) || echo "takeover: could not go back: run takeover.sh --back --apply" >&2
  fi
  rm -f "$asked" "$recorded"
  exit "$code"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

address=$(field service "$service" '{.spec.clusterIP}')
[ -n "$address" ] || fail "there is no Service $service in $namespace"
list_queries >"$asked"
[ -s "$asked" ] || fail "there are no names to compare"
echo "$(wc -l <"$asked") names are compared at $address"

choose_tool() {
  if [ -n "$dig" ] || [ "$mode" = image ]; then
    tool=dig
  elif kube exec "deployment/$to" -- /clusterzone compare --help >/dev/null 2>&1; then
    tool=pod
  elif command -v clusterzone >/dev/null; then
    tool=here
  else
    tool=dig
  fi
  [ "$tool" != dig ] || [ -n "$dig" ] || command -v dig >/dev/null || fail "there is no dig here; name one with --dig"
}

hand_over_selector() {
  local selector new pods
  [ -z "$(marked service "$service")" ] || fail "the Service $service is handed over already; --back undoes it"
  selector=$(field service "$service" '{.spec.selector}')
  new=$(field service "$to" '{.spec.selector}')
  # shellcheck disable=SC2016 # The template's variables, not the shell's.
  pods=$(kube get service "$service" -o 'go-template={{range $k, $v := .spec.selector}}{{$k}}={{$v}},{{end}}')
  old=$(kube get pods --selector "${pods%,}" -o 'jsonpath={.items[0].status.podIP}')
  [ -n "$old" ] || fail "there is no Pod behind $service to compare with"
  kube rollout status "deployment/$to" "--timeout=${wait}s"
  echo "+ compare $old with the Service $to"
  if $apply; then
    same "$old" "$(field service "$to" '{.spec.clusterIP}')" ||
      fail "$to answers otherwise than $old; nothing was changed"
  fi
  # The mark first, so that there is no moment at which this cannot be undone.
  change annotate service "$service" "$mark=$selector"
  changed=$apply
  lead "$new" ''
  echo "+ compare $old with $address"
  if $apply; then same "$old" "$address" || fail "$address answers otherwise than $old does"; fi
}

# The old replicas are gone afterwards, so their answers are kept.
hand_over_image() {
  local before
  [ -z "$(marked deployment "$deployment")" ] ||
    fail "the Deployment $deployment is handed over already; --back undoes it"
  before=$(field deployment "$deployment" "{.spec.template.spec.containers[?(@.name==\"$container\")].image}")
  [ -n "$before" ] || fail "the Deployment $deployment has no container $container"
  echo "+ keep the answers of $address"
  if $apply; then
    answers "$address" >"$recorded"
    complete || fail "$address does not answer from here; name another way to ask with --dig"
  fi
  change annotate deployment "$deployment" "$mark=$before"
  changed=$apply
  change set image "deployment/$deployment" "$container=$image"
  change rollout status "deployment/$deployment" "--timeout=${wait}s"
  echo "+ compare $address with its answers before"
  if $apply; then
    local until=$((SECONDS + wait))
    while ! diff "$recorded" <(answers "$address"); do
      [ "$SECONDS" -lt "$until" ] || fail "$address answers otherwise than before"
      sleep 1
    done
  fi
}

choose_tool
"hand_over_$mode"
changed=false
if $apply; then
  echo "Done: $service is answered by the new server. takeover.sh --back --apply undoes it."
else
  echo "Nothing was changed. With --apply this is done."
fi

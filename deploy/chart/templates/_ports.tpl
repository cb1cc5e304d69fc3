{{/* The ports that server blocks listen on, as JSON: each with number, udp, tcp, and at will servicePort,
     nodePort and hostPort. A zone listens on UDP, and on TCP with use_tcp. */}}
{{- define "clusterzone.sockets" -}}
{{- $sockets := dict -}}
{{- range .Values.servers -}}
{{- $number := .port | default 53 | int -}}
{{- $key := toString $number -}}
{{- $socket := get $sockets $key | default (dict "number" $number "tcp" false) -}}
{{- range .zones -}}
{{- if .use_tcp -}}{{- $_ := set $socket "tcp" true -}}{{- end -}}
{{- end -}}
{{- with .servicePort -}}{{- $_ := set $socket "servicePort" (int .) -}}{{- end -}}
{{- with .nodePort -}}{{- $_ := set $socket "nodePort" (int .) -}}{{- end -}}
{{- with .hostPort -}}{{- $_ := set $socket "hostPort" (int .) -}}{{- end -}}
{{- $_ := set $sockets $key $socket -}}
{{- end -}}
{{- $ordered := list -}}
{{- range $sockets -}}{{- $ordered = append $ordered . -}}{{- end -}}
{{- toJson $ordered -}}
{{- end -}}

{{/* The port of a directive's HTTP address, or nothing without the directive. Call with "root", "name" and
     "port", which is that of a directive without an address. */}}
{{- define "clusterzone.httpPort" -}}
{{- $call := . -}}
{{- $found := "" -}}
{{- range .root.Values.servers -}}
{{- range .plugins -}}
{{- if and (eq .name $call.name) (not $found) -}}
{{- $found = .parameters | default (toString $call.port) | toString | splitList ":" | last -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $found -}}
{{- end -}}

{{- define "clusterzone.metricsPort" -}}
{{- include "clusterzone.httpPort" (dict "root" . "name" "prometheus" "port" 9153) | default 9153 -}}
{{- end -}}

{{- define "clusterzone.containerPorts" -}}
{{- range include "clusterzone.sockets" . | fromJsonArray }}
- {name: udp-{{ .number }}, containerPort: {{ .number }}, protocol: UDP{{ with .hostPort }}, hostPort: {{ . }}{{ end }}}
{{- if .tcp }}
- {name: tcp-{{ .number }}, containerPort: {{ .number }}, protocol: TCP{{ with .hostPort }}, hostPort: {{ . }}{{ end }}}
{{- end }}
{{- end }}
{{- with include "clusterzone.httpPort" (dict "root" . "name" "prometheus" "port" 9153) }}
- {name: tcp-{{ . }}, containerPort: {{ . }}, protocol: TCP}
{{- end }}
{{- end -}}

{{- define "clusterzone.servicePorts" -}}
{{- range include "clusterzone.sockets" . | fromJsonArray }}
{{- $port := .servicePort | default .number }}
- {name: udp-{{ .number }}, port: {{ $port }}, targetPort: {{ .number }}, protocol: UDP{{ with .nodePort }}, nodePort: {{ . }}{{ end }}}
{{- if .tcp }}
- {name: tcp-{{ .number }}, port: {{ $port }}, targetPort: {{ .number }}, protocol: TCP{{ with .nodePort }}, nodePort: {{ . }}{{ end }}}
{{- end }}
{{- end }}
{{- end -}}

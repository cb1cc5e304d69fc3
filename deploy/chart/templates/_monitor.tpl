{{/* The scraping of one port, for both kinds of monitors. Call with "root", the settings as "monitor" and the
     port as "endpoint". */}}
{{- define "clusterzone.scrape" -}}
{{- $endpoint := deepCopy .endpoint -}}
{{- range $field := list "interval" "scrapeTimeout" "scheme" "honorLabels" "tlsConfig" "relabelings" "metricRelabelings" -}}
{{- with get $.monitor $field -}}{{- $_ := set $endpoint $field . -}}{{- end -}}
{{- end -}}
{{- toYaml (list $endpoint) -}}
{{- end -}}

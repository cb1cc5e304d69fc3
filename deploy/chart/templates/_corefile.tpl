{{/* The block of options of the first directive kubernetes, with the lines that snapshot and multicluster add. */}}
{{- define "clusterzone.kubernetesBlock" -}}
{{- $lines := list -}}
{{- with .plugin.configBlock -}}{{- $lines = append $lines . -}}{{- end -}}
{{- if and .root.Values.snapshot.enabled (not (regexMatch `(?m)^\s*(snapshot|manifests)\s` (.plugin.configBlock | default ""))) -}}
{{- $lines = append $lines (printf "snapshot %s/snapshot" .root.Values.snapshot.mountPath) -}}
{{- end -}}
{{- if .root.Values.multicluster.enabled -}}
{{- $lines = append $lines (printf "multicluster %s" .root.Values.multicluster.zone) -}}
{{- end -}}
{{- join "\n" $lines -}}
{{- end -}}

{{/* A number is written without an exponent. */}}
{{- define "clusterzone.argument" -}}
{{- if kindIs "float64" . }}{{ int64 . }}{{ else }}{{ . }}{{ end -}}
{{- end -}}

{{- define "clusterzone.corefile" -}}
{{- $root := . -}}
{{- $seen := dict -}}
{{- range $name, $conf := .Values.extraConfig -}}
{{ $name }}{{ with $conf.parameters }} {{ include "clusterzone.argument" . }}{{ end }}
{{ end -}}
{{- range .Values.servers -}}
{{- $port := printf ":%d" (.port | default 53 | int) -}}
{{- $keys := list -}}
{{- range .zones -}}
{{- $keys = append $keys (printf "%s%s%s" (.scheme | default "") (.zone | default ".") $port) -}}
{{- end -}}
{{ $keys | default (list (printf ".%s" $port)) | join " " }} {
{{- range .plugins }}
{{- $parameters := include "clusterzone.argument" (.parameters | default "") }}
{{- $block := .configBlock }}
{{- if and (eq .name "kubernetes") (not $seen.kubernetes) }}
{{- $_ := set $seen "kubernetes" true }}
{{- $block = include "clusterzone.kubernetesBlock" (dict "root" $root "plugin" .) }}
{{- if $root.Values.multicluster.enabled }}
{{- $parameters = printf "%s %s" ($parameters | default "cluster.local") $root.Values.multicluster.zone }}
{{- end }}
{{- end }}
    {{ .name }}{{ with $parameters }} {{ . }}{{ end }}
{{- with $block }} {
{{ trim . | indent 8 }}
    }
{{- end }}
{{- end }}
}
{{ end -}}
{{- end -}}

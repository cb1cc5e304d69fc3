{{/* A security context: what is "given", field by field, over the "defaults"; also where that is false, 0 or empty. */}}
{{- define "clusterzone.over" -}}
{{- $context := .defaults -}}
{{- range $field, $value := .given -}}{{- $_ := set $context $field $value -}}{{- end -}}
{{- toYaml $context -}}
{{- end -}}

{{/* The Pod's security context. The sysctl lets a process without capabilities listen on port 53; it is among those
     that Kubernetes calls safe. */}}
{{- define "clusterzone.podSecurityContext" -}}
{{- $context := dict "runAsNonRoot" true "runAsUser" 65532 "runAsGroup" 65532 "fsGroup" 65532 -}}
{{- $_ := set $context "seccompProfile" (dict "type" "RuntimeDefault") -}}
{{- $_ := set $context "sysctls" (list (dict "name" "net.ipv4.ip_unprivileged_port_start" "value" "53")) -}}
{{- include "clusterzone.over" (dict "defaults" $context "given" .Values.podSecurityContext) -}}
{{- end -}}

{{/* A probe of an HTTP page. Call with "root", "probe", "page", "name" and "port" of the directive. */}}
{{- define "clusterzone.probe" -}}
httpGet:
  path: {{ .page }}
  port: {{ include "clusterzone.httpPort" . | default .port }}
  scheme: HTTP
{{ toYaml (omit .probe "enabled") }}
{{- end -}}

{{/* Replicas apart: on different nodes and in different zones where there are such. */}}
{{- define "clusterzone.topologySpread" -}}
{{- $root := . -}}
{{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
- topologyKey: {{ . }}
  maxSkew: 1
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "clusterzone.selector" $root | nindent 6 }}
{{- end }}
{{- end -}}

{{- define "clusterzone.volumes" -}}
- name: config-volume
  configMap:
    name: {{ include "clusterzone.fullname" . }}
    items:
      - {key: Corefile, path: Corefile}
      {{- range .Values.zoneFiles }}
      - {key: {{ .filename | quote }}, path: {{ .filename | quote }}}
      {{- end }}
{{- if .Values.snapshot.enabled }}
- name: snapshot
  {{- if eq .Values.snapshot.type "hostPath" }}
  hostPath: {path: {{ .Values.snapshot.hostPath }}, type: Directory}
  {{- else }}
  emptyDir: {sizeLimit: {{ .Values.snapshot.sizeLimit }}}
  {{- end }}
{{- end }}
{{- range .Values.extraSecrets }}
- name: {{ .name }}
  secret:
    secretName: {{ .name }}
    {{- with .defaultMode }}
    defaultMode: {{ . }}
    {{- end }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "clusterzone.volumeMounts" -}}
- {name: config-volume, mountPath: /etc/coredns}
{{- if .Values.snapshot.enabled }}
- {name: snapshot, mountPath: {{ .Values.snapshot.mountPath }}}
{{- end }}
{{- range .Values.extraSecrets }}
- {name: {{ .name }}, mountPath: {{ .mountPath }}, readOnly: true}
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

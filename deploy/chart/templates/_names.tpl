{{/* The name of the chart, for labels. */}}
{{- define "clusterzone.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The name of all objects: that of the release, with that of the chart unless it is in there. */}}
{{- define "clusterzone.fullname" -}}
{{- $name := include "clusterzone.name" . -}}
{{- $own := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- .Values.fullnameOverride | default $own | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "clusterzone.k8sapplabel" -}}
{{- .Values.k8sAppLabelOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "clusterzone.deploymentName" -}}
{{- .Values.deployment.name | default (include "clusterzone.fullname" .) -}}
{{- end -}}

{{- define "clusterzone.serviceAccountName" -}}
{{- $own := ternary (include "clusterzone.fullname" .) "default" .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default $own -}}
{{- end -}}

{{- define "clusterzone.clusterRoleName" -}}
{{- .Values.clusterRole.nameOverride | default (include "clusterzone.fullname" .) -}}
{{- end -}}

{{/* The names that values files written for CoreDNS's chart may use in their templates. */}}
{{- define "coredns.name" -}}{{ include "clusterzone.name" . }}{{- end -}}
{{- define "coredns.fullname" -}}{{ include "clusterzone.fullname" . }}{{- end -}}
{{- define "coredns.k8sapplabel" -}}{{ include "clusterzone.k8sapplabel" . }}{{- end -}}

{{/* The labels that selectors use. */}}
{{- define "clusterzone.selector" -}}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/name: {{ include "clusterzone.name" . }}
{{- if .Values.isClusterService }}
k8s-app: {{ include "clusterzone.k8sapplabel" . }}
{{- end }}
{{- end -}}

{{/* The labels of each object, in YAML. Call with the root as "root" and more labels as "labels". */}}
{{- define "clusterzone.labels" -}}
{{- $root := .root -}}
{{- $labels := include "clusterzone.selector" $root | fromYaml -}}
{{- $_ := set $labels "app.kubernetes.io/managed-by" $root.Release.Service -}}
{{- $_ := set $labels "helm.sh/chart" (printf "%s-%s" $root.Chart.Name ($root.Chart.Version | replace "+" "_")) -}}
{{- if $root.Values.isClusterService -}}
{{- $_ := set $labels "kubernetes.io/cluster-service" "true" -}}
{{- $_ := set $labels "kubernetes.io/name" "CoreDNS" -}}
{{- end -}}
{{- toYaml (mergeOverwrite $labels (deepCopy ($root.Values.customLabels | default dict)) (.labels | default dict)) -}}
{{- end -}}

{{/* The metadata of an object. Call with "root", "name", and at will "labels", "annotations", "namespace"
     (another one than the release's) or "everywhere" (for what has no namespace). */}}
{{- define "clusterzone.metadata" -}}
name: {{ .name }}
{{- if not .everywhere }}
namespace: {{ .namespace | default .root.Release.Namespace }}
{{- end }}
labels:
  {{- include "clusterzone.labels" . | nindent 2 }}
{{- $annotations := mergeOverwrite (deepCopy (.root.Values.customAnnotations | default dict)) (.annotations | default dict) }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

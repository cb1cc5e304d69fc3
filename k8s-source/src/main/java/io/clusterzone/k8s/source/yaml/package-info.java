/// YAML and JSON, cut to the fields in use, with a place for each fault.
///
/// Read [YamlReader] first: it turns the parser's events into one [YamlNode] per document.
/// [FieldReader] takes fields from a node by type and notes what is wrong with them, at an
/// [Origin]. No kind of object is known here.
@NullMarked
package io.clusterzone.k8s.source.yaml;

import org.jspecify.annotations.NullMarked;

/// The objects of one file: from documents to what DNS needs of each.
///
/// Read [ManifestParser] first: it makes a [ParsedFile] of one file. [ObjectReader] knows the
/// kinds, each with a reader of its own, and a [Manifest] is an object as its file defines it. No
/// other file is known here.
@NullMarked
package io.clusterzone.k8s.source.object;

import org.jspecify.annotations.NullMarked;

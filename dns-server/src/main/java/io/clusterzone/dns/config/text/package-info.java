/// The language of Corefiles: from characters to the arguments of a line, whatever they mean.
///
/// Read [Lexer] first, which makes [Token]s and puts in the environment's values; [Imports] puts in
/// other files and snippets, [LineParser] makes lines and blocks, and [Arguments] takes the words
/// of one line by type. Each fault goes to [Problems] with its place. No directive is known here.
@NullMarked
package io.clusterzone.dns.config.text;

import org.jspecify.annotations.NullMarked;

/// From the bytes of a question to the bytes of an answer.
@NullMarked
package io.clusterzone.zones.answer;

import org.jspecify.annotations.NullMarked;

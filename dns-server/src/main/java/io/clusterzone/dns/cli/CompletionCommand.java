package io.clusterzone.dns.cli;

import io.clusterzone.k8s.api.connect.ApiAccess;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `clusterzone completion`: what a shell sources to complete the commands and options.
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh.",
    footer = {"", "Use it as: source <(clusterzone completion)"})
final class CompletionCommand extends BaseCommand {
  private static final String CONTEXT =
      """
          '--context')
            return
      """;

  private static final String CONTEXT_BY_FILE =
      """
          '--context')
            _clusterzone_contexts "${curr_word}"
            return
      """;

  /// Asks this program for the names each time: of the given file, or else of kubectl's. No word of
  /// the file is expanded, as `compgen -W` would.
  private static final String CONTEXTS =
      """

      function _clusterzone_contexts() {
        local file="${KUBECONFIG:-$HOME/.kube/config}" name i
        file="${file%%:*}"
        for ((i = 1; i + 1 < ${#COMP_WORDS[@]}; i++)); do
          if [[ "${COMP_WORDS[i]}" == --kubeconfig ]]; then
            file="${COMP_WORDS[i + 1]}"
          fi
        done
        file="${file/#\\~/$HOME}"
        COMPREPLY=()
        while IFS= read -r name; do
          if [[ "${name}" == "$1"* ]]; then
            COMPREPLY+=( "$(printf %q "${name}")" )
          fi
        done < <("${COMP_WORDS[0]/#\\~/$HOME}" completion --contexts "${file}" 2>/dev/null)
      }
      """;

  @Option(
      names = "--contexts",
      hidden = true,
      description = "Print the names of the contexts of this kubeconfig file instead.")
  private @Nullable Path contexts;

  @Override
  public Integer call() {
    if (contexts == null) {
      var root = spec.root();
      String script = AutoComplete.bash(root.name(), root.commandLine());
      out().println(script.replace(CONTEXT, CONTEXT_BY_FILE) + CONTEXTS);
    } else {
      ApiAccess.Kubeconfig.contexts(contexts).stream()
          .filter(name -> name.chars().noneMatch(Character::isISOControl))
          .forEach(out()::println);
    }
    return Commands.OK;
  }
}

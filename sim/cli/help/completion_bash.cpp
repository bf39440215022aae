#include "sim/cli/help/completion.hpp"
#include "sim/cli/help/help.hpp"
#include "sim/output/reference/entries.hpp"

namespace fleetrace::cli {
namespace {

constexpr std::string_view kHead = R"(# Completion of fleetrace in bash; printed by: fleetrace completion bash

)";

// The shell's part. Readline cuts words at = and : as well; they are put together again here, and what readline keeps is
// cut off the candidates at the end. Names that a shell would read as more than a word are no candidates.
constexpr std::string_view kBody = R"bash(
# All paths of a scenario, as lines of path,words,value.
_fleetrace_listed() {
  [[ -n $1 ]] && fleetrace list paths "${1/#\~\//$HOME/}" --format csv 2>/dev/null
}

# Those that go on from $2, one key further, or the words behind path=.
_fleetrace_paths() {
  local path words word next before
  while IFS=, read -r path words _; do
    [[ $path == *[!A-Za-z0-9_.+/-]* || $path == path ]] && continue
    if [[ $2 == "$path="* ]]; then
      before=$path=
      [[ $2 == *,* ]] && before=${2%,*},
      for word in $words; do candidates+=("$before$word"); done
    elif [[ $path == "$2"* ]]; then
      next=${path#"$2"}
      if [[ $next == *.* ]]; then next=$2${next%%.*}.; else next=$path=; fi
      [[ " ${candidates[*]} " == *" $next "* ]] || candidates+=("$next")
    fi
  done < <(_fleetrace_listed "$1")
}

_fleetrace_strategies() {
  local path name
  while IFS=, read -r path _; do
    [[ $path == strategies.* && $path != *[!A-Za-z0-9_.+/-]* ]] || continue
    name=${path#strategies.}
    name=${name%%.*}
    [[ " ${candidates[*]} " == *" $name "* ]] || candidates+=("$name")
  done < <(_fleetrace_listed "$1")
}

_fleetrace() {
  local words=() word rest=$COMP_LINE trimmed i
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    trimmed=${rest#"${rest%%[![:space:]]*}"}
    if ((i > 0)) && [[ $trimmed == "$rest" ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    rest=${trimmed#"$word"}
  done
  local current=$((${#words[@]} - 1))
  local typed=${words[current]} last=${COMP_WORDS[COMP_CWORD]} verb=${words[1]} kind='' kept=''
  [[ $last == [=:] ]] && last=
  local readline_keeps=${typed%"$last"}

  # The operands so far, and the option that waits for its value.
  local operands=() option='' ended=''
  for ((i = 2; i < current; i++)); do
    word=${words[i]}
    if [[ -n $option ]]; then
      option=
    elif [[ -z $ended && $word == -- ]]; then
      ended=1
    elif [[ -z $ended && $word == --*=* ]]; then
      :
    elif [[ -z $ended && $word == --* ]]; then
      [[ -n $(_fleetrace_value "$verb" "$word") ]] && option=$word
    else
      operands+=("$word")
    fi
  done

  if ((current == 1)); then
    kind="$(_fleetrace_verbs) --help --version"
  elif [[ -n $option ]]; then
    kind=$(_fleetrace_value "$verb" "$option")
  elif [[ -z $ended && $typed == --*=* ]]; then
    kind=$(_fleetrace_value "$verb" "${typed%%=*}")
    kept=${typed%%=*}=
    typed=${typed#*=}
  elif [[ -z $ended && $typed == -* ]]; then
    kind=$(_fleetrace_options "$verb")
  else
    kind=$(_fleetrace_operand "$verb" "${#operands[@]}" "${operands[0]}")
  fi

  local candidates=() candidate
  case $kind in
    @any) ;;
    @folder) mapfile -t candidates < <(compgen -d -- "$typed") ;;
    @file) mapfile -t candidates < <(compgen -f -- "$typed") ;;
    @scenario)
      mapfile -t candidates < <(
        compgen -f -X '!*.yaml' -- "$typed"
        compgen -d -- "$typed"
      )
      local embedded
      read -ra embedded < <(_fleetrace_scenarios)
      candidates+=("${embedded[@]}")
      ;;
    @path) _fleetrace_paths "${operands[0]}" "$typed" ;;
    @strategy) _fleetrace_strategies "${operands[0]}" ;;
    *) read -ra candidates <<<"$kind" ;;
  esac
  COMPREPLY=()
  for candidate in "${candidates[@]}"; do
    [[ $candidate == "$typed"* ]] || continue
    [[ $kind == @path && $candidate == *[.=] ]] && compopt -o nospace 2>/dev/null
    candidate=$kept$candidate
    COMPREPLY+=("${candidate#"$readline_keeps"}")
  done
  [[ $kind == @file || $kind == @folder || $kind == @scenario ]] && compopt -o filenames 2>/dev/null
  return 0
}

complete -F _fleetrace fleetrace
)bash";

std::string function(const std::string& name, const std::string& body) {
  return "_fleetrace_" + name + "() {\n" + body + "}\n";
}

std::string printed(const std::string& words) { return "printf '%s\\n' '" + words + "'"; }

/// What stands behind an option, in the shell's part: words, or a kind.
std::string value_kind(const Option& option) {
  if (option.values != nullptr) return joined(option.values());
  if (option.argument == "DIR") return "@folder";
  if (option.argument == "FILE") return "@file";
  if (option.argument == "STRATEGY") return "@strategy";
  return option.argument.substr(0, 4) == "PATH" ? "@path" : "@any";
}

std::string operand_kind(std::string_view name) {
  if (name == "SCENARIO" || name == "A" || name == "B") return "@scenario";
  if (name == "DIR") return "@folder";
  if (name == "FILE") return "@file";
  if (name == "VERB") return joined(verb_names());
  std::string words(name);
  for (char& c : words) c = c == '|' ? ' ' : c;
  return words;
}

/// One line of a case statement.
std::string branch(const std::string& pattern, const std::string& kind) {
  return "    " + pattern + ") " + printed(kind) + " ;;\n";
}

std::string cases(const std::string& subject, const std::string& branches) {
  return "  case " + subject + " in\n" + branches + "  esac\n";
}

std::string options_function() {
  std::string branches;
  for (const Verb* verb : verbs()) {
    std::string names;
    for (const Option& option : verb->options) names += "--" + std::string(option.name) + ' ';
    branches += branch(std::string(verb->name), names + "--help");
  }
  return function("options", cases("$1", branches));
}

std::string value_function() {
  std::string branches;
  for (const Verb* verb : verbs()) {
    for (const Option& option : verb->options) {
      if (option.argument.empty()) continue;
      branches += branch(std::string(verb->name) + ":--" + std::string(option.name), value_kind(option));
    }
  }
  return function("value", cases("$1:$2", branches));
}

/// $1 is the verb, $2 the number of operands before, $3 the first of them.
std::string operand_function() {
  std::string branches;
  for (const Verb* verb : verbs()) {
    std::size_t position = 0;
    for (const Operand& operand : operands(*verb)) {
      const std::string name(verb->name);
      const std::string at = name + ':' + (operand.repeatable ? "*" : std::to_string(position)) + ':';
      ++position;
      if (operand.name == "FAMILY") {
        branches += branch(at + '*', joined(list_families()));
      } else if (operand.name == "NAME") {
        for (const std::string& word : output::list_words())
          branches += branch(at + word, joined(output::entry_names(word)));
        branches += branch(at + "paths", "@scenario");
      } else {
        branches += branch(at + '*', operand_kind(operand.name));
      }
    }
  }
  branches += branch("help:0:*", joined(verb_names()));
  return function("operand", cases("$1:$2:$3", branches));
}

}  // namespace

std::string bash_completion() {
  return std::string(kHead) + function("verbs", "  " + printed(joined(verb_names())) + '\n') +
         function("scenarios", "  " + printed(joined(output::entry_names("scenarios"))) + '\n') + options_function() +
         value_function() + operand_function() + std::string(kBody);
}

}  // namespace fleetrace::cli

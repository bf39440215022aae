#include <algorithm>

#include "sim/cli/help/completion.hpp"
#include "sim/cli/help/help.hpp"
#include "sim/output/reference/entries.hpp"

namespace fleetrace::cli {
namespace {

constexpr std::string_view kHead = R"(#compdef fleetrace
# Completion of fleetrace in zsh; printed by: fleetrace completion zsh

)";

constexpr std::string_view kBody = R"zsh(
# All paths of the scenario, as lines of path,words,value.
_fleetrace_listed() {
  local REPLY
  _fleetrace_first
  [[ -n $REPLY ]] && fleetrace list paths "${${(Q)REPLY}/#\~\//$HOME/}" --format csv 2>/dev/null
}

# One key further, or the words behind path=.
_fleetrace_paths() {
  local place takes word next kept typed=$PREFIX
  local -a found
  while IFS=, read -r place takes word; do
    [[ $place == *[^A-Za-z0-9_.+/-]* || $place == path ]] && continue
    if [[ $typed == "$place="* ]]; then
      kept=$place=
      [[ $typed == *,* ]] && kept=${typed%,*},
      for word in ${=takes}; do found+=("$kept$word"); done
    elif [[ $place == "$typed"* ]]; then
      next=${place#"$typed"}
      if [[ $next == *.* ]]; then found+=("$typed${next%%.*}."); else found+=("$place="); fi
    fi
  done < <(_fleetrace_listed)
  compadd -Q -S '' -- ${(u)found}
}

_fleetrace_strategies() {
  local place rest
  local -a found
  while IFS=, read -r place rest; do
    [[ $place == strategies.* ]] && rest=${place#strategies.} && found+=("${rest%%.*}")
  done < <(_fleetrace_listed)
  compadd -- ${(u)found}
}

_fleetrace_scenarios() {
  _alternative "scenarios:scenario:($_fleetrace_embedded)" 'files:file:_files -g "*.yaml"'
}

_fleetrace() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C '(- *)--help[how to use it]' '(- *)--version[which version]' '1:verb:->verb' '*::argument:->argument'
  case $state in
    verb) _describe verb _fleetrace_verbs ;;
    argument) _fleetrace_verb "$words[1]" ;;
  esac
}

if [[ $funcstack[1] == _fleetrace ]]; then _fleetrace "$@"; else compdef _fleetrace fleetrace; fi
)zsh";

/// In single quotes, as one word of the shell.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + '\'';
}

/// The first sentence, with what _arguments would take for its own escaped.
std::string explanation(const std::string& help) {
  std::string result;
  for (const char c : help.substr(0, help.find(". "))) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string action(const Option& option) {
  if (option.values != nullptr) return '(' + joined(option.values()) + ')';
  if (option.argument == "DIR") return "_files -/";
  if (option.argument == "FILE") return "_files";
  if (option.argument == "STRATEGY") return "_fleetrace_strategies";
  return option.argument.substr(0, 4) == "PATH" ? "_fleetrace_paths" : " ";
}

std::string action(std::string_view operand) {
  if (operand == "SCENARIO" || operand == "A" || operand == "B") return "_fleetrace_scenarios";
  if (operand == "DIR") return "_files -/";
  if (operand == "FILE") return "_files";
  if (operand == "FAMILY") return '(' + joined(list_families()) + ')';
  if (operand == "NAME") return "_fleetrace_entries";
  std::string words(operand);
  std::replace(words.begin(), words.end(), '|', ' ');
  return '(' + words + ')';
}

std::string arguments_of(const Verb& verb) {
  std::string text = "    " + std::string(verb.name) + ") _arguments";
  const auto add = [&text](const std::string& spec) { text += " \\\n      " + quoted(spec); };
  for (const Option& option : verb.options) {
    std::string spec = std::string(option.repeatable ? "*" : "") + "--" + std::string(option.name);
    const bool is_flag = option.argument.empty();
    spec += (is_flag ? "[" : "=[") + explanation(help_text(option)) + ']';
    add(is_flag ? spec : spec + ':' + std::string(option.argument) + ':' + action(option));
  }
  add("(- *)--help[how to use it]");
  int position = 0;
  for (const Operand& operand : operands(verb)) {
    ++position;
    add((operand.repeatable ? "*" : std::to_string(position)) + ':' + std::string(operand.name) + ':' +
        action(operand.name));
  }
  return text + " ;;\n";
}

std::string verb_function() {
  std::string text = "_fleetrace_verb() {\n  case $1 in\n";
  for (const Verb* verb : verbs()) text += arguments_of(*verb);
  return text + "    help) _arguments '1:VERB:(" + joined(verb_names()) + ")' ;;\n  esac\n}\n";
}

std::string verb_list() {
  std::string text = "typeset -ga _fleetrace_verbs=(\n";
  for (const Verb* verb : verbs())
    text += "  " + quoted(std::string(verb->name) + ':' + std::string(verb->summary)) + '\n';
  return text + "  'help:tell more about a verb'\n)\n";
}

/// Puts the first operand behind the verb into REPLY.
std::string first_function() {
  std::string flags = "--";
  for (const Verb* verb : verbs()) {
    for (const Option& option : verb->options) {
      const std::string word = "|--" + std::string(option.name);
      if (option.argument.empty() && (flags + '|').find(word + '|') == std::string::npos) flags += word;
    }
  }
  return "_fleetrace_first() {\n  local i\n  REPLY=\n  for ((i = 2; i < CURRENT; i++)); do\n    case $words[i] in\n"
         "      --*=*|" +
         flags +
         ") ;;\n      --*) ((i++)) ;;\n      *) REPLY=$words[i]; return ;;\n"
         "    esac\n  done\n}\n";
}

std::string entries_function() {
  std::string text = "_fleetrace_entries() {\n  local REPLY\n  _fleetrace_first\n  case $REPLY in\n";
  for (const std::string& word : output::list_words())
    text += "    " + word + ") compadd -- " + joined(output::entry_names(word)) + " ;;\n";
  return text + "    paths) _fleetrace_scenarios ;;\n  esac\n}\n";
}

}  // namespace

std::string zsh_completion() {
  std::string text(kHead);
  text += "typeset -g _fleetrace_embedded=";
  text += quoted(joined(output::entry_names("scenarios")));
  text += '\n';
  for (const auto part : {verb_list, first_function, entries_function, verb_function}) text += part();
  return text.append(kBody);
}

}  // namespace fleetrace::cli

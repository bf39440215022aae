#include "sim/output/cluster/cluster_parts.hpp"

namespace fleetrace::output {
namespace {

constexpr const char* kRules =
    R"py(# A study in {{shards}} parts for Snakemake 7 or later, and their merge. Read it, edit it, and run it:
#   snakemake --snakefile study.smk --cores all
# A part that is killed goes on from what it has kept when it runs again: its folder is the program's, not Snakemake's.

rule merge:
    input: expand({{done}}, part=range(1, {{last}}))
    output: touch({{merged}})
    shell: {{merge}}

rule part:
    output: touch({{done}})
    wildcard_constraints: part="[0-9]+"
    threads: {{threads}}
    retries: 2
    shell: {{part}}
)py";

/// A string of Python, in which Snakemake puts in nothing: it would for braces.
std::string literal(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '{' || c == '}') result += c;
    result += c;
  }
  return result + '"';
}

/// Puts the wildcard into a literal in which "@" stands for it; no such literal has another one.
std::string with_part(std::string text, const std::string& wildcard) {
  text.replace(text.rfind('@'), 1, wildcard);
  return text;
}

}  // namespace

std::string snakefile(const ClusterStudy& study) {
  const std::string parts = study.folder + "-parts";
  if (parts.find('@') != std::string::npos || parts.find_first_of("{}*?[]") != std::string::npos)
    throw NoClusterText("Snakemake reads more into a path such as \"" + parts +
                        "\". Name a folder without {}*?[] and @.");
  const std::string of = '/' + std::to_string(study.shards);
  std::string part = literal(part_command(study, "@" + of, shell_word(parts) + "/@"));
  part = with_part(with_part(part, "{wildcards.part}"), "{wildcards.part}");
  const std::string done = with_part(literal(parts + "/@.done"), "{part}");
  return filled(kRules, {{"shards", std::to_string(study.shards)},
                         {"last", std::to_string(study.shards + 1)},
                         {"threads", std::to_string(study.threads)},
                         {"done", done},
                         {"merged", literal(study.folder + ".done")},
                         {"merge", literal(merge_command(shell_word(parts), shell_word(study.folder)))},
                         {"part", part}});
}

}  // namespace fleetrace::output

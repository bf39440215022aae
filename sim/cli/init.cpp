#include <cerrno>
#include <cstdio>
#include <memory>
#include <ostream>
#include <system_error>

#include "fleetrace/core/diagnostic.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/reader/starter.hpp"

namespace fleetrace::cli {
namespace {

constexpr std::string_view kDefault = "scenario.yaml";

constexpr std::string_view kHelp =
    R"(Writes a scenario to start from, every section of it explained: into FILE, into
scenario.yaml where there is none, or to standard output for -. A file that
exists is left alone. Its first line tells editors where the schema is.

examples:
  fleetrace init
  fleetrace init race.yaml
  fleetrace init - | fleetrace run -
)";

/// A file as a shell takes it for one word, whatever stands in its name.
std::string as_word(const std::string& file) {
  static constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+,:@%=-";
  // What begins with a dash would be an option.
  std::string word = file.front() == '-' ? "./" + file : file;
  if (core::printable(word) != word) {
    // The shell reads the bytes that a terminal does not show.
    std::string escaped;
    for (const char c : word) escaped += (c == '\'' || c == '\\' ? "\\" : "") + std::string(1, c);
    return "$'" + core::printable(escaped) + '\'';
  }
  if (word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + '\'';
}

[[noreturn]] void fail(const std::string& file, int error) {
  if (error == EEXIST)
    throw std::runtime_error(core::printable(file) +
                             " exists and is left alone. Give another name, or - for standard output.");
  throw std::runtime_error("cannot write " + core::printable(file) + ": " + std::generic_category().message(error) +
                           '.');
}

struct Close {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};

void write_new(const std::string& file, const std::string& text) {
  std::unique_ptr<std::FILE, Close> stream(std::fopen(file.c_str(), "wxe"));
  if (stream == nullptr) fail(file, errno);
  const bool is_written = std::fwrite(text.data(), 1, text.size(), stream.get()) == text.size();
  // Full disks may show only here.
  if (std::fclose(stream.release()) != 0 || !is_written) {
    const int error = errno;
    (void)std::remove(file.c_str());
    fail(file, error);
  }
}

int init(const std::vector<std::string>& arguments, const Streams& streams) {
  const Options options = parse_options({}, arguments);
  const std::string file = options.operands().empty() ? std::string(kDefault) : only_operand(options, "FILE");
  const std::string text = reader::starter_scenario();
  if (file == "-") {
    streams.out << text;
    return kDone;
  }
  write_new(file, text);
  streams.err << core::printable(file) << " is written. Next: fleetrace run " << as_word(file) << '\n';
  return kDone;
}

}  // namespace

const Verb kInit{.name = "init",
                 .arguments = "[FILE]",
                 .summary = "write a commented scenario to start from",
                 .help = kHelp,
                 .run = init};

}  // namespace fleetrace::cli

#include "sim/reader/yaml/yaml_syntax.hpp"

#include <array>
#include <string>

#include "sim/reader/yaml/yaml_text.hpp"

namespace fleetrace::reader {
namespace {

struct Explanation {
  std::string_view message;  ///< how yaml-cpp's message begins
  std::string_view problem;  ///< "%" stands for the word at that place
  std::string_view reason;
  std::string_view suggestion;
  bool is_open = false;  ///< whether brackets lack their end
};

constexpr std::string_view kQuoteIt = "Put the text in quotes.";
constexpr std::string_view kIndent = "Check the indentation, and that every line reads \"key: value\".";
constexpr std::string_view kAliases = "an anchor is & and a name, an alias * and that name";
constexpr std::string_view kWriteOut = "Write the value out where it is needed.";

// A longer beginning stands before a shorter one.
constexpr std::array kExplanations = {
    Explanation{"end of map flow not found", "mapping in braces without an end", "",
                "Separate its entries with \",\" and close it with \"}\".", true},
    Explanation{"end of map not found", "unexpected \"%\"", "it does not continue the mapping around it", kIndent},
    Explanation{"end of sequence flow not found", "list in brackets without an end", "",
                "Separate its entries with \",\" and close it with \"]\".", true},
    Explanation{"end of sequence not found", "unexpected \"%\"", "it does not continue the list around it",
                "Check the indentation, and that every line begins with \"- \"."},
    Explanation{"illegal flow end", "unexpected \"%\"", "nothing is open that it could close",
                "Remove it, or open it before."},
    Explanation{"illegal block entry", "unexpected \"-\"", "a list cannot begin here",
                "Begin the list on a line of its own."},
    Explanation{"illegal map key", "unexpected \"%\"", "a key cannot stand here", kIndent},
    Explanation{"illegal map value", "unexpected \":\"", "a second \"key: value\" cannot stand here",
                "Check the indentation, or put the text in quotes."},
    Explanation{"unknown escape character", "unknown escape in a text", "",
                "Double the backslash, or use single quotes."},
    Explanation{"bad character found while scanning hex", "escape without its digits", "",
                "Double the backslash, or use single quotes."},
    Explanation{"invalid unicode", "escape that is no character", "", "Remove the escape."},
    Explanation{"unknown token", "unexpected \"%\"", "no value begins with this character", kQuoteIt},
    Explanation{"illegal document indicator in scalar", "\"%\" in a text", "it ends the document",
                "Close the quote before it."},
    Explanation{"illegal EOF in scalar", "quote that is never closed", "the text goes on to the end of the file",
                "Close it."},
    Explanation{"illegal character in scalar", "unexpected \"%\"", "a text cannot go on with it", kQuoteIt},
    Explanation{"illegal tab", "tab in the indentation", "YAML indents with spaces only", "Replace it with spaces."},
    Explanation{"cannot set zero indentation", "block text with indentation 0", "",
                "Write a number from 1 to 9, or none."},
    Explanation{"unexpected character in block scalar", "unexpected \"%\"",
                "only indentation hints may follow \"|\" and \">\"", "Begin the text on the next line."},
    Explanation{"the referenced anchor is not defined", "alias \"%\"", "no anchor of that name stands before it",
                "Write the value out, or put the text in quotes."},
    Explanation{"alias not found after *", "unexpected \"*\"", kAliases, kQuoteIt},
    Explanation{"anchor not found after &", "unexpected \"&\"", kAliases, kQuoteIt},
    Explanation{"illegal character found while scanning alias", "unexpected \"%\"", kAliases, kQuoteIt},
    Explanation{"illegal character found while scanning anchor", "unexpected \"%\"", kAliases, kQuoteIt},
    Explanation{"cannot assign multiple anchors", "unexpected \"%\"", "a value has one anchor", "Remove it."},
    Explanation{"cannot assign multiple tags", "unexpected \"%\"", "tags are not accepted", "Remove it."},
    Explanation{"aliases can't have any content", "alias with a value", "it stands for the value of its anchor",
                kWriteOut},
    Explanation{"illegal character found while scanning tag", "unexpected \"%\"", "tags are not accepted", kQuoteIt},
    Explanation{"tag handle with no suffix", "unexpected \"%\"", "tags are not accepted", kQuoteIt},
    Explanation{"end of verbatim tag not found", "unexpected \"%\"", "tags are not accepted", kQuoteIt},
    Explanation{"bad file", "nested too deeply", "the limit is 32 levels", "Make the nesting flatter."},
};

bool begins_with(std::string_view text, std::string_view beginning) {
  return text.substr(0, beginning.size()) == beginning;
}

}  // namespace

core::Diagnostic explain(const YAML::Exception& error, core::Location place, std::string_view here,
                         const Node* innermost) {
  const Explanation* known = nullptr;
  for (const Explanation& candidate : kExplanations) {
    if (known == nullptr && begins_with(error.msg, candidate.message)) known = &candidate;
  }
  if (known == nullptr)
    return {std::move(place), {}, "not valid YAML", error.msg, "Check the line, and the one before it."};

  core::Diagnostic found{
      std::move(place), {}, std::string(known->problem), std::string(known->reason), std::string(known->suggestion)};
  if (const std::size_t mark = found.problem.find('%'); mark != std::string::npos) {
    if (here.empty()) {
      found.problem = "unexpected end of the file";
    } else {
      found.problem.replace(mark, 1, first_word(here));
    }
  }
  // yaml-cpp points to the end of the file; what is never closed is better mended where it was opened.
  if (known->is_open && innermost != nullptr) found.where = innermost->where;
  return found;
}

}  // namespace fleetrace::reader

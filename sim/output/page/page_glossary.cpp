#include "sim/output/page/page_glossary.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "sim/output/page/html.hpp"

namespace fleetrace::output::page {
namespace {

struct Term {
  std::string_view name;
  std::string_view sign;  ///< what stands in a text, in small letters, where the term is used
  std::string_view meaning;
  bool is_first = false;  ///< whether readers need it at once, where it first stands
};

constexpr std::array kTerms = {
    Term{"Accelerator", "accelerator",
         "A chip that trains AI models, such as an NVIDIA H100, with its share of a server."},
    Term{"Algorithmic progress", "algorithm", "The same result from less computing, because methods improve."},
    Term{"Binding", "bind",
         "What binds is the limit that keeps computing from growing at that time: money, power, supply."},
    Term{"C0", "c0", "The reference compute that all losses are measured against, mostly one year of the first fleet."},
    Term{"CO2e", "co2e", "Carbon dioxide that would warm the climate as much as all that is emitted."},
    Term{"Effective compute", "effective compute",
         "computing done by the hardware, times how much better algorithms have become", true},
    Term{"FLOP", "flop", "One arithmetic operation on numbers with a fraction."},
    Term{"Future", "future", "one possible course of everything that is uncertain", true},
    Term{"Gamma", "gamma", "How often efficiency doubles in a year."},
    Term{"H100-equivalent", "h100-equivalent", "As many H100 chips as would have the same peak speed."},
    Term{"Interval", "interval",
         "Where the true value lies with the stated confidence, as far as chance is concerned."},
    Term{"Loss", "loss", "the error of the model that is trained, relative to the start: 1 is today's, lower is better",
         true},
    Term{"MFU", "mfu", "Model FLOP utilisation: the part of its peak speed that a chip spends on training."},
    Term{"Nameplate power", "nameplate", "The power that hardware may draw at most, by which sites are filled."},
    Term{"Net present value", "net present value", "All money over time, counted at its worth today."},
    Term{"P10, P50, P90", "p10", "A tenth, half and nine tenths of the futures lie at or below."},
    Term{"PF-day", "pf-day", "A petaflop/s-day: 8.64e19 operations", true},
    Term{"PUE", "pue", "Power usage effectiveness: power of a whole site over that of its computers."},
    Term{"Regret", "regret", "How much worse a choice is than the best one would have been in the same future."},
    Term{"Relative loss", "relative loss", "Loss divided by the loss of the reference compute."},
    Term{"Replication", "replication", "One possible future: one draw of everything that is uncertain."},
    Term{"Sobol index", "sobol", "The share of the uncertainty of the result that an input drives."},
    Term{"Strategy", "strateg", "A plan of when to buy which hardware, with which money."},
    Term{"Utilisation", "utilisation", "The useful part of what the hardware could do."},
};

/// A text in small letters, without what stands in tags.
std::string plain(std::string_view html) {
  std::string text;
  text.reserve(html.size());
  bool is_tag = false;
  for (const char c : html) {
    if (c == '<') is_tag = true;
    if (!is_tag) text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (c == '>') is_tag = false;
  }
  return text;
}

/// Whether a sign begins a word of the text.
bool has(const std::string& text, std::string_view sign) {
  for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign, at + 1)) {
    if (at == 0 || std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0) return true;
  }
  return false;
}

std::string capitalised(std::string_view text) {
  std::string result(text);
  result.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(result.front())));
  return result;
}

}  // namespace

std::string first_terms_html(std::string_view text) {
  const std::string words = plain(text);
  std::string html;
  for (const Term& term : kTerms) {
    if (!term.is_first || !has(words, term.sign)) continue;
    html += html_element("strong", term.name) + html_text(": " + std::string(term.meaning) + ". ");
  }
  if (html.empty()) return {};
  html.pop_back();
  return "<p class=\"terms\">" + html + "</p>\n";
}

std::string glossary_html(std::string_view page) {
  const std::string words = plain(page);
  std::string html;
  for (const Term& term : kTerms) {
    if (!has(words, term.sign)) continue;
    const std::string end = term.meaning.back() == '.' ? "" : ".";
    html += html_element("dt", term.name) + html_element("dd", capitalised(term.meaning) + end) + '\n';
  }
  return html.empty() ? html : "<dl>\n" + html + "</dl>\n";
}

}  // namespace fleetrace::output::page

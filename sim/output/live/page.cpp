#include "sim/output/live/page.hpp"

#include "fleetrace/core/version.hpp"
#include "sim/core/text/json_writer.hpp"
#include "sim/output/page/page_json.hpp"

namespace fleetrace::output::live {

std::string page(std::string_view text, std::string_view name) {
  core::JsonWriter json(core::JsonWriter::Layout::compact);
  json.begin_object();
  json.text("name", name);
  json.text("text", text);
  json.text("git_hash", core::git_hash());
  json.end_object();
  std::string html;
  for (const std::string_view piece : before_scenario()) html += piece;
  html += output::page::script_safe(std::move(json).finish());
  for (const std::string_view piece : after_scenario()) html += piece;
  return html;
}

}  // namespace fleetrace::output::live

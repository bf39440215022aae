#pragma once

#include <string>

#include "sim/output/table/table.hpp"

/// Headings of columns as the writers of text, markdown and HTML show them; private to them.
namespace fleetrace::output {

/// A heading in two lines. One that needs a single line stands in the lower one.
struct HeadingLines {
  std::string upper;
  std::string lower;
};
[[nodiscard]] HeadingLines heading_lines(const Column& column);

/// A heading on one line. A hyphen at the end of its upper line was only for the break.
[[nodiscard]] std::string heading_line(const Column& column);

}  // namespace fleetrace::output

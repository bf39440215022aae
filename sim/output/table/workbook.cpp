#include "sim/output/table/workbook.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <ctime>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <system_error>

#include "fleetrace/core/time.hpp"
#include "fleetrace/core/version.hpp"
#include "sim/core/system/positioned_io.hpp"
#include "sim/core/text/utf8.hpp"
#include "sim/output/table/csv_writer.hpp"
#include "sim/output/table/text.hpp"

namespace fleetrace::output {
namespace {

/// Rows below the headings.
constexpr std::size_t kMostRows = LXW_ROW_MAX - 1;
/// Characters of a cell.
constexpr std::size_t kMostCharacters = 32767;
/// 1980-01-01, the earliest date of an archive: a file says nothing of when it was written.
constexpr std::time_t kCreated = 315532800;
/// Days from the epoch of spreadsheets, 1899-12-30, to 1970-01-01; dates count from there from March 1900 on.
constexpr double kEpochDays = 25569;
constexpr double kFirstDay = 61;
constexpr double kDayMilliseconds = 86'400'000;

/// A file in memory, which the library opens by its name.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("fleetrace.xlsx", MFD_CLOEXEC)) {
    if (descriptor_ < 0) fail(errno);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile(MemoryFile&&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  MemoryFile& operator=(MemoryFile&&) = delete;
  ~MemoryFile() { ::close(descriptor_); }

  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

  [[nodiscard]] std::string bytes() const {
    const off_t size = ::lseek(descriptor_, 0, SEEK_END);
    if (size < 0) fail(errno);
    std::string all(static_cast<std::size_t>(size), '\0');
    const int error = core::read_all_at(descriptor_, std::as_writable_bytes(std::span(all)), 0);
    if (error != 0) fail(error);
    return all;
  }

 private:
  [[noreturn]] static void fail(int error) {
    throw std::runtime_error("a spreadsheet cannot be written: " + std::generic_category().message(error));
  }

  int descriptor_;
};

/// The days of an instant as spreadsheets count them, where the text is one: "2026-01-01" or "2026-01-01T00:00:00.000Z".
std::optional<double> serial_date(const std::string& text) {
  static constexpr std::string_view kForm = "0000-00-00T00:00:00.000Z";
  if (text.size() != kForm.size() && text.size() != kForm.find('T')) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == '0' ? !is_digit : text[i] != kForm[i]) return std::nullopt;
  }
  const std::optional<core::Time> day = core::parse_date(text.substr(0, kForm.find('T')));
  if (!day) return std::nullopt;
  auto milliseconds = static_cast<double>(day->milliseconds());
  if (text.size() == kForm.size()) {
    const auto part = [&text](std::size_t at, std::size_t length) { return std::stod(text.substr(at, length)); };
    milliseconds += ((part(11, 2) * 60 + part(14, 2)) * 60 + part(17, 6)) * 1000;
  }
  const double days = milliseconds / kDayMilliseconds + kEpochDays;
  return days < kFirstDay ? std::nullopt : std::optional(days);
}

/// The text cut to what a cell can hold.
std::string cell_text(const std::string& text) {
  std::string valid = printable_lines(text);
  if (valid.size() <= kMostCharacters) return valid;  // bytes are no fewer than characters
  std::size_t end = kMostCharacters - 3;
  while (end > 0 && core::continues_character(valid[end])) --end;
  return valid.substr(0, end) + "...";
}

/// Throws std::bad_alloc where there is no room for what the library will need: where it finds none for a cell or a text, it ends
/// the process. The room is free again when this returns.
void require_room(const std::vector<Sheet>& sheets) {
  constexpr std::size_t kBook = std::size_t{4} << 20;  // buffers, styles, and the compressor
  constexpr std::size_t kCell = 256;                   // a cell and its place in a tree: less than 200 bytes
  constexpr std::size_t kRow = 512;                    // a row, likewise
  constexpr std::size_t kText = 256;                   // a text's places in two tables, beside two copies of it
  std::size_t bytes = kBook;
  for (const Sheet& sheet : sheets) {
    for (const auto& row : sheet.table.rows()) {
      bytes += kRow;
      for (const Cell& cell : row) bytes += kCell + kText + 2 * cell.text().size();
    }
  }
  void* const room = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) throw std::bad_alloc();
  ::munmap(room, bytes);
}

struct Free {
  void operator()(lxw_workbook* book) const { lxw_workbook_free(book); }
};

class Book {
 public:
  explicit Book(const std::string& path) {
    lxw_workbook_options options{};
    book_.reset(workbook_new_opt(path.c_str(), &options));
    if (!book_) throw std::bad_alloc();
    lxw_doc_properties about{};
    std::string program = "fleetrace " + std::string(core::version());
    about.comments = program.data();
    about.created = kCreated;
    check(workbook_set_properties(book_.get(), &about));
    heading_ = format(nullptr);
    format_set_bold(heading_);
    format_set_bottom(heading_, LXW_BORDER_THIN);
    whole_ = format("#,##0");
    large_ = format("#,##0.00");
    extreme_ = format("0.0000E+00");
    date_ = format("yyyy-mm-dd");
    instant_ = format("yyyy-mm-dd hh:mm:ss");
  }

  void add(const Sheet& sheet) {
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < sheet.table.columns().size(); ++i) {
      if (sheet.table.columns()[i].is_for_programs()) columns.push_back(i);
    }
    const std::size_t rows = sheet.table.rows().size();
    std::size_t part = 1;
    for (std::size_t first = 0; first == 0 || first < rows; first += kMostRows, ++part) {
      const std::string name = part == 1 ? sheet.name : sheet.name + ' ' + std::to_string(part);
      add(name, sheet.table, columns, first, std::min(rows, first + kMostRows));
    }
  }

  /// Writes the file, after which nothing can be added.
  void close() { check(workbook_close(book_.release())); }

 private:
  static void check(lxw_error error) {
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED) throw std::bad_alloc();
    if (error != LXW_NO_ERROR)
      throw std::runtime_error(std::string("a spreadsheet cannot be written: ") + lxw_strerror(error));
  }

  lxw_format* format(const char* numbers) {
    lxw_format* made = workbook_add_format(book_.get());
    if (made == nullptr) throw std::bad_alloc();
    if (numbers != nullptr) format_set_num_format(made, numbers);
    return made;
  }

  void add(const std::string& name, const Table& table, const std::vector<std::size_t>& columns, std::size_t first,
           std::size_t last) {
    sheet_ = workbook_add_worksheet(book_.get(), name.c_str());
    if (sheet_ == nullptr) throw std::logic_error("a workbook cannot have another sheet named " + name);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      const std::string& heading = table.columns()[columns[i]].name;
      check(worksheet_write_string(sheet_, 0, column, heading.c_str(), heading_));
      width_ = core::characters(heading) + 3;  // of the button that filters
      for (std::size_t row = first; row < last; ++row) {
        row_ = static_cast<lxw_row_t>(row - first + 1);
        column_ = column;
        std::visit([this](const auto& value) { write(value); }, table.rows()[row][columns[i]].value());
      }
      static constexpr std::size_t kWidest = 60;
      check(worksheet_set_column(sheet_, column, column, static_cast<double>(std::min(width_, kWidest)) + 1, nullptr));
    }
    worksheet_freeze_panes(sheet_, 1, 1);
    if (!columns.empty()) {
      check(worksheet_autofilter(sheet_, 0, 0, static_cast<lxw_row_t>(last - first),
                                 static_cast<lxw_col_t>(columns.size() - 1)));
    }
  }

  void write(std::monostate) {}
  void write(bool value) { check(worksheet_write_boolean(sheet_, row_, column_, value ? 1 : 0, nullptr)); }
  void write(std::int64_t value) {
    number(static_cast<double>(value), whole_);
    widen(grouped(value).size());
  }
  void write(double value) {
    static constexpr std::size_t kRealWidth = 14;
    if (!std::isfinite(value)) return;
    const double size = std::fabs(value);
    const bool is_extreme = size >= 1e15 || (size > 0 && size < 1e-4);
    number(value, is_extreme ? extreme_ : size >= 1000 ? large_ : nullptr);
    widen(size >= 1000 && !is_extreme ? grouped(std::llround(value)).size() + 3 : kRealWidth);
  }
  void write(const std::string& text) {
    if (text.empty()) return;
    widen(core::characters(text));
    const std::optional<double> days = serial_date(text);
    if (days) return number(*days, *days == std::floor(*days) ? date_ : instant_);
    check(worksheet_write_string(sheet_, row_, column_, cell_text(text).c_str(), nullptr));
  }
  void write(const std::vector<std::string>& words) {
    std::string joined;
    for (const std::string& word : words) joined += (joined.empty() ? "" : " ") + word;
    if (!joined.empty()) check(worksheet_write_string(sheet_, row_, column_, cell_text(joined).c_str(), nullptr));
    widen(core::characters(joined));
  }
  void number(double value, lxw_format* shown) { check(worksheet_write_number(sheet_, row_, column_, value, shown)); }
  void widen(std::size_t width) { width_ = std::max(width_, width); }

  std::unique_ptr<lxw_workbook, Free> book_;
  lxw_format* heading_ = nullptr;
  lxw_format* whole_ = nullptr;
  lxw_format* large_ = nullptr;
  lxw_format* extreme_ = nullptr;
  lxw_format* date_ = nullptr;
  lxw_format* instant_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;  ///< The sheet that is being written, the cell, and the width of its column.
  lxw_row_t row_ = 0;
  lxw_col_t column_ = 0;
  std::size_t width_ = 0;
};

}  // namespace

Sheet about_sheet(std::string_view scenario, std::string_view sha256, std::uint32_t seed, std::string_view money) {
  Table table({{.name = "property"}, {.name = "value"}});
  table.add_row({"fleetrace", core::version()});
  table.add_row({"scenario", scenario});
  table.add_row({"sha256", sha256});
  table.add_row({"seed", Cell::integer(seed)});
  if (!money.empty()) table.add_row({"money", money});
  return {"about", std::move(table)};
}

std::string write_xlsx(const std::vector<Sheet>& sheets) {
  require_room(sheets);
  const MemoryFile file;
  Book book(file.path());
  for (const Sheet& each : sheets) book.add(each);
  book.close();
  return file.bytes();
}

}  // namespace fleetrace::output

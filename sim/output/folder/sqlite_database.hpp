#pragma once

#include <sqlite3.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "sim/core/text/utf8.hpp"
#include "sim/output/table/text.hpp"

/// SQLite as the writers of results.sqlite use it; private to them.
namespace fleetrace::output {

/// A database that is being written to a new file. Nobody else knows of it yet, so that it takes neither locks, which the disks
/// of a cluster may not have, nor a journal; what is written goes to the file as memory runs short, beyond some 8 MB.
class Database {
 public:
  /// The file exists and is empty.
  explicit Database(const std::string& path) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE, "unix-none");
    database_.reset(opened);
    if (code != SQLITE_OK) fail();
    run("PRAGMA journal_mode = OFF");
    run("PRAGMA synchronous = OFF");
    run("PRAGMA cache_size = -8192");
  }

  [[nodiscard]] sqlite3* get() const { return database_.get(); }

  void run(const std::string& sql) const {
    if (sqlite3_exec(get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
  }

  [[noreturn]] void fail() const { throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(get())); }

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };
  std::unique_ptr<sqlite3, Close> database_;
};

/// Rows of one table, a value after the other.
class Insert {
 public:
  Insert(Database& database, const std::string& table, int columns) : database_(database), columns_(columns) {
    std::string sql = "INSERT INTO " + table + " VALUES (?";
    for (int i = 1; i < columns; ++i) sql += ", ?";
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v2(database.get(), (sql + ')').c_str(), -1, &made, nullptr) != SQLITE_OK) database.fail();
    statement_.reset(made);
  }

  Insert& text(std::string_view value) {
    const std::string valid = core::valid_utf8(value);
    return bound(
        sqlite3_bind_text(statement_.get(), ++next_, valid.data(), static_cast<int>(valid.size()), SQLITE_TRANSIENT));
  }
  Insert& integer(std::int64_t value) { return bound(sqlite3_bind_int64(statement_.get(), ++next_, value)); }
  Insert& null() { return bound(sqlite3_bind_null(statement_.get(), ++next_)); }
  /// NULL where it is no number.
  Insert& real(double value) {
    ++next_;
    return bound(std::isfinite(value) ? sqlite3_bind_double(statement_.get(), next_, value)
                                      : sqlite3_bind_null(statement_.get(), next_));
  }

 private:
  Insert& bound(int code) {
    if (code != SQLITE_OK) database_.fail();
    if (next_ < columns_) return *this;
    if (sqlite3_step(statement_.get()) != SQLITE_DONE) database_.fail();
    sqlite3_reset(statement_.get());
    next_ = 0;
    return *this;
  }

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  Database& database_;
  int columns_;
  int next_ = 0;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace fleetrace::output

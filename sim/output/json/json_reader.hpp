#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

/// Reading what JsonWriter wrote, for reports that are read back; private to the output floor. The JSON library stands behind it
/// in one file, since every file that includes it takes seconds longer to compile.
namespace fleetrace::output {

/// Thrown for a results.json that does not hold a report. what() is a clause about the file: "lacks strategies".
class BadResults : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A value within a document, which must outlive it. Its accessors throw BadResults where the document has another shape.
class JsonValue {
 public:
  /// Goes through the entries of a list.
  class Iterator {
   public:
    Iterator(const void* list, std::size_t at) : list_(list), at_(at) {}
    [[nodiscard]] JsonValue operator*() const { return JsonValue(list_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const void* list_;
    std::size_t at_;
  };

  explicit JsonValue(const void* node) : node_(node) {}

  [[nodiscard]] bool is_null() const;
  [[nodiscard]] bool is_string() const;
  [[nodiscard]] bool contains(std::string_view key) const;
  /// The value under a key of an object.
  [[nodiscard]] JsonValue at(std::string_view key) const;
  /// The number of entries of a list; a null has none.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] JsonValue operator[](std::size_t index) const;
  [[nodiscard]] Iterator begin() const { return {node_, 0}; }
  [[nodiscard]] Iterator end() const { return {node_, size()}; }
  /// The value as a bool, an int, a double, a std::uint32_t, a std::size_t, a std::string or a list of std::string.
  template <class Type>
  [[nodiscard]] Type get() const;
  /// The value as it stands in JSON.
  [[nodiscard]] std::string dump() const;

 private:
  const void* node_;
};

inline constexpr double kUnlimited = std::numeric_limits<double>::infinity();

/// A number; `missing` where it is null, which the writer makes of what is not finite.
[[nodiscard]] double read_number(const JsonValue& from, std::string_view key, double missing = kUnlimited);
/// The confidence of intervals, in (0, 1).
[[nodiscard]] double read_confidence(const JsonValue& from);
[[nodiscard]] std::size_t read_count(const JsonValue& from, std::string_view key);
[[nodiscard]] std::string read_text(const JsonValue& from, std::string_view key);
/// A text that may be null.
[[nodiscard]] std::optional<std::string> read_optional_text(const JsonValue& from, std::string_view key);

/// A document with its memory. Throws BadResults for what is no JSON.
class JsonDocument {
 public:
  explicit JsonDocument(std::string_view text);
  [[nodiscard]] JsonValue root() const { return JsonValue(root_.get()); }

 private:
  std::shared_ptr<const void> root_;
};

/// Parses a document and hands it to `read`.
template <class Read>
[[nodiscard]] auto read_document(const std::string& text, Read read) {
  const JsonDocument document(text);
  return read(document.root());
}

}  // namespace fleetrace::output

#include <cstring>
#include <deque>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "python/src/arrow_abi.hpp"
#include "python/src/module.hpp"

namespace fleetrace::python {
namespace {

/// The texts of a column of few different ones.
struct Dictionary {
  std::vector<std::int32_t> ends;  ///< of each text in `bytes`, behind a first 0
  std::string bytes;
};

/// One column of a table. Numbers are in the memory of its NumPy array.
struct ArrowColumn {
  std::string name;
  std::string format;
  std::string metadata;
  py::array numbers;
  std::vector<std::uint8_t> valid;  ///< a bit for each row; empty where all are
  std::int64_t missing = 0;
  std::unique_ptr<Dictionary> dictionary;
};

/// What a stream, its schema and its arrays share; the last of them gives it back, under the interpreter's lock.
struct ArrowTable {
  std::deque<ArrowColumn> columns;
  std::int64_t rows = 0;
};
using Shared = std::shared_ptr<const ArrowTable>;

/// Key and value as the specification packs them.
std::string packed(const std::string& key, const std::string& value) {
  std::string bytes;
  const auto number = [&bytes](std::size_t size) {
    const auto length = static_cast<std::int32_t>(size);
    bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
  };
  number(1);
  number(key.size());
  bytes += key;
  number(value.size());
  bytes += value;
  return bytes;
}

std::string format_of(const py::dtype& type) {
  switch (type.kind()) {
    case 'f': return "g";
    case 'i': return type.itemsize() == 4 ? "i" : "l";
    case 'M': return "tsm:UTC";
    case 'b': return "C";
    default: throw py::type_error("a column of that type has no place in an Arrow stream");
  }
}

/// Notes the rows without an instant.
void find_missing(ArrowColumn& column, std::size_t rows) {
  const auto* values = static_cast<const std::int64_t*>(column.numbers.data());
  column.valid.assign((rows + 7) / 8, 0);
  for (std::size_t i = 0; i < rows; ++i) {
    if (values[i] == std::numeric_limits<std::int64_t>::min()) {
      ++column.missing;
    } else {
      column.valid[i / 8] = static_cast<std::uint8_t>(column.valid[i / 8] | (1U << (i % 8)));
    }
  }
  if (column.missing == 0) column.valid.clear();
}

std::unique_ptr<Dictionary> dictionary_of(const std::vector<std::string>& words) {
  auto dictionary = std::make_unique<Dictionary>();
  dictionary->ends.push_back(0);
  for (const std::string& each : words) {
    dictionary->bytes += each;
    dictionary->ends.push_back(static_cast<std::int32_t>(dictionary->bytes.size()));
  }
  return dictionary;
}

/// What a schema or an array that was handed out owns.
template <class Exported>
struct Owned {
  explicit Owned(Shared from) : table(std::move(from)) {}
  Shared table;
  std::vector<Exported> parts;  ///< its children
  std::vector<Exported*> children;
  std::vector<const void*> buffers;
  std::unique_ptr<Exported> dictionary;
};

template <class Exported>
void release(Exported* exported) {
  const auto* owned = static_cast<Owned<Exported>*>(exported->private_data);
  for (std::int64_t i = 0; i < exported->n_children; ++i) {
    if (exported->children[i]->release != nullptr) exported->children[i]->release(exported->children[i]);
  }
  if (exported->dictionary != nullptr && exported->dictionary->release != nullptr)
    exported->dictionary->release(exported->dictionary);
  exported->release = nullptr;
  const py::gil_scoped_acquire acquired;
  delete owned;
}

/// Makes `exported` own what it points to from here on.
template <class Exported>
void give(std::unique_ptr<Owned<Exported>> owned, Exported& exported) {
  for (Exported& each : owned->parts) owned->children.push_back(&each);
  exported.n_children = static_cast<std::int64_t>(owned->children.size());
  exported.children = owned->children.data();
  exported.dictionary = owned->dictionary.get();
  exported.release = release<Exported>;
  exported.private_data = owned.release();
}

void give_schema(const Shared& table, const ArrowColumn& column, ArrowSchema& schema) {
  auto owned = std::make_unique<Owned<ArrowSchema>>(table);
  schema.format = column.format.c_str();
  schema.name = column.name.c_str();
  schema.metadata = column.metadata.empty() ? nullptr : column.metadata.data();
  schema.flags = kArrowNullable;
  if (column.dictionary) {
    owned->dictionary = std::make_unique<ArrowSchema>();
    owned->dictionary->format = "u";
    owned->dictionary->name = "";
    give(std::make_unique<Owned<ArrowSchema>>(table), *owned->dictionary);
  }
  give(std::move(owned), schema);
}

/// Points to buffers, of which `owned` keeps the list.
void set_buffers(std::vector<const void*> buffers, Owned<ArrowArray>& owned, ArrowArray& array) {
  owned.buffers = std::move(buffers);
  array.n_buffers = static_cast<std::int64_t>(owned.buffers.size());
  array.buffers = owned.buffers.data();
}

void give_array(const Shared& table, const ArrowColumn& column, ArrowArray& array) {
  auto owned = std::make_unique<Owned<ArrowArray>>(table);
  array.length = table->rows;
  array.null_count = column.missing;
  set_buffers({column.valid.empty() ? nullptr : column.valid.data(), column.numbers.data()}, *owned, array);
  if (column.dictionary) {
    owned->dictionary = std::make_unique<ArrowArray>();
    auto words = std::make_unique<Owned<ArrowArray>>(table);
    owned->dictionary->length = static_cast<std::int64_t>(column.dictionary->ends.size()) - 1;
    set_buffers({nullptr, column.dictionary->ends.data(), column.dictionary->bytes.data()}, *words, *owned->dictionary);
    give(std::move(words), *owned->dictionary);
  }
  give(std::move(owned), array);
}

struct Stream {
  Shared table;
  bool is_read = false;
};

Stream& of(ArrowArrayStream* stream) { return *static_cast<Stream*>(stream->private_data); }

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  const Shared& table = of(stream).table;
  auto owned = std::make_unique<Owned<ArrowSchema>>(table);
  owned->parts.resize(table->columns.size());
  for (std::size_t i = 0; i < owned->parts.size(); ++i) give_schema(table, table->columns[i], owned->parts[i]);
  *out = {};
  out->format = "+s";
  out->name = "";
  give(std::move(owned), *out);
  return 0;
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  *out = {};
  if (std::exchange(of(stream).is_read, true)) return 0;  // nothing to release: the end
  const Shared& table = of(stream).table;
  auto owned = std::make_unique<Owned<ArrowArray>>(table);
  owned->parts.resize(table->columns.size());
  for (std::size_t i = 0; i < owned->parts.size(); ++i) give_array(table, table->columns[i], owned->parts[i]);
  out->length = table->rows;
  set_buffers({nullptr}, *owned, *out);
  give(std::move(owned), *out);
  return 0;
}

void release_stream(ArrowArrayStream* stream) {
  stream->release = nullptr;
  const py::gil_scoped_acquire acquired;
  delete &of(stream);
}

void drop_capsule(PyObject* capsule) {
  auto* stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, "arrow_array_stream"));
  if (stream->release != nullptr) stream->release(stream);
  delete stream;
}

using GivenColumn = std::tuple<std::string, py::array, std::optional<std::vector<std::string>>, std::string>;

/// A capsule with the stream of a table: (name, numbers, words that they count or None, unit) of each column.
py::object arrow_stream(const std::vector<GivenColumn>& given, std::int64_t rows) {
  auto table = std::make_shared<ArrowTable>();
  table->rows = rows;
  for (const auto& [name, numbers, words, unit] : given) {
    ArrowColumn& column = table->columns.emplace_back();
    column.name = name;
    column.format = format_of(numbers.dtype());
    if (!unit.empty()) column.metadata = packed("unit", unit);
    column.numbers = numbers;
    if (column.numbers.size() != rows) throw py::value_error("columns of an Arrow stream are of one length");
    if (column.format.front() == 't') find_missing(column, static_cast<std::size_t>(rows));
    if (words) column.dictionary = dictionary_of(*words);
  }
  auto stream = std::make_unique<ArrowArrayStream>();
  stream->get_schema = get_schema;
  stream->get_next = get_next;
  stream->get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
  stream->release = release_stream;
  stream->private_data = new Stream{std::move(table)};
  PyObject* capsule = PyCapsule_New(stream.get(), "arrow_array_stream", drop_capsule);
  if (capsule == nullptr) throw py::error_already_set();
  (void)stream.release();
  return py::reinterpret_steal<py::object>(capsule);
}

}  // namespace

void bind_arrow(py::module_& module) { module.def("arrow_stream", arrow_stream, py::arg("columns"), py::arg("rows")); }

}  // namespace fleetrace::python

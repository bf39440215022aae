# cmake -D ROOT=dir -D LIST=file -D OUTPUT=file -P embed.cmake
#
# Writes a .cpp that holds the bytes of every file named in LIST (a path relative to ROOT a line, sorted). Bytes become
# character arrays, not string literals: those have a maximum length, and any byte is fine in an array.

cmake_minimum_required(VERSION 3.25)
file(STRINGS ${LIST} paths)

set(arrays "")
set(entries "")
set(index 0)
foreach(path IN LISTS paths)
  if(NOT path MATCHES "^[A-Za-z0-9_./+-]+$")
    message(FATAL_ERROR "cannot embed \"${path}\": use letters, digits and _ . / + - in its name")
  endif()
  file(SIZE ${ROOT}/${path} size)
  file(READ ${ROOT}/${path} hex HEX)
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  # One more zero, since there are no arrays of length 0.
  string(APPEND arrays "constexpr char kBytes${index}[] = {\n${bytes}0};\n")
  string(APPEND entries "    EmbeddedFile{\"${path}\", std::string_view{kBytes${index}, ${size}}},\n")
  math(EXPR index "${index} + 1")
endforeach()

set(text "#include \"sim/reader/catalog/embedded.hpp\"\n\n#include <array>\n\nnamespace fleetrace::reader {\nnamespace {\n\n")
string(APPEND text "${arrays}\nconstexpr std::array<EmbeddedFile, ${index}> kFiles{\n${entries}};\n\n}  // namespace\n\n")
string(APPEND text "std::span<const EmbeddedFile> embedded_files() { return kFiles; }\n\n}  // namespace fleetrace::reader\n")
file(WRITE ${OUTPUT} "${text}")

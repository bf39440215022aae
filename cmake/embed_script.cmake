# cmake -D FILES=list -D OUTPUT=file -P embed_script.cmake
#
# Writes a .cpp that holds the script of the report page. Bytes become a character array, not a string literal, since those have
# a maximum length. Lines that are comments alone, and the spaces that lines begin with, are left out.

cmake_minimum_required(VERSION 3.25)
set(hex "")
foreach(file IN LISTS FILES)
  file(READ ${file} one HEX)
  string(APPEND hex "${one}")
endforeach()
# "(()=>{'use strict';" and a newline before it, "})();" behind it.
set(hex "2828293d3e7b2775736520737472696374273b0a${hex}7d2928293b")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\1 " hex "${hex}")
# A newline with the spaces behind it, and then a line that begins with // or, in one line, with /**.
string(REGEX REPLACE "0a (20 )+" "0a " hex "${hex}")
string(REGEX REPLACE "0a 2f 2f (([1-9a-f][0-9a-f]|0[0-9b-f]) )*" "0a " hex "${hex}")
string(REGEX REPLACE "0a 2f 2a 2a (([1-9a-f][0-9a-f]|0[0-9b-f]) )*" "0a " hex "${hex}")
string(REGEX REPLACE "(0a )+" "0a " hex "${hex}")
string(REPLACE " " "" packed "${hex}")
string(LENGTH "${packed}" size)
math(EXPR size "${size} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f]) " "'\\\\x\\1'," bytes "${hex}")
string(REGEX REPLACE "('.....,'.....,'.....,'.....,'.....,'.....,'.....,'.....,)" "\\1\n" bytes "${bytes}")

file(WRITE ${OUTPUT} "#include \"sim/output/page/page_script.hpp\"\n
namespace fleetrace::output::page {
namespace {

constexpr char kBytes[] = {\n${bytes}};

}  // namespace

std::string_view script() { return {kBytes, ${size}}; }

}  // namespace fleetrace::output::page\n")

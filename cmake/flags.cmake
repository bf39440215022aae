# Compiler, flags and cache for every target.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Kind of build" FORCE)
endif()

# ccache takes a precompiled header for what its contents are. Objects do not depend on where the checkout lies, so that
# several checkouts share them.
find_program(FLEETRACE_CCACHE ccache)
if(FLEETRACE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros ${FLEETRACE_CCACHE})
endif()
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)

# The libraries also go into the extension module of the Python package. Nothing in them may be replaced from outside, so that
# calls within them stay as direct as they are in a program. The engine for browsers is a program alone.
if(NOT EMSCRIPTEN)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  set(CMAKE_CXX_VISIBILITY_PRESET hidden)
  set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
  add_compile_options(-fno-semantic-interposition)
endif()

# The standard headers that most files include are parsed once. Lint reads files without them, so that one that forgets to
# include what it uses is found there.
option(FLEETRACE_PRECOMPILE "Precompile the standard headers" ON)
if(FLEETRACE_PRECOMPILE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-fpch-preprocess)
elseif(FLEETRACE_PRECOMPILE)
  # So that ccache sees the same header where only its date differs.
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
endif()
set(fleetrace_standard_headers <algorithm> <array> <cmath> <cstddef> <cstdint> <functional> <limits> <map> <memory> <numeric>
  <optional> <set> <span> <sstream> <stdexcept> <string> <string_view> <tuple> <utility> <variant> <vector>)
# With precompiled headers GCC 12 also warns of the std::string operations that it has inlined out of them, as in GCC bugs 105329
# and 105651; files that run into it ask for silence. Clang and the sanitizers watch in its place.
set(fleetrace_false_alarms "")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  set(fleetrace_false_alarms -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)
endif()
# A sanitized build spends most of its time on optimising what is run for seconds at most.
set(FLEETRACE_COLD_FLAGS "" CACHE STRING "More flags for what is no inner loop: readers, verbs, writers and most tests")
function(fleetrace_cold target)
  target_compile_options(${target} PRIVATE ${FLEETRACE_COLD_FLAGS})
endfunction()

# fleetrace_precompile(TARGET [header...])
#
# Precompiles the standard headers, and more. Targets that name the same headers and have the same flags share them: the definitions in which floors
# differ are of other libraries, which no precompiled header reads.
function(fleetrace_precompile target)
  if(NOT FLEETRACE_PRECOMPILE)
    return()
  endif()
  get_target_property(flags ${target} COMPILE_OPTIONS)
  if(NOT flags)
    set(flags "")
  endif()
  string(MAKE_C_IDENTIFIER "fleetrace_precompiled_${flags}_${ARGN}" property)
  get_property(first GLOBAL PROPERTY ${property})
  if(first)
    target_precompile_headers(${target} REUSE_FROM ${first})
  else()
    target_precompile_headers(${target} PRIVATE ${fleetrace_standard_headers} ${ARGN})
    set_property(GLOBAL PROPERTY ${property} ${target})
  endif()
endfunction()

# The same bits from every compiler: a*b+c is never contracted into one FMA, and no flag may relax IEEE 754.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 warns of std::string members in braced aggregates that are initialised (GCC bug 105562); clang and the sanitizers
  # watch in its place.
  add_compile_options(-Wno-maybe-uninitialized)
endif()
if(FLEETRACE_WARNINGS_AS_ERRORS)
  add_compile_options(-Werror)
endif()
if(FLEETRACE_CHECK_INVARIANTS)
  add_compile_definitions(FLEETRACE_CHECK_INVARIANTS=1)
endif()
if(FLEETRACE_SANITIZE)
  add_compile_options(-fsanitize=${FLEETRACE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${FLEETRACE_SANITIZE})
endif()

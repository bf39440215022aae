# Compiler, flags and cache for every target.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Kind of build" FORCE)
endif()

find_program(FLEETRACE_CCACHE ccache)
if(FLEETRACE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${FLEETRACE_CCACHE})
endif()

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

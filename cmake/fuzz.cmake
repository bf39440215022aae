# The fuzzers: one libFuzzer program for all tests/hostile/fuzz_NAME.cpp; FLEETRACE_FUZZER=NAME chooses. The preset fuzz builds
# everything for them. In a build with AddressSanitizer only what reads counts what it covers, so that continuous integration
# fuzzes what it has built for the tests. The preset coverage does without sanitizers, and counts the lines of the readers, too.

if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
  message(FATAL_ERROR "The fuzzers need clang (libFuzzer): use the preset fuzz")
endif()
# What -fsanitize=fuzzer-no-link stands for, of which precompiled headers need not know.
set(coverage -fsanitize-coverage=inline-8bit-counters,indirect-calls,trace-cmp,pc-table)
# What parses bytes from outside. Files in these folders that parse none are left out: they name embedded files (catalog/scenarios), ask
# the system for a file (input), and write a scenario to start from (starter) or results that are never read back (optimum_json).
file(GLOB readers sim/reader/*.cpp sim/reader/*/*.cpp sim/core/schema/read_value.cpp sim/core/text/utf8.cpp sim/core/units/calendar_text.cpp
  sim/core/units/composed_units.cpp sim/core/units/currency.cpp sim/core/units/meant_unit.cpp sim/core/units/quantity.cpp
  sim/study/solve/goal_reader.cpp sim/output/json/json_reader.cpp sim/output/folder/journal_format.cpp sim/output/folder/manifest.cpp
  sim/output/parts/request_json.cpp sim/output/studies/*_json.cpp sim/cli/values.cpp sim/cli/vary.cpp sim/cli/theory.cpp
  sim/cli/milestones.cpp sim/cli/frontier.cpp)
list(FILTER readers EXCLUDE REGEX "/(starter|input|catalog/scenarios|optimum_json|uncertain_optimum_json)\\.cpp$")
if(NOT FLEETRACE_FUZZ)
  foreach(floor reader cli)
    target_compile_options(fleetrace_${floor} PRIVATE ${coverage})
  endforeach()
  file(GLOB near sim/core/schema/*.cpp sim/core/text/*.cpp sim/core/units/*.cpp sim/study/solve/goal*.cpp sim/output/json/*.cpp
    sim/output/folder/*.cpp sim/output/studies/*json*.cpp)
  set_property(SOURCE ${near} APPEND PROPERTY COMPILE_OPTIONS ${coverage})
endif()
if(FLEETRACE_COVERAGE)
  set_property(SOURCE ${readers} APPEND PROPERTY COMPILE_OPTIONS -fprofile-instr-generate -fcoverage-mapping)
  list(TRANSFORM readers REPLACE "^${CMAKE_CURRENT_SOURCE_DIR}/" "")
  list(JOIN readers "\n" lines)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/readers.txt CONTENT "${lines}\n" @ONLY)
endif()

file(GLOB fuzzers CONFIGURE_DEPENDS tests/hostile/fuzz_*.cpp)
set(declared "")
set(chosen "")
foreach(source IN LISTS fuzzers)
  get_filename_component(name ${source} NAME_WE)
  string(REPLACE "fuzz_" "" short ${name})
  set_property(SOURCE ${source} APPEND PROPERTY COMPILE_DEFINITIONS LLVMFuzzerTestOneInput=fleetrace_${name})
  string(APPEND declared "extern \"C\" int fleetrace_${name}(const std::uint8_t*, std::size_t);\n")
  string(APPEND chosen "  if (name == \"${short}\") return fleetrace_${name};\n")
  list(APPEND names ${short})
endforeach()
set(fleetrace_fuzzers ${names} CACHE INTERNAL "Names of the fuzzers")
set(main ${generated}/fuzzers.cpp)
configure_file(tests/hostile/fuzzers.cpp.in ${main} @ONLY)
add_executable(fleetrace_fuzz ${fuzzers} ${main})
target_link_libraries(fleetrace_fuzz PRIVATE fleetrace_cli nlohmann_json::nlohmann_json)
target_include_directories(fleetrace_fuzz PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_compile_options(fleetrace_fuzz PRIVATE ${coverage})
target_link_options(fleetrace_fuzz PRIVATE -fsanitize=fuzzer)
if(FLEETRACE_COVERAGE)
  target_link_options(fleetrace_fuzz PRIVATE -fprofile-instr-generate)
  # The program writes seeds. It has the same readers, and the counters need a library that knows them.
  target_link_options(fleetrace PRIVATE -fsanitize=undefined -fprofile-instr-generate)
endif()

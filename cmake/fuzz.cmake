# The fuzzers: one libFuzzer program for all tests/hostile/fuzz_NAME.cpp; FLEETRACE_FUZZER=NAME chooses. The preset fuzz builds
# everything for them. In a build with AddressSanitizer only what reads counts what it covers, so that continuous integration
# fuzzes what it has built for the tests.

if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
  message(FATAL_ERROR "FLEETRACE_FUZZ needs clang (libFuzzer): use the preset fuzz")
endif()
# What -fsanitize=fuzzer-no-link stands for, of which precompiled headers need not know.
set(coverage -fsanitize-coverage=inline-8bit-counters,indirect-calls,trace-cmp,pc-table)
if(NOT FLEETRACE_FUZZ)
  foreach(floor reader cli)
    target_compile_options(fleetrace_${floor} PRIVATE ${coverage})
  endforeach()
  file(GLOB readers sim/core/schema/*.cpp sim/core/text/*.cpp sim/core/units/*.cpp sim/study/solve/goal*.cpp sim/output/json/*.cpp
    sim/output/folder/*.cpp sim/output/studies/*json*.cpp)
  set_property(SOURCE ${readers} APPEND PROPERTY COMPILE_OPTIONS ${coverage})
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

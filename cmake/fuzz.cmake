# One libFuzzer program per tests/hostile/fuzz_NAME.cpp.

if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
  message(FATAL_ERROR "FLEETRACE_FUZZ needs clang (libFuzzer): use the preset fuzz")
endif()
file(GLOB fuzzers CONFIGURE_DEPENDS tests/hostile/fuzz_*.cpp)
foreach(source IN LISTS fuzzers)
  get_filename_component(name ${source} NAME_WE)
  add_executable(fleetrace_${name} ${source})
  target_link_libraries(fleetrace_${name} PRIVATE fleetrace_cli)
  target_include_directories(fleetrace_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_options(fleetrace_${name} PRIVATE -fsanitize=fuzzer)
endforeach()

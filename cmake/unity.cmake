# FLEETRACE_UNITE joins sources into units. Most of the time of a build from scratch goes into headers and the templates that they
# bring, which the files of a unit share. After a change a whole unit is compiled again, so builds for daily work keep files apart.

set(FLEETRACE_UNITE 0 CACHE STRING "Compile up to so many files of a target as one; 0: each alone")
set(FLEETRACE_APART "" CACHE STRING "Targets whose files stay apart, since mutants take the place of single objects")
if(FLEETRACE_UNITE)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
endif()

# fleetrace_unite(TARGET)
#
# Joins up to FLEETRACE_UNITE of those files whose private names differ. Files that are made while building, and files with flags of
# their own, stay alone.
function(fleetrace_unite target)
  if(NOT FLEETRACE_UNITE OR target IN_LIST FLEETRACE_APART)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  list(TRANSFORM sources PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/" REGEX "^[^/]")
  list(FILTER sources INCLUDE REGEX "^${CMAKE_CURRENT_SOURCE_DIR}/.*\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "^${PROJECT_BINARY_DIR}/")
  list(JOIN sources "\n" lines)
  set(list_file ${CMAKE_CURRENT_BINARY_DIR}/${target}_sources.txt)
  file(CONFIGURE OUTPUT ${list_file} CONTENT "${lines}\n" @ONLY)
  execute_process(COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/cmake/unity_groups.py ${FLEETRACE_UNITE}
    INPUT_FILE ${list_file} OUTPUT_VARIABLE groups COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL "[^\n]+" groups "${groups}")
  foreach(line IN LISTS groups)
    string(REGEX MATCH "^([0-9]+) (.+)$" line "${line}")
    set_source_files_properties(${CMAKE_MATCH_2} PROPERTIES UNITY_GROUP ${CMAKE_MATCH_1})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # What one file brings into scope, g++ sees shadowed in the next; clang and clang-tidy do not.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-shadow)
  endif()
  # A name may come to clash with one in another file.
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources} ${PROJECT_SOURCE_DIR}/cmake/unity_groups.py
    ${PROJECT_SOURCE_DIR}/cmake/source_groups.py)
endfunction()

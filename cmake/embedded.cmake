# Scenarios and catalogs are compiled into the program: fleetrace_embedded_cpp names the file that holds them. It is made
# anew when one of them changes, appears or disappears.

file(GLOB scenarios CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} scenarios/*.yaml)
file(GLOB_RECURSE catalogs CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} scenarios/catalog/*.yaml)
set(embedded_files ${scenarios} ${catalogs})
list(REMOVE_DUPLICATES embedded_files)
list(SORT embedded_files COMPARE STRING CASE SENSITIVE)

set(fleetrace_embedded_cpp ${generated}/embedded.cpp)
set(embedded_list ${generated}/embedded.txt)
list(JOIN embedded_files "\n" embedded_lines)
file(CONFIGURE OUTPUT ${embedded_list} CONTENT "${embedded_lines}\n" @ONLY)  # leaves an unchanged file alone

list(TRANSFORM embedded_files PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE embedded_paths)
add_custom_command(
  OUTPUT ${fleetrace_embedded_cpp}
  COMMAND ${CMAKE_COMMAND} -D ROOT=${CMAKE_CURRENT_SOURCE_DIR} -D LIST=${embedded_list} -D OUTPUT=${fleetrace_embedded_cpp}
          -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed.cmake
  DEPENDS ${embedded_paths} ${embedded_list} ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed.cmake
  COMMENT "Embedding scenarios and catalogs"
  VERBATIM)

# The script of the report page's charts: fleetrace_page_cpp names the file that holds it. It is the files of page/src, one after
# the other in one function, as they stand: nothing is fetched and nothing is bundled.

set(fleetrace_page_cpp ${generated}/page_script.cpp)
set(page_source ${CMAKE_CURRENT_SOURCE_DIR}/page/src)
set(page_files ${page_source}/read.js ${page_source}/save.js ${page_source}/chart.js ${page_source}/main.js)
add_custom_command(
  OUTPUT ${fleetrace_page_cpp}
  COMMAND ${CMAKE_COMMAND} "-DFILES=${page_files}" -D OUTPUT=${fleetrace_page_cpp} -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed_script.cmake
  DEPENDS ${page_files} ${CMAKE_CURRENT_SOURCE_DIR}/cmake/embed_script.cmake
  COMMENT "Embedding the script of the report page"
  VERBATIM)

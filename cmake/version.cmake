# fleetrace_version_cpp names the file that holds version and git hash. The target looks at the hash in every build, but
# the file changes, and anything is compiled, only when the hash does.

set(fleetrace_version_cpp ${generated}/version.cpp)
add_custom_target(
  fleetrace_version
  COMMAND ${CMAKE_COMMAND} -D ROOT=${CMAKE_CURRENT_SOURCE_DIR} -D VERSION=${PROJECT_VERSION}
          -D OUTPUT=${fleetrace_version_cpp} -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/write_version.cmake
  BYPRODUCTS ${fleetrace_version_cpp}
  COMMENT "Looking up the git hash"
  VERBATIM)

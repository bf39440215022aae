# fleetrace_floor(NAME FOLDER dir [NOT_INSTALLED] [COLD] [SOURCES more...] [EXCEPT file...] [USES floor...] [PRIVATE library...])
#
# The static library fleetrace_NAME from all .cpp files of the folder and its subfolders (one level). New files are found
# by themselves. A floor that has only headers becomes an interface library, so that others can link it all the same.
#
# A COLD floor has no inner loops.
#
# Installed, it is fleetrace::NAME, which comes with fleetrace::fleetrace. Libraries of which only headers are used are needed for building alone.
function(fleetrace_floor name)
  cmake_parse_arguments(floor "NOT_INSTALLED;COLD" "FOLDER" "SOURCES;EXCEPT;USES;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${floor_FOLDER}/*.cpp ${floor_FOLDER}/*/*.cpp)
  foreach(file IN LISTS floor_EXCEPT)
    list(REMOVE_ITEM sources ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  list(APPEND sources ${floor_SOURCES})
  list(TRANSFORM floor_USES PREPEND fleetrace_)

  set(target fleetrace_${name})
  if(sources)
    set(scope PUBLIC)
    add_library(${target} STATIC ${sources})
  else()
    set(scope INTERFACE)
    add_library(${target} INTERFACE)
  endif()
  target_compile_features(${target} ${scope} cxx_std_20)
  target_include_directories(${target} ${scope} $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
    $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(${target} ${scope} ${floor_USES})
  if(sources)
    foreach(library IN LISTS floor_PRIVATE)
      if(library MATCHES "^(Boost::headers|Eigen3::Eigen|nlohmann_json::nlohmann_json|utf8cpp)$")
        set(library $<BUILD_INTERFACE:${library}>)
      endif()
      target_link_libraries(${target} PRIVATE ${library})
    endforeach()
    if(floor_COLD)
      fleetrace_cold(${target})
    endif()
    fleetrace_precompile(${target})
    fleetrace_unite(${target})
  endif()
  add_library(fleetrace::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  if(NOT floor_NOT_INSTALLED)
    install(TARGETS ${target} EXPORT fleetraceTargets COMPONENT development)
  endif()
endfunction()

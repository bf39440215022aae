# The live page: fleetrace_live_cpp names the file that holds it. The engine is compiled by emscripten in a build of its own, which
# engine.cmake describes and all presets share, and live/build.mjs makes the page. Without emscripten there is no page, and this says so.

set(FLEETRACE_LIVE AUTO CACHE STRING "The live page, which takes a second build of the engine: AUTO (where it can be), ON (fail without) or OFF")
if(FLEETRACE_LIVE STREQUAL "")
  set(FLEETRACE_LIVE AUTO)
endif()
if(FLEETRACE_LIVE STREQUAL "AUTO" AND NOT PROJECT_IS_TOP_LEVEL)
  set(FLEETRACE_LIVE OFF)  # who builds on the libraries has no use for it
endif()

set(fleetrace_live_cpp ${generated}/live_page.cpp)
set(live_problem "")
find_program(FLEETRACE_EMXX em++)
find_program(FLEETRACE_NODE NAMES node nodejs)
find_path(FLEETRACE_FAST_FLOAT fast_float/fast_float.h)
cmake_path(GET CMAKE_CURRENT_BINARY_DIR PARENT_PATH live_folder)
if(NOT live_folder STREQUAL "${CMAKE_CURRENT_SOURCE_DIR}/build")
  set(live_folder ${CMAKE_CURRENT_BINARY_DIR})
endif()
set(live_folder ${live_folder}/live)
set(live_toolchain /usr/share/emscripten/cmake/Modules/Platform/Emscripten.cmake)
if(FLEETRACE_LIVE STREQUAL "OFF")
  set(live_problem "FLEETRACE_LIVE is OFF")
elseif(NOT FLEETRACE_EMXX OR NOT FLEETRACE_NODE OR NOT EXISTS ${live_toolchain})
  set(live_problem "there is no emscripten or no node")
elseif(NOT FLEETRACE_FAST_FLOAT)
  set(live_problem "there is no fast_float")
else()
  set(FLEETRACE_YAML_CPP ${live_folder}/yaml-cpp/source CACHE PATH "Source of yaml-cpp, for the live page; fetched where it is not there")
  if(NOT EXISTS ${FLEETRACE_YAML_CPP}/src/parser.cpp)
    message(STATUS "Fetching the source of yaml-cpp for the live page")
    execute_process(COMMAND bash ${CMAKE_CURRENT_SOURCE_DIR}/cmake/live/yaml_cpp.sh ${live_folder}/yaml-cpp ${CMAKE_COMMAND}
      RESULT_VARIABLE failed ERROR_VARIABLE said OUTPUT_QUIET TIMEOUT 120)
    if(failed)
      string(STRIP "${said}" said)
      set(live_problem "the source of yaml-cpp cannot be fetched:\n${said}")
    endif()
  endif()
endif()

if(live_problem STREQUAL "")
  message(STATUS "Live page: with the engine as WebAssembly")
  # Headers of libraries, apart from those of the system.
  set(FLEETRACE_LIVE_INCLUDE ${live_folder}/include CACHE PATH "Headers of libraries that the live page's engine is compiled with")
  set(live_include ${FLEETRACE_LIVE_INCLUDE})
  file(MAKE_DIRECTORY ${live_include})
  foreach(header boost fmt nlohmann utf8 utf8.h utf8cpp fast_float eigen3/Eigen)
    cmake_path(GET header FILENAME name)
    if(EXISTS ${FLEETRACE_FAST_FLOAT}/${header})
      file(CREATE_LINK ${FLEETRACE_FAST_FLOAT}/${header} ${live_include}/${name} SYMBOLIC)
    endif()
  endforeach()
  file(GLOB_RECURSE live_engine_files CONFIGURE_DEPENDS include/*.hpp models/*.[ch]pp sim/*.[ch]pp live/engine/* live/shim/*
    scenarios/*.yaml cmake/live/*
    page/src/*)
  file(GLOB live_page_files CONFIGURE_DEPENDS live/src/* live/build.mjs)
  set(live_engine ${live_folder}/engine.js ${live_folder}/engine.wasm)
  add_custom_command(
    OUTPUT ${live_engine}
    COMMAND ${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_SOURCE_DIR} -B ${live_folder} -D CMAKE_TOOLCHAIN_FILE=${live_toolchain}
            -D CMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG" -D FLEETRACE_PRECOMPILE=OFF
            -D FLEETRACE_YAML_CPP=${FLEETRACE_YAML_CPP} -D FLEETRACE_LIVE_INCLUDE=${live_include} --log-level=WARNING
    # Debian's node finds Debian's modules by itself, others have to be told.
    COMMAND ${CMAKE_COMMAND} -E time ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs ${CMAKE_COMMAND} --build ${live_folder} --target engine
    # What is up to date is left alone by the build inside, and is newer than its sources here, too.
    COMMAND ${CMAKE_COMMAND} -E touch ${live_engine}
    DEPENDS ${live_engine_files}
    COMMENT "The engine for browsers"
    USES_TERMINAL VERBATIM)
  add_custom_command(
    OUTPUT ${fleetrace_live_cpp}
    COMMAND ${FLEETRACE_NODE} ${CMAKE_CURRENT_SOURCE_DIR}/live/build.mjs ${live_folder} ${fleetrace_live_cpp}
    DEPENDS ${live_engine} ${live_page_files}
    COMMENT "The live page"
    VERBATIM)
elseif(FLEETRACE_LIVE STREQUAL "ON")
  message(FATAL_ERROR "Live page: asked for, but ${live_problem}")
else()
  message(STATUS "Live page: none, since ${live_problem}")
  string(REGEX REPLACE "\n.*" "" live_problem "${live_problem}")
  configure_file(live/no_page.cpp ${fleetrace_live_cpp} COPYONLY)
endif()
# For ./dev, which shows nothing of a configuration that went well.
if(FLEETRACE_LIVE STREQUAL "OFF")
  set(live_problem "")
endif()
set(FLEETRACE_NO_LIVE_PAGE "${live_problem}" CACHE INTERNAL "Why this build has no live page")

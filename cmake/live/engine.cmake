# The engine for browsers: what CMakeLists.txt makes where emscripten compiles it, which cmake/live/live.cmake asks for. All floors up
# to the writers become one WebAssembly module, engine.wasm, with the script that loads it, engine.js.
#
# FLEETRACE_LIVE_INCLUDE has the headers of the libraries and nothing of the system's own, since emscripten brings its own C library.
# FLEETRACE_YAML_CPP is the source folder of yaml-cpp.

set(sources "")
foreach(folder sim/core sim/engine models sim/fleet sim/scenario sim/study sim/reader sim/api sim/output live/engine)
  file(GLOB found CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} ${folder}/*.cpp ${folder}/*/*.cpp)
  list(APPEND sources ${found})
endforeach()
# Studies that a page does not ask for, and writers that it has no use for.
list(FILTER sources EXCLUDE REGEX "^sim/study/(fit|optimise|solve|sensitivity|sweep|what_if)/|^sim/output/")
list(FILTER sources EXCLUDE REGEX "^sim/api/(fit|optimise|diff|solve|sensitivity|sweep|theory|frontier|milestones|turning|what_if)[^/]*$")
file(GLOB writers CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} sim/output/json/*.cpp sim/output/live/*.cpp
  sim/output/page/*.cpp sim/output/plan/*.cpp sim/output/run/*.cpp sim/output/studies/comparison_*.cpp
  sim/output/studies/input_values.cpp sim/output/studies/objective_scale.cpp sim/output/studies/standing_columns.cpp sim/output/table/*.cpp)
list(FILTER writers EXCLUDE REGEX "live/page|xlsx|workbook|comparison_json|what_if|/page_(brief|curve|optimum|uncertain_optimum|solve|study)")
file(GLOB goals CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR} sim/study/solve/goal*.cpp)
list(APPEND sources ${writers} ${goals})
list(JOIN sources "\n" lines)
file(CONFIGURE OUTPUT ${generated}/sources.txt CONTENT "${lines}\n" @ONLY)
find_package(Python3 REQUIRED COMPONENTS Interpreter)  # emscripten runs on it
execute_process(COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cmake/live/units.py ${generated}/units
  INPUT_FILE ${generated}/sources.txt WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} OUTPUT_VARIABLE units COMMAND_ERROR_IS_FATAL ANY)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS cmake/live/units.py cmake/source_groups.py)

file(GLOB shims CONFIGURE_DEPENDS live/shim/*.cpp)
file(GLOB yaml_cpp ${FLEETRACE_YAML_CPP}/src/*.cpp)
list(FILTER yaml_cpp EXCLUDE REGEX "/(emit|node)[^/]*\\.cpp$")
set_source_files_properties(${yaml_cpp} PROPERTIES COMPILE_OPTIONS -w UNITY_GROUP yaml)

add_executable(engine ${units} ${fleetrace_embedded_cpp} ${fleetrace_page_cpp} ${shims} ${yaml_cpp})
target_include_directories(engine PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} include)
target_include_directories(engine SYSTEM PRIVATE live/shim ${FLEETRACE_LIVE_INCLUDE} ${FLEETRACE_YAML_CPP}/include)
target_compile_definitions(engine PRIVATE FLEETRACE_VERSION="${PROJECT_VERSION}" FMT_HEADER_ONLY EIGEN_DONT_VECTORIZE EIGEN_DONT_PARALLELIZE)
target_compile_options(engine PRIVATE -fwasm-exceptions -Wno-unused-command-line-argument)
target_link_options(engine PRIVATE -fwasm-exceptions -sMODULARIZE -sEXPORT_NAME=createEngine -sENVIRONMENT=web,worker,node
  -sWASM_BIGINT -sALLOW_MEMORY_GROWTH -sFILESYSTEM=0 -sDYNAMIC_EXECUTION=0 -sPRINTF_LONG_DOUBLE --no-entry
  -sEXPORTED_FUNCTIONS=_malloc,_free,_fleetrace_call,_fleetrace_built_from
  -sEXPORTED_RUNTIME_METHODS=UTF8ToString,stringToUTF8,lengthBytesUTF8)

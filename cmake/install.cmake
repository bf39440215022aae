# cmake --install: the program with its manual page, completions and scenarios (component program), and the libraries with
# the public headers, CMake package and pkg-config file (component development). Everything is found from where it lies, so that a
# prefix may be moved.

if(TARGET fleetrace)
  # The program writes its own documents.
  set(documents ${generated}/documents)
  set(document_files ${documents}/fleetrace.1.gz ${documents}/fleetrace ${documents}/_fleetrace)
  find_program(GZIP gzip REQUIRED)
  add_custom_command(
    OUTPUT ${document_files}
    COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:fleetrace> -D GZIP=${GZIP} -D FOLDER=${documents}
            -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/documents.cmake
    DEPENDS fleetrace ${CMAKE_CURRENT_SOURCE_DIR}/cmake/documents.cmake
    COMMENT "Manual page and completions"
    VERBATIM)
  add_custom_target(fleetrace_documents ALL DEPENDS ${document_files})

  install(TARGETS fleetrace COMPONENT program)
  install(FILES ${documents}/fleetrace.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
  install(FILES ${documents}/fleetrace DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
  install(FILES ${documents}/_fleetrace DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT program)
  install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/fleetrace COMPONENT program
    FILES_MATCHING PATTERN *.yaml PATTERN *.json)
endif()

# What programs link: it brings the floors up to the facade. Writers and the command line stay with the program.
add_library(fleetrace_library INTERFACE)
target_link_libraries(fleetrace_library INTERFACE fleetrace_api)
add_library(fleetrace::fleetrace ALIAS fleetrace_library)
set_target_properties(fleetrace_library PROPERTIES EXPORT_NAME fleetrace)
install(TARGETS fleetrace_library EXPORT fleetraceTargets COMPONENT development)

install(DIRECTORY include/fleetrace TYPE INCLUDE COMPONENT development FILES_MATCHING PATTERN *.hpp)
install(FILES LICENSE TYPE DOC COMPONENT development)

include(CMakePackageConfigHelpers)
set(config_folder ${CMAKE_INSTALL_LIBDIR}/cmake/fleetrace)
configure_package_config_file(cmake/fleetraceConfig.cmake.in ${generated}/fleetraceConfig.cmake
  INSTALL_DESTINATION ${config_folder} NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may change everything.
write_basic_package_version_file(${generated}/fleetraceConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT fleetraceTargets NAMESPACE fleetrace:: DESTINATION ${config_folder} COMPONENT development)
install(FILES ${generated}/fleetraceConfig.cmake ${generated}/fleetraceConfigVersion.cmake DESTINATION ${config_folder}
  COMPONENT development)

file(RELATIVE_PATH prefix_from_pc /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
set(requires_clp "")
if(clp_FOUND)
  set(requires_clp " clp")
endif()
configure_file(cmake/fleetrace.pc.in ${generated}/fleetrace.pc @ONLY)
install(FILES ${generated}/fleetrace.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)

# cpack: the components program and python as Debian packages. ./dev package makes them and tries them out.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME fleetrace)
set(CPACK_PACKAGE_CONTACT "fleetrace maintainers <maintainers@fleetrace.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME fleetrace)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# No line over 79 characters, as lintian asks.
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "Races purchase strategies for accelerators against each other under the same
hardware generations, algorithmic progress, power limits, failures and money,
and says which one ends with the lower loss, at what cost, and how sure that
is. Scenarios are YAML files; results are tables, CSV, JSON, XLSX, SQLite and
HTML.")
# The Python package, where it is built.
if(TARGET fleetrace_python)
  list(APPEND CPACK_COMPONENTS_ALL python)
  math(EXPR next_python "${Python_VERSION_MINOR} + 1")
  set(CPACK_DEBIAN_PYTHON_PACKAGE_NAME python3-fleetrace)
  set(CPACK_DEBIAN_PYTHON_PACKAGE_SECTION python)
  set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS
    "python3 (>= 3.${Python_VERSION_MINOR}~), python3 (<< 3.${next_python}), python3-numpy")
  set(CPACK_DEBIAN_PYTHON_PACKAGE_RECOMMENDS "python3-pandas, python3-tqdm, python3-xarray")
  set(CPACK_DEBIAN_PYTHON_PACKAGE_SUGGESTS "fleetrace")
  set(CPACK_COMPONENT_PYTHON_DESCRIPTION "Simulator of accelerator fleets, for Python
Races purchase strategies for accelerators against each other under the same
hardware generations, algorithmic progress, power limits, failures and money,
and says which one ends with the lower loss, at what cost, and how sure that
is. Results are NumPy arrays, data frames and Arrow streams.")
  # Python keeps compiled modules beside their sources; Debian makes them when the package comes, and removes them when it goes.
  set(CPACK_DEBIAN_PYTHON_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/cmake/debian/postinst ${PROJECT_SOURCE_DIR}/cmake/debian/prerm)
endif()
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# What Debian's policy wants beside the program, and only there.
set(debian_files ${generated}/debian)
foreach(name changelog copyright)
  configure_file(cmake/debian/${name} ${debian_files}/${name} COPYONLY)
endforeach()
find_program(GZIP gzip REQUIRED)
execute_process(COMMAND ${GZIP} -9nf ${debian_files}/changelog COMMAND_ERROR_IS_FATAL ANY)
install(FILES ${debian_files}/changelog.gz ${debian_files}/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/fleetrace
  COMPONENT program EXCLUDE_FROM_ALL)
if(TARGET fleetrace_python)
  install(FILES ${debian_files}/changelog.gz ${debian_files}/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/python3-fleetrace
    COMPONENT python EXCLUDE_FROM_ALL)
endif()

include(CPack)

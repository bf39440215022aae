# cmake -D ROOT=dir -D VERSION=x.y.z -D OUTPUT=file -P write_version.cmake
#
# The hash is that of the checked-out commit, with "-dirty" where tracked files differ from it, and "unknown" where the
# sources are not a git checkout of their own (a release archive unpacked inside another checkout counts as none).

cmake_minimum_required(VERSION 3.25)

set(hash "unknown")
find_program(GIT git)
if(GIT AND EXISTS ${ROOT}/.git)
  # Reading must neither take locks nor stumble over a checkout that belongs to another user.
  set(git ${GIT} --no-optional-locks -c safe.directory=${ROOT} -C ${ROOT})
  execute_process(COMMAND ${git} rev-parse --short=12 HEAD
                  OUTPUT_VARIABLE found RESULT_VARIABLE failed OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT failed)
    set(hash ${found})
    execute_process(COMMAND ${git} status --porcelain --untracked-files=no OUTPUT_VARIABLE changes ERROR_QUIET)
    if(changes)
      string(APPEND hash "-dirty")
    endif()
  endif()
endif()

set(text "#include \"fleetrace/core/version.hpp\"\n\nnamespace fleetrace::core {\n\n")
string(APPEND text "std::string_view version() { return \"${VERSION}\"; }\nstd::string_view git_hash() { return \"${hash}\"; }\n\n")
string(APPEND text "}  // namespace fleetrace::core\n")
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "${text}" @ONLY)  # leaves an unchanged file alone

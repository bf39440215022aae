# cmake -D PROGRAM=file -D GZIP=file -D FOLDER=dir -P documents.cmake
#
# Has the program write its manual page and its completions. The page is compressed without a name and a date in it, so
# that the same program makes the same file.

cmake_minimum_required(VERSION 3.25)

function(write file)
  execute_process(COMMAND ${PROGRAM} ${ARGN} OUTPUT_FILE ${FOLDER}/${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(MAKE_DIRECTORY ${FOLDER})
write(fleetrace completion bash)
write(_fleetrace completion zsh)
write(fleetrace.1 man)
execute_process(COMMAND ${GZIP} -9nf ${FOLDER}/fleetrace.1 COMMAND_ERROR_IS_FATAL ANY)

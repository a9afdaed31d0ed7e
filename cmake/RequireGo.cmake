# Sets GO_EXECUTABLE to a Go that is new enough for go.mod, or says what is missing.
file(STRINGS "${PROJECT_SOURCE_DIR}/go.mod" needed REGEX "^go [0-9.]+$")
string(REGEX REPLACE "^go " "" needed "${needed}")

find_program(GO_EXECUTABLE go DOC "The Go command")
if(NOT GO_EXECUTABLE)
    message(FATAL_ERROR "libshmbridge is written in Go, which is missing: install Go ${needed} or later, "
        "or say where it is with -DGO_EXECUTABLE=/path/to/go")
endif()
execute_process(COMMAND "${GO_EXECUTABLE}" env GOVERSION WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    OUTPUT_VARIABLE version ERROR_VARIABLE error OUTPUT_STRIP_TRAILING_WHITESPACE)
string(REGEX MATCH "[0-9]+(\\.[0-9]+)+" number "${version}")
if(number STREQUAL "" OR number VERSION_LESS needed)
    message(FATAL_ERROR "libshmbridge needs Go ${needed} or later, and ${GO_EXECUTABLE} is ${version}${error}")
endif()

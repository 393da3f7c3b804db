# A room of the house: one folder, one static library, one include root that holds its headers alone.

find_program(QUARTERDAY_CCACHE ccache)
if(QUARTERDAY_CCACHE)
  # Paths within the sources do not count: a second work tree finds what the first one compiled.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
    ${QUARTERDAY_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

# -Wno-restrict: g++ 12 at -O3 sees overlaps in std::string that are not there (GCC bug 105651).
add_library(quarterday_flags INTERFACE)
target_compile_options(quarterday_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<BOOL:${QUARTERDAY_WERROR}>:-Werror>)
if(QUARTERDAY_SANITIZE)
  target_compile_options(quarterday_flags INTERFACE
    -fsanitize=${QUARTERDAY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(quarterday_flags INTERFACE -fsanitize=${QUARTERDAY_SANITIZE})
endif()
if(QUARTERDAY_COVERAGE)
  target_compile_options(quarterday_flags INTERFACE --coverage)
  target_link_options(quarterday_flags INTERFACE --coverage)
endif()

# quarterday_include_root(core/model out): a folder in which `#include "core/model/…"` finds the headers
# of that room and of no other, not even of rooms inside it.
function(quarterday_include_root room out)
  set(root ${CMAKE_BINARY_DIR}/rooms/${room})
  string(REGEX REPLACE "/.*" "" floor ${room})
  file(REMOVE_RECURSE ${root}/${floor})  # what is beside it belongs to rooms inside this one
  file(MAKE_DIRECTORY ${root}/${room})
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${room}/*.hpp ${CMAKE_SOURCE_DIR}/${room}/*.hxx)
  foreach(header ${headers})
    get_filename_component(name ${header} NAME)
    file(CREATE_LINK ${header} ${root}/${room}/${name} SYMBOLIC)
  endforeach()
  set(${out} ${root} PARENT_SCOPE)
endfunction()

# A room that logs and does not link the logger compiles one of its own, which writes elsewhere.
function(quarterday_logger_of_the_program room sources links)
  foreach(source ${sources})
    file(STRINGS ${source} logs REGEX "^#include <spdlog/")
    if(logs AND NOT "spdlog::spdlog" IN_LIST links)
      message(FATAL_ERROR "${room} logs (${source}): add spdlog::spdlog to its PRIVATE_LINKS")
    endif()
  endforeach()
endfunction()

# quarterday_room(core/capture LINKS core/ports core/text PRIVATE_LINKS fmt::fmt): target
# qd_core_capture from the .cpp of that folder. LINKS are the rooms it may see, PRIVATE_LINKS the
# libraries from outside that only its own sources use.
function(quarterday_room room)
  cmake_parse_arguments(arg "" "" "LINKS;PRIVATE_LINKS;SOURCES" ${ARGN})
  string(REPLACE / _ name ${room})
  quarterday_include_root(${room} root)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${room}/*.cpp)
  list(APPEND sources ${arg_SOURCES})
  quarterday_logger_of_the_program(${room} "${sources}" "${arg_PRIVATE_LINKS}")
  list(TRANSFORM arg_LINKS REPLACE / _)
  list(TRANSFORM arg_LINKS PREPEND qd_)
  if(sources)
    add_library(qd_${name} STATIC ${sources})
    target_include_directories(qd_${name} PUBLIC ${root})
    target_link_libraries(qd_${name} PUBLIC ${arg_LINKS} PRIVATE quarterday_flags ${arg_PRIVATE_LINKS})
  else()
    add_library(qd_${name} INTERFACE)
    target_include_directories(qd_${name} INTERFACE ${root})
    target_link_libraries(qd_${name} INTERFACE ${arg_LINKS})
  endif()
  # What it sees, for the test that includes sideways: see tests/architecture/walls.
  set_property(GLOBAL APPEND PROPERTY QUARTERDAY_ROOMS ${room})
  file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/walls/${name}
    CONTENT "${room}\n$<JOIN:$<TARGET_PROPERTY:qd_${name},INTERFACE_INCLUDE_DIRECTORIES>,\n>\n")
endfunction()

# quarterday_text(api-spec/openapi.yaml out): a file that becomes part of the program as it is; when it
# changes, the build is configured again.
function(quarterday_text file out)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} text)
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

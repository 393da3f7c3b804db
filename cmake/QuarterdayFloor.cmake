# A floor of the house: one folder, one static library, one include root that holds that folder alone.

find_program(QUARTERDAY_CCACHE ccache)
if(QUARTERDAY_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${QUARTERDAY_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${QUARTERDAY_CCACHE})
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

# quarterday_include_root(core): ${build}/floors/core/core -> ${source}/core, so that
# `#include "core/…"` is found only by targets that link that floor.
function(quarterday_include_root folder out)
  set(root ${CMAKE_BINARY_DIR}/floors/${folder})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${CMAKE_SOURCE_DIR}/${folder} ${root}/${folder} SYMBOLIC)
  set(${out} ${root} PARENT_SCOPE)
endfunction()

# quarterday_floor(core LINKS qd_sdk fmt::fmt PRIVATE_LINKS csv): target qd_core from every .cpp below.
function(quarterday_floor folder)
  cmake_parse_arguments(arg "" "" "LINKS;PRIVATE_LINKS;EXCLUDE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  foreach(pattern ${arg_EXCLUDE})
    list(FILTER sources EXCLUDE REGEX ${pattern})
  endforeach()
  quarterday_include_root(${folder} root)
  add_library(qd_${folder} STATIC ${sources})
  target_include_directories(qd_${folder} PUBLIC ${root})
  target_link_libraries(qd_${folder} PUBLIC ${arg_LINKS} PRIVATE quarterday_flags ${arg_PRIVATE_LINKS})
endfunction()

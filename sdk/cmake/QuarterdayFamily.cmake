# For families inside this repository and, with find_package(Quarterday-SDK), for everybody else's:
#   quarterday_add_family(NAME source…)  one shared library NAME.so that exports one symbol and carries
#                                        its declaration NAME.toml, which lies beside the sources; they
#                                        can include <NAME_names.hpp>, made from it
#   quarterday_add_cases(NAME)           one test for each cases/*.case
# DECLARATION FILE in quarterday_add_family names another declaration. The folder or package that
# includes this file has set where the SDK is.
set(QUARTERDAY_SDK_INCLUDE ${QUARTERDAY_SDK_INCLUDE} CACHE INTERNAL "")
set(QUARTERDAY_SDK_MAP ${QUARTERDAY_SDK_MAP} CACHE INTERNAL "")
set(QUARTERDAY_FAMILY_DIR ${CMAKE_BINARY_DIR}/families CACHE PATH "Where family libraries are put")

# The command that checks a declaration and writes its header of names.
function(quarterday_header_command out)
  if(TARGET quarterday-header)
    set(${out} quarterday-header PARENT_SCOPE)
    return()
  endif()
  set(${out} ${QUARTERDAY_EXECUTABLE} family header PARENT_SCOPE)
endfunction()

# What a library says without being run, in sections that are not loaded: which ABI it was built for,
# and its declaration.
function(quarterday_embed target section file)
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${file})
  add_custom_command(TARGET ${target} POST_BUILD VERBATIM COMMAND ${CMAKE_OBJCOPY}
    --add-section quarterday.${section}=${file}
    --set-section-flags quarterday.${section}=noload,readonly $<TARGET_FILE:${target}>)
endfunction()

function(quarterday_abi out)
  foreach(part MAJOR MINOR)
    file(STRINGS ${QUARTERDAY_SDK_INCLUDE}/quarterday/plugin.h line REGEX "define QD_ABI_${part} ")
    string(REGEX REPLACE ".*QD_ABI_${part} ([0-9]+).*" "\\1" ${part} "${line}")
  endforeach()
  set(${out} ${MAJOR}.${MINOR} PARENT_SCOPE)
endfunction()

function(quarterday_add_family name)
  cmake_parse_arguments(arg "" "DECLARATION" "" ${ARGN})
  if(NOT arg_DECLARATION)
    set(arg_DECLARATION ${name}.toml)
  endif()
  cmake_path(ABSOLUTE_PATH arg_DECLARATION BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    OUTPUT_VARIABLE declaration)
  set(names ${CMAKE_CURRENT_BINARY_DIR}/${name}_names)
  quarterday_abi(abi)
  file(CONFIGURE OUTPUT ${names}/abi CONTENT ${abi})
  quarterday_header_command(header_command)
  add_custom_command(OUTPUT ${names}/${name}_names.hpp
    COMMAND ${header_command} ${declaration} ${names}/${name}_names.hpp
    DEPENDS ${declaration} VERBATIM COMMENT "Reading the declaration of ${name}")
  add_library(family_${name} MODULE ${arg_UNPARSED_ARGUMENTS} ${names}/${name}_names.hpp)
  set_property(GLOBAL APPEND PROPERTY QUARTERDAY_FAMILIES family_${name})
  set_target_properties(family_${name} PROPERTIES
    PREFIX "" OUTPUT_NAME ${name}
    CXX_STANDARD 17 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY ${QUARTERDAY_FAMILY_DIR})
  target_include_directories(family_${name} PRIVATE ${QUARTERDAY_SDK_INCLUDE})
  # Made, not written: a linter looks past it.
  target_include_directories(family_${name} SYSTEM PRIVATE ${names})
  if(TARGET quarterday_flags)
    target_link_libraries(family_${name} PRIVATE quarterday_flags)
  endif()
  # Hidden visibility alone still leaks weak std:: symbols; the map lets exactly one symbol out.
  target_link_options(family_${name} PRIVATE
    -Wl,--version-script=${QUARTERDAY_SDK_MAP} -Wl,--no-undefined)
  quarterday_embed(family_${name} abi ${names}/abi)
  quarterday_embed(family_${name} declaration ${declaration})
  # The host refuses a library that others may write to, which a umask of 002 would make of it.
  add_custom_command(TARGET family_${name} POST_BUILD COMMAND chmod go-w $<TARGET_FILE:family_${name}>)
endfunction()

# Tests run a family as the host does, which is the program.
function(quarterday_add_cases name)
  set(program ${QUARTERDAY_EXECUTABLE})
  if(TARGET quarterday)
    set(program $<TARGET_FILE:quarterday>)
  endif()
  file(GLOB cases CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/cases/*.case)
  foreach(case ${cases})
    get_filename_component(rule ${case} NAME_WE)
    add_test(NAME conformance.${name}.${rule}
      COMMAND ${program} family check $<TARGET_FILE:family_${name}> ${case})
    set_tests_properties(conformance.${name}.${rule} PROPERTIES LABELS conformance TIMEOUT 120)
  endforeach()
endfunction()

# For families inside this repository and, with find_package(Quarterday-SDK), for everybody else's:
#   quarterday_add_family(NAME source…)  one shared library NAME.so that exports one symbol
#   quarterday_add_cases(NAME)           one test for each cases/*.case
# The folder or package that includes this file has set where the SDK is.
set(QUARTERDAY_SDK_INCLUDE ${QUARTERDAY_SDK_INCLUDE} CACHE INTERNAL "")
set(QUARTERDAY_SDK_MAP ${QUARTERDAY_SDK_MAP} CACHE INTERNAL "")
set(QUARTERDAY_FAMILY_DIR ${CMAKE_BINARY_DIR}/families CACHE PATH "Where family libraries are put")

function(quarterday_abi out)
  foreach(part MAJOR MINOR)
    file(STRINGS ${QUARTERDAY_SDK_INCLUDE}/quarterday/plugin.h line REGEX "define QD_ABI_${part} ")
    string(REGEX REPLACE ".*QD_ABI_${part} ([0-9]+).*" "\\1" ${part} "${line}")
  endforeach()
  set(${out} ${MAJOR}.${MINOR} PARENT_SCOPE)
endfunction()

function(quarterday_add_family name)
  add_library(family_${name} MODULE ${ARGN})
  set_property(GLOBAL APPEND PROPERTY QUARTERDAY_FAMILIES family_${name})
  set_target_properties(family_${name} PROPERTIES
    PREFIX "" OUTPUT_NAME ${name}
    CXX_STANDARD 17 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY ${QUARTERDAY_FAMILY_DIR})
  target_include_directories(family_${name} PRIVATE ${QUARTERDAY_SDK_INCLUDE})
  if(TARGET quarterday_flags)
    target_link_libraries(family_${name} PRIVATE quarterday_flags)
  endif()
  # Hidden visibility alone still leaks weak std:: symbols; the map lets exactly one symbol out.
  target_link_options(family_${name} PRIVATE
    -Wl,--version-script=${QUARTERDAY_SDK_MAP} -Wl,--no-undefined)
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

# find_package(Quarterday-SDK): the headers, quarterday-case and the functions that build a family.
get_filename_component(quarterday_prefix ${CMAKE_CURRENT_LIST_DIR}/../../.. ABSOLUTE)
set(QUARTERDAY_SDK_INCLUDE ${quarterday_prefix}/include)
set(QUARTERDAY_SDK_MAP ${quarterday_prefix}/share/quarterday-sdk/family.map)
if(NOT TARGET quarterday-case)
  add_executable(quarterday-case IMPORTED)
  set_target_properties(quarterday-case PROPERTIES
    IMPORTED_LOCATION ${quarterday_prefix}/bin/quarterday-case)
endif()
include(${CMAKE_CURRENT_LIST_DIR}/QuarterdayFamily.cmake)

# cmake -DBUILD=… -DPLACE=… -DCOMPILER=… -DCONFIGURATION=… -P stranger.cmake
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${PLACE})
run(${CMAKE_COMMAND} --install ${BUILD} --component sdk --prefix ${PLACE}/sdk
  --config ${CONFIGURATION})
file(COPY ${PLACE}/sdk/share/quarterday-sdk/template/ DESTINATION ${PLACE}/family)
run(${CMAKE_COMMAND} -S ${PLACE}/family -B ${PLACE}/build
  -DCMAKE_PREFIX_PATH=${PLACE}/sdk -DCMAKE_CXX_COMPILER=${COMPILER})
run(${CMAKE_COMMAND} --build ${PLACE}/build)
run(${CMAKE_CTEST_COMMAND} --test-dir ${PLACE}/build --no-tests=error)
if(NOT output MATCHES "100% tests passed")
  message(FATAL_ERROR "${output}")
endif()
if(NOT EXISTS ${PLACE}/build/families/template.so)
  message(FATAL_ERROR "template.so is not where families are put")
endif()

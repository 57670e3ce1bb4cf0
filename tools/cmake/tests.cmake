# Native tests: one ctest test for each doctest case, and one for each fuzz corpus.
find_package(doctest REQUIRED)
include(doctest)
enable_testing()

function(isthmus_doctest name)
  add_executable(${name} ${ARGN} tests/native/main.cpp)
  target_include_directories(${name} PRIVATE tests)
  target_link_libraries(${name} PRIVATE isthmus_core isthmus_warnings doctest::doctest)
  doctest_discover_tests(${name} TEST_PREFIX "${name}:")
endfunction()

file(GLOB_RECURSE native_tests CONFIGURE_DEPENDS tests/native/*.cpp)
list(REMOVE_ITEM native_tests "${CMAKE_SOURCE_DIR}/tests/native/main.cpp")
isthmus_doctest(native_tests ${native_tests})

# The JSON cases lie beside the sources; the environment variable ISTHMUS_CASES_DIR overrides.
file(GLOB case_tests CONFIGURE_DEPENDS tests/cases/*.cpp)
if(case_tests)
  isthmus_doctest(cases_tests ${case_tests})
  target_compile_definitions(cases_tests PRIVATE
    ISTHMUS_CASES_DIR="${CMAKE_SOURCE_DIR}/tests/cases")
endif()

file(GLOB fuzz_targets CONFIGURE_DEPENDS tests/fuzz/*.cpp)
foreach(source IN LISTS fuzz_targets)
  get_filename_component(name "${source}" NAME_WE)
  add_executable(replay_${name} "${source}" tests/fuzz/replay/main.cpp)
  target_include_directories(replay_${name} PRIVATE tests)
  target_link_libraries(replay_${name} PRIVATE isthmus_core isthmus_warnings)
  add_test(NAME "fuzz corpus: ${name}"
    COMMAND replay_${name} "${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name}")
endforeach()

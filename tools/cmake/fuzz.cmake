# Fuzz targets: each tests/fuzz/<name>.cpp becomes an executable <name> driven by libFuzzer.
target_compile_options(isthmus_core PRIVATE -fsanitize=fuzzer-no-link)

file(GLOB fuzz_targets CONFIGURE_DEPENDS tests/fuzz/*.cpp)
foreach(source IN LISTS fuzz_targets)
  get_filename_component(name "${source}" NAME_WE)
  add_executable(${name} "${source}")
  target_include_directories(${name} PRIVATE tests)
  target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  target_link_libraries(${name} PRIVATE isthmus_core isthmus_warnings)
endforeach()

add_executable(fuzz_seeds tests/fuzz/seeds/main.cpp)
target_link_options(fuzz_seeds PRIVATE -fsanitize=fuzzer-no-link)
target_link_libraries(fuzz_seeds PRIVATE isthmus_core isthmus_warnings)

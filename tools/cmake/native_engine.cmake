# The engine with its bindings as a shared library, so that one process can hold an instance of it
# as a page does: all memory of it told from that of whoever calls (tests/engine_calls/instance.h).
# Left out are the allocator for 32 bits, what grows its memory and what asks JavaScript.
set_target_properties(isthmus_core PROPERTIES
  POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)

file(GLOB_RECURSE binding_sources CONFIGURE_DEPENDS bindings/*.cpp)
list(REMOVE_ITEM binding_sources
  ${CMAKE_SOURCE_DIR}/bindings/decimal.cpp ${CMAKE_SOURCE_DIR}/bindings/growth.cpp
  ${CMAKE_SOURCE_DIR}/bindings/small_blocks.cpp)
add_library(native_engine SHARED ${binding_sources} tests/engine_calls/shim/shim.cpp)
set_target_properties(native_engine PROPERTIES
  CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
target_include_directories(native_engine PRIVATE tests/engine_calls/shim ${CMAKE_SOURCE_DIR})
target_compile_options(native_engine PRIVATE -fno-exceptions -fno-rtti)
target_link_options(native_engine PRIVATE -Wl,-Bsymbolic
  -Wl,--version-script=${CMAKE_SOURCE_DIR}/tests/engine_calls/shim/exports.map)
target_link_libraries(native_engine PRIVATE isthmus_warnings
  -Wl,--whole-archive isthmus_core -Wl,--no-whole-archive)

# A second, plain implementation of programs, which others are compared with.
file(GLOB model_sources CONFIGURE_DEPENDS tests/native/reducer/model/*.cpp)
add_library(model STATIC ${model_sources})
target_include_directories(model PUBLIC tests)
target_link_libraries(model PUBLIC isthmus_core PRIVATE isthmus_warnings)

# Calls of that engine and what is expected of them, for executables which bring a main.
file(GLOB engine_call_sources CONFIGURE_DEPENDS tests/engine_calls/*.cpp)
add_library(engine_calls_core OBJECT ${engine_call_sources})
target_include_directories(engine_calls_core PRIVATE ${CMAKE_SOURCE_DIR})
target_link_libraries(engine_calls_core PUBLIC native_engine model PRIVATE isthmus_warnings)

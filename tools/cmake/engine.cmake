# The engine as two wasm files in the build folder: engine.wasm and engine-crossing.wasm. Nothing of Emscripten's
# JavaScript is in use: the first one imports what web/engine/instantiate.ts gives.
file(GLOB_RECURSE binding_sources CONFIGURE_DEPENDS bindings/*.cpp)

# What runs on every dispatch and read: compiled for speed, or for both where that makes it smaller and
# no slower, as was measured. The rest, which runs once, is compiled for size.
set(hot_sources
  bindings/buffers.cpp bindings/hot_path.cpp bindings/small_blocks.cpp
  bindings/crossing/messages.cpp
  src/log/envelope.cpp src/bridge/mark.cpp src/bridge/payload_rules.cpp
  src/contract/credential.cpp
  src/contract/schema/check_array.cpp src/contract/schema/check_object.cpp
  src/contract/schema/schema_checker.cpp
  src/reducer/expression/expression.cpp src/reducer/expression/variable.cpp
  src/reducer/program.cpp src/reducer/step/step_runner.cpp
  src/base/vector.cpp
  src/value/draft.cpp src/value/key.cpp src/value/key_index.cpp src/value/node_ids.cpp
  src/value/object_builder.cpp src/value/value.cpp
  src/value/encoder.cpp src/value/wtf8.cpp)
set(warm_sources
  bindings/answers.cpp src/store/store.cpp src/value/decoder.cpp src/value/show.cpp)

# All browsers since 2021 have them.
set(newer_instructions -msign-ext -mnontrapping-fptoint)
list(TRANSFORM hot_sources PREPEND "${CMAKE_SOURCE_DIR}/")
list(TRANSFORM warm_sources PREPEND "${CMAKE_SOURCE_DIR}/")
# bindings/decimal.cpp is in their place.
set(native_sources ${core_sources})
list(FILTER native_sources INCLUDE REGEX "/src/script/(big_natural|decimal_nearest|decimal_shortest).cpp$")
set(engine_sources ${core_sources} ${binding_sources})
list(REMOVE_ITEM engine_sources ${native_sources})

# What crossing needs, and first what every page needs: two files, told apart by what these define.
set(crossing_sources ${engine_sources})
list(FILTER crossing_sources INCLUDE REGEX "/(src/(log|contract|bridge)|bindings/crossing)/")
set(first_sources ${engine_sources})
list(REMOVE_ITEM first_sources ${crossing_sources})

# -finline-functions, because em++ 3.1.6 turns inlining off under -Os and -Oz and a call in wasm is dear: with
# it the module is 5 % smaller and 2.5 times faster.
set(hot_options -O2)
set(warm_options -Os -finline-functions)
set(small_options -Oz -finline-functions)
set(small_sources ${engine_sources})
list(REMOVE_ITEM small_sources ${hot_sources} ${warm_sources})

# Of an inline function the first definition counts: so what is compiled for speed is linked first, and
# the module is 4 % smaller than the other way round.
foreach(speed hot warm small)
  foreach(part first crossing)
    set(others ${${part}_sources})
    list(REMOVE_ITEM others ${${speed}_sources})
    set(sources ${${part}_sources})
    list(REMOVE_ITEM sources ${others})
    if(sources)
      add_library(${part}_${speed} OBJECT ${sources})
      target_compile_options(${part}_${speed} PRIVATE "$<$<CONFIG:Release>:${${speed}_options}>")
      list(APPEND part_targets ${part}_${speed})
      list(APPEND ${part}_objects $<TARGET_OBJECTS:${part}_${speed}>)
      list(APPEND engine_objects $<TARGET_OBJECTS:${part}_${speed}>)
    endif()
  endforeach()
endforeach()
foreach(target ${part_targets})
  target_include_directories(${target} PRIVATE src ${CMAKE_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE isthmus_warnings nlohmann)
  target_compile_options(${target} PRIVATE -flto -fno-exceptions -fno-rtti ${newer_instructions})
  target_compile_definitions(${target} PRIVATE
    EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0  # without RTTI
    $<$<VERSION_GREATER:${EMSCRIPTEN_VERSION},3.1.56>:stackRestore=_emscripten_stack_restore>)
endforeach()

add_executable(engine ${engine_objects})
set_target_properties(engine PROPERTIES OUTPUT_NAME whole SUFFIX .wasm LINKER_LANGUAGE CXX)

# Inlining over all of it is left to the link (-O3), which -Oz there would halve the speed of for 3 %
# of brotli. The symbol map tells the build whose code is inside.
#
# The stack: a value of the deepest nesting takes up to 256 KB of it, and newer Emscriptens give 64.
#
# Undefined symbols are what embind calls in JavaScript.
target_link_options(engine PRIVATE ${newer_instructions}
  --emit-symbol-map -flto -fno-exceptions -fno-rtti --no-entry -Wl,-u,calloc
  -Wl,--wrap=emscripten_resize_heap
  -sSTRICT=1 -sERROR_ON_UNDEFINED_SYMBOLS=0 -sWARN_ON_UNDEFINED_SYMBOLS=0
  $<IF:$<VERSION_LESS:${EMSCRIPTEN_VERSION},3.1.25>,-sTOTAL_STACK=1MB,-sSTACK_SIZE=1MB>
  -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=4MB -sMALLOC=emmalloc -sFILESYSTEM=0
  $<IF:$<CONFIG:Debug>,-sASSERTIONS=2,-sASSERTIONS=0>
  $<IF:$<CONFIG:Debug>,-O0,-O3>)

# For what the second file takes of the data (tools/engine-data.mjs): the module before it has addresses, and where
# they are (em++ 3.1.6 knows no -Map). Without -O0, which is the linker's and of strings alone, one of these may be
# the end of another.
target_link_options(engine PRIVATE -Wl,--save-temps -Wl,--print-map -Wl,-O0)
string(APPEND CMAKE_CXX_LINK_EXECUTABLE " > ${CMAKE_BINARY_DIR}/whole.map")

file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/parts.json CONTENT "{
  \"first\": [\"$<JOIN:${first_objects},\", \">\"],
  \"crossing\": [\"$<JOIN:${crossing_objects},\", \">\"]
}")
add_custom_command(TARGET engine POST_BUILD
  COMMAND node ${CMAKE_SOURCE_DIR}/tools/split-engine.mjs ${CMAKE_BINARY_DIR}
  BYPRODUCTS engine.wasm engine-crossing.wasm)

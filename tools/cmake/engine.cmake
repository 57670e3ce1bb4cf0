# The wasm module: bindings over the core, as engine.mjs and engine.wasm in the build folder.
file(GLOB binding_sources CONFIGURE_DEPENDS bindings/*.cpp)

# embind's own library tells JavaScript of every type it knows, which brings printf and the glue for
# strings, vectors and handles. bindings/embind_types.cpp takes its place; newer Emscriptens start
# embind from within the library, so there it stays.
if(EMSCRIPTEN_VERSION VERSION_LESS_EQUAL 3.1.6)
  set(embind "SHELL:--js-library ${EMSCRIPTEN_ROOT_PATH}/src/embind/embind.js")
else()
  set(embind --bind)
  list(REMOVE_ITEM binding_sources ${CMAKE_SOURCE_DIR}/bindings/embind_types.cpp)
endif()

# What runs on every dispatch and read; the rest, which runs once, is compiled for size.
set(hot_sources
  bindings/answers.cpp bindings/buffers.cpp bindings/hot_path.cpp bindings/small_blocks.cpp
  src/log/envelope.cpp src/bridge/mark.cpp src/bridge/payload_rules.cpp
  src/contract/credential.cpp
  src/contract/schema/check_array.cpp src/contract/schema/check_object.cpp
  src/contract/schema/schema_checker.cpp
  src/reducer/expression/expression.cpp src/reducer/expression/variable.cpp
  src/reducer/program.cpp src/reducer/step/step_runner.cpp src/store/store.cpp
  src/base/vector.cpp
  src/value/draft.cpp src/value/key.cpp src/value/key_index.cpp src/value/node_ids.cpp
  src/value/object_builder.cpp src/value/decoder.cpp src/value/show.cpp src/value/value.cpp
  src/value/encoder.cpp src/value/wtf8.cpp)
list(TRANSFORM hot_sources PREPEND "${CMAKE_SOURCE_DIR}/")
set(small_sources ${core_sources} ${binding_sources})
list(REMOVE_ITEM small_sources ${hot_sources})

# CMake links an OBJECT library's files first, and of an inline function the first definition counts: so
# those compiled for speed do, and the module is 4 % smaller than the other way round.
add_library(engine_hot OBJECT ${hot_sources})
add_executable(engine ${small_sources})
set_target_properties(engine PROPERTIES SUFFIX .mjs)
target_compile_options(engine_hot PRIVATE $<$<CONFIG:Release>:-O2>)
# -finline-functions, because em++ 3.1.6 turns inlining off under -Oz and a call in wasm is dear: with
# it the module is 5 % smaller and 2.5 times faster.
target_compile_options(engine PRIVATE $<$<CONFIG:Release>:-Oz;-finline-functions>)
target_link_libraries(engine PRIVATE engine_hot)
foreach(target engine_hot engine)
  target_include_directories(${target} PRIVATE src)
  target_link_libraries(${target} PRIVATE isthmus_warnings nlohmann)
  target_compile_options(${target} PRIVATE -flto -fno-exceptions -fno-rtti)
  target_compile_definitions(${target} PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)  # without RTTI
endforeach()

# DYNAMIC_EXECUTION=0: no eval, for pages under a strict Content-Security-Policy.
# USE_ES6_IMPORT_META=0: the glue finds nothing by itself, it is handed the wasm.
# INCOMING_MODULE_JS_API: the members that may be handed to it; code for others stays out.
#
# Inlining over all of it is left to the link (-O3), which -Oz there would halve the speed of for 3 %
# of brotli. The symbol map tells the build whose code is inside.
#
# Memory grows in proportion: V8 answers each growth of more than 64 MB of memory with a collection of
# the whole heap, so that steps of one size made the actions on a large state take several times as
# long. What a step asks for too much is 2 % at most.
#
# The stack: a value of the deepest nesting takes up to 256 KB of it, and newer Emscriptens give 64.
target_link_options(engine PRIVATE
  --emit-symbol-map -flto -fno-exceptions -fno-rtti ${embind} --no-entry -Wl,-u,calloc
  -sSTRICT=1 -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=createEngineModule
  -sUSE_ES6_IMPORT_META=0
  -sENVIRONMENT=web,worker -sDYNAMIC_EXECUTION=0 -sTEXTDECODER=2
  -sINCOMING_MODULE_JS_API=instantiateWasm
  $<$<VERSION_GREATER_EQUAL:${EMSCRIPTEN_VERSION},4>:-sEXPORTED_RUNTIME_METHODS=HEAPU8>
  $<IF:$<VERSION_LESS:${EMSCRIPTEN_VERSION},3.1.25>,-sTOTAL_STACK=1MB,-sSTACK_SIZE=1MB>
  -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=4MB -sMEMORY_GROWTH_GEOMETRIC_STEP=0.02
  -sMALLOC=emmalloc -sFILESYSTEM=0
  $<IF:$<CONFIG:Debug>,-sASSERTIONS=2,-sASSERTIONS=0>
  $<IF:$<CONFIG:Debug>,-O0,-O3>)

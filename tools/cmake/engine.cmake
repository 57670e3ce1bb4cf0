# The wasm module: bindings over the core, as engine.mjs and engine.wasm in the build folder.
target_compile_options(isthmus_core PRIVATE -flto)

file(GLOB binding_sources CONFIGURE_DEPENDS bindings/*.cpp)
add_executable(engine ${binding_sources})
set_target_properties(engine PROPERTIES SUFFIX .mjs)
target_link_libraries(engine PRIVATE isthmus_core isthmus_warnings)
target_compile_options(engine PRIVATE -flto -fno-exceptions -fno-rtti)
# embind without RTTI
target_compile_definitions(engine PRIVATE EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)

# DYNAMIC_EXECUTION=0: no eval, for pages under a strict Content-Security-Policy.
# USE_ES6_IMPORT_META=0: the glue finds nothing by itself, it is handed the wasm.
# INCOMING_MODULE_JS_API: the members that may be handed to it; code for others stays out.
#
# Compiled for size (the preset), but with -finline-functions: em++ 3.1.6 turns inlining off under -Os
# and -Oz, and a call in wasm is dear. By measurement inlining makes the module 5 % smaller and a
# dispatch 2.5 times faster. -Oz at the link would cost half the speed for 3 % of brotli, -O2 at
# compile time 20 kB of it. The symbol map tells the build whose code is inside.
#
# The stack: a value of the deepest nesting takes up to 256 KB of it, and newer Emscriptens give 64.
target_link_options(engine PRIVATE
  --emit-symbol-map -flto -fno-exceptions -fno-rtti --bind --no-entry
  -sSTRICT=1 -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=createEngineModule
  -sUSE_ES6_IMPORT_META=0
  -sENVIRONMENT=web,worker -sDYNAMIC_EXECUTION=0 -sTEXTDECODER=2
  -sINCOMING_MODULE_JS_API=instantiateWasm
  $<$<VERSION_GREATER_EQUAL:${EMSCRIPTEN_VERSION},4>:-sEXPORTED_RUNTIME_METHODS=HEAPU8>
  $<IF:$<VERSION_LESS:${EMSCRIPTEN_VERSION},3.1.25>,-sTOTAL_STACK=1MB,-sSTACK_SIZE=1MB>
  -sALLOW_MEMORY_GROWTH=1 -sMALLOC=emmalloc -sFILESYSTEM=0
  $<IF:$<CONFIG:Debug>,-sASSERTIONS=2,-sASSERTIONS=0>
  $<IF:$<CONFIG:Debug>,-O0,-O3>)

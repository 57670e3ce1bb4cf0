#pragma once

// ISTHMUS_TRIVIAL_ABI: a class of one pointer or number that counts references is passed and
// returned as that number, not through memory. Nothing may refer to such an object while it is an
// argument. ISTHMUS_SMALL: a function that is rare or slow by itself, compiled for size in files
// that are compiled for speed. For compilers which know of neither, it makes no difference but size
// and time.
#ifdef __clang__
#define ISTHMUS_TRIVIAL_ABI [[clang::trivial_abi]]
#define ISTHMUS_SMALL [[clang::minsize, gnu::noinline]]
#else
#define ISTHMUS_TRIVIAL_ABI
#define ISTHMUS_SMALL [[gnu::noinline]]
#endif

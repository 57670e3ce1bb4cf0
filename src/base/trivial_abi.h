#pragma once

// A class of one pointer or number that counts references is passed and returned as that number,
// not through memory, for as long as whoever takes it may move it: nothing may refer to such an
// object while it is an argument. Clang knows how to; for others it makes no difference but time.
#ifdef __clang__
#define ISTHMUS_TRIVIAL_ABI [[clang::trivial_abi]]
#else
#define ISTHMUS_TRIVIAL_ABI
#endif

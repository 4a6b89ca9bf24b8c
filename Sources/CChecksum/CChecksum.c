#include "CChecksum.h"

#if defined(__x86_64__)

int ladder_crc32c_is_available(void) { return __builtin_cpu_supports("sse4.2"); }

__attribute__((target("sse4.2")))
uint32_t ladder_crc32c(uint32_t crc, const void *bytes, size_t count) {
  const unsigned char *place = bytes;
  uint64_t wide = crc;
  while (count >= 8) {
    uint64_t word;
    __builtin_memcpy(&word, place, 8);
    wide = __builtin_ia32_crc32di(wide, word);
    place += 8;
    count -= 8;
  }
  uint32_t narrow = (uint32_t)wide;
  while (count > 0) {
    narrow = __builtin_ia32_crc32qi(narrow, *place);
    place += 1;
    count -= 1;
  }
  return narrow;
}

#else

// Other processors take the tables.
int ladder_crc32c_is_available(void) { return 0; }

uint32_t ladder_crc32c(uint32_t crc, const void *bytes, size_t count) {
  (void)bytes;
  (void)count;
  return crc;
}

#endif

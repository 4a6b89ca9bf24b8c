#include "CChecksum.h"

#if defined(__x86_64__)

int ladder_crc32c_is_available(void) { return __builtin_cpu_supports("sse4.2"); }

static uint64_t word_at(const unsigned char *place) {
  uint64_t word;
  __builtin_memcpy(&word, place, 8);
  return word;
}

static uint64_t shifted(const uint32_t *shifts, uint64_t crc) {
  return shifts[crc & 0xFF] ^ shifts[256 + (crc >> 8 & 0xFF)] ^
         shifts[512 + (crc >> 16 & 0xFF)] ^ shifts[768 + (crc >> 24 & 0xFF)];
}

// The instruction takes three cycles and can begin anew in each, so three parts are taken at once.
__attribute__((target("sse4.2")))
static uint64_t three_blocks(uint64_t crc, const unsigned char *place, const uint32_t *shifts) {
  uint64_t second = 0, third = 0;
  for (size_t offset = 0; offset < LADDER_CRC32C_BLOCK; offset += 8) {
    crc = __builtin_ia32_crc32di(crc, word_at(place + offset));
    second = __builtin_ia32_crc32di(second, word_at(place + LADDER_CRC32C_BLOCK + offset));
    third = __builtin_ia32_crc32di(third, word_at(place + 2 * LADDER_CRC32C_BLOCK + offset));
  }
  return shifted(shifts, shifted(shifts, crc) ^ second) ^ third;
}

__attribute__((target("sse4.2")))
uint32_t ladder_crc32c(
    uint32_t crc, const void *bytes, size_t count, const uint32_t *shifts) {
  const unsigned char *place = bytes;
  uint64_t wide = crc;
  while (shifts && count >= 3 * LADDER_CRC32C_BLOCK) {
    wide = three_blocks(wide, place, shifts);
    place += 3 * LADDER_CRC32C_BLOCK;
    count -= 3 * LADDER_CRC32C_BLOCK;
  }
  while (count >= 8) {
    wide = __builtin_ia32_crc32di(wide, word_at(place));
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

uint32_t ladder_crc32c(
    uint32_t crc, const void *bytes, size_t count, const uint32_t *shifts) {
  (void)bytes;
  (void)count;
  (void)shifts;
  return crc;
}

#endif

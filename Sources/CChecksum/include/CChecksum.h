#ifndef CCHECKSUM_H
#define CCHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// How many bytes each of three parts has whose checksums are taken side by side.
#define LADDER_CRC32C_BLOCK 2048

/// Whether this processor has an instruction for CRC-32C.
int ladder_crc32c_is_available(void);

/// The register of CRC-32C, inverted as always, after more bytes; only where it is available.
///
/// `shifts` has 4 * 256 numbers: what a block of zeros makes of a register, by each of its bytes. NULL
/// takes all bytes one after the other.
uint32_t ladder_crc32c(
    uint32_t crc, const void *bytes, size_t count, const uint32_t *shifts);

#endif

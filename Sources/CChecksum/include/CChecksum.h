#ifndef CCHECKSUM_H
#define CCHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// Whether this processor has an instruction for CRC-32C.
int ladder_crc32c_is_available(void);

/// The register of CRC-32C, inverted as always, after more bytes; only where it is available.
uint32_t ladder_crc32c(uint32_t crc, const void *bytes, size_t count);

#endif

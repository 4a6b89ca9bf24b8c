#ifndef CRESOURCES_H
#define CRESOURCES_H

#include <stddef.h>

/// A file of Resources/ as it was when the program was built.
struct ladder_resource {
  /// Its path within Resources/, with slashes.
  const char *path;
  /// Its bytes, followed by a NUL that does not count.
  const unsigned char *bytes;
  /// The number of its bytes.
  size_t length;
};

/// How many files there are.
size_t ladder_resource_count(void);

/// The file of an index below the count; the files are in the order of their paths' bytes.
struct ladder_resource ladder_resource_at(size_t index);

#endif

#include "CResources.h"

// `#embed` is C23; the compiler takes it under older standards too, with this remark.
#pragma clang diagnostic ignored "-Wc23-extensions"
#include "ResourceList.h"

size_t ladder_resource_count(void) { return sizeof resources / sizeof resources[0]; }

struct ladder_resource ladder_resource_at(size_t index) { return resources[index]; }

#include "CResources.h"
int ladder_resources_placeholder(void) { return 0; }

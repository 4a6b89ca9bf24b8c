#include "CNCurses.h"
int ladder_curses_placeholder(void) { return 0; }

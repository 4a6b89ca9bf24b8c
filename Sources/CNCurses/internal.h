#ifndef LADDER_CNCURSES_INTERNAL_H
#define LADDER_CNCURSES_INTERNAL_H

#include <stdbool.h>
#include <termios.h>

/// Remembers the bytes and the modes that bring the terminal back, for signal handlers.
void guard_arm(const struct termios *modes, const char *bytes);
/// Puts the handlers in place, over those of ncurses.
bool guard_install(void);
/// Puts back what was there before.
void guard_remove(void);
/// The end of the self-pipe to poll; -1 before guard_install.
int guard_pipe(void);
/// Stops the process group with the default action, then puts the handler back.
void guard_stop_group(void);

#endif

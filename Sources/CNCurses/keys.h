#ifndef LADDER_CNCURSES_KEYS_H
#define LADDER_CNCURSES_KEYS_H

/// Teaches ncurses the sequences it does not know from the terminfo entry.
void keys_define(void);

#endif

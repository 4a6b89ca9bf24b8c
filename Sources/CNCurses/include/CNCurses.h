int ladder_curses_placeholder(void);

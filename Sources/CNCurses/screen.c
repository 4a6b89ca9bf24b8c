// Taking the screen over, painting it and giving it back.

#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

#include "CNCurses.h"
#include "forms.h"
#include "internal.h"
#include "keys.h"

static SCREEN *screen;
static struct termios shell_modes;
static bool unicode;
static bool direct_color;
static bool xterm_like;
static bool mouse_on;
static bool away;
static int shown_cursor;
static int colors;

static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";

static void send_raw(const char *text) {
  size_t left = strlen(text);
  while (left > 0) {
    ssize_t sent = write(STDOUT_FILENO, text, left);
    // A terminal that is gone is noticed by the next read.
    if (sent < 0 && errno != EINTR) return;
    if (sent > 0) text += sent, left -= (size_t)sent;
  }
}

static bool set_utf8_locale(void) {
  static const char *const names[] = {"C.UTF-8", "C.utf8", "", "en_US.UTF-8"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (setlocale(LC_CTYPE, names[i]) && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return true;
  }
  setlocale(LC_CTYPE, "C");
  return false;
}

static char *capability(const char *name) {
  char *text = tigetstr((char *)name);
  return text == (char *)-1 ? NULL : text;
}

// Whether there is another screen below this one, which comes back in the end.
static bool has_other_screen(void) { return capability("rmcup") != NULL; }

// A capability without padding marks ($<5>), which are for tputs: what runs behind a line of today
// needs no pauses. Empty where there is none, or no room for it.
static const char *plain(const char *name, char *text, size_t room) {
  const char *from = capability(name);
  size_t used = 0;
  text[0] = 0;
  while (from && *from && used + 1 < room) {
    const char *mark = strncmp(from, "$<", 2) == 0 ? strchr(from, '>') : NULL;
    if (mark) {
      from = mark + 1;
      continue;
    }
    text[used++] = *from++;
    text[used] = 0;
  }
  return text;
}

// Finds a terminal type without sending a byte to it.
static int find_type(const char **type) {
  int found = 0;
  *type = getenv("TERM");
  if (!*type || !**type || setupterm(*type, STDOUT_FILENO, &found) != OK) {
    *type = "xterm-256color";
    if (setupterm(*type, STDOUT_FILENO, &found) != OK) return TTY_UNKNOWN_TYPE;
  }
  return capability("cup") && capability("clear") ? TTY_OK : TTY_TOO_SIMPLE;
}

// What a dying program has to say: modes off, keypad off, looks off, cursor on, other screen, or
// where there is none an empty one, so that the report of a crash can be read.
static void arm(void) {
  char text[512] = "", clear[64];
  const char *const parts[] = {
    xterm_like ? "\033[?1006l\033[?1002l\033[?1000l" : "", xterm_like ? paste_off : "",
    capability("rmkx"), capability("sgr0"), capability("op"), capability("cnorm"),
    has_other_screen() ? capability("rmcup") : plain("clear", clear, sizeof clear),
  };
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    // Padding marks ($<5>) are for tputs; text with them is left out rather than sent wrongly.
    if (!parts[i] || strstr(parts[i], "$<")) continue;
    if (strlen(text) + strlen(parts[i]) < sizeof text) strcat(text, parts[i]);
  }
  guard_arm(&shell_modes, text);
}

static void set_modes(bool wants_color) {
  raw();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  intrflush(stdscr, FALSE);
  leaveok(stdscr, FALSE);
  scrollok(stdscr, FALSE);
  idlok(stdscr, TRUE);
  colors = wants_color && has_colors() ? tigetnum("colors") : 0;
  if (colors > 0) {
    start_color();
    use_default_colors();
  }
}

int tty_start(bool wants_unicode, bool wants_color) {
  if (screen) return TTY_OK;
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return TTY_NOT_A_TERMINAL;
  if (tcgetattr(STDIN_FILENO, &shell_modes) != 0) return TTY_SYSTEM;
  unicode = wants_unicode && set_utf8_locale();
  const char *type = NULL;
  int problem = find_type(&type);
  if (problem != TTY_OK) return problem;
  direct_color = tigetflag("RGB") > 0;
  xterm_like = capability("kmous") != NULL;
  set_escdelay(25);
  // The system knows the size better than LINES and COLUMNS, which do not follow the window.
  use_tioctl(TRUE);
  screen = newterm((char *)type, stdout, stdin);
  if (!screen) return TTY_UNKNOWN_TYPE;
  set_modes(wants_color);
  keys_define();
  arm();
  static bool registered = false;
  if (!registered) registered = atexit(tty_end) == 0;
  if (!guard_install()) {
    tty_end();
    return TTY_SYSTEM;
  }
  shown_cursor = -1;
  if (xterm_like) send_raw(paste_on);
  return TTY_OK;
}

// Gives the screen to the shell. Without another screen the frame stays where it is, and the
// prompt must not come among its last words.
static void give_up_screen(void) {
  char erase[64];
  endwin();
  if (!has_other_screen()) send_raw(plain("el", erase, sizeof erase));
}

static void modes_off(void) {
  if (mouse_on) mousemask(0, NULL);
  if (xterm_like) send_raw(paste_off);
}

void tty_end(void) {
  if (!screen) return;
  if (!away) {
    modes_off();
    give_up_screen();
  }
  guard_remove();
  tcsetattr(STDIN_FILENO, TCSADRAIN, &shell_modes);
  delscreen(screen);
  screen = NULL;
  mouse_on = away = false;
}

bool tty_is_unicode(void) { return unicode; }
int tty_colors(void) { return colors; }
bool tty_has_direct_color(void) { return direct_color; }

void tty_size(int *width, int *height) { getmaxyx(stdscr, *height, *width); }

int tty_pair(int foreground, int background) {
  if (colors <= 0 || (foreground < 0 && background < 0)) return 0;
  int pair = alloc_pair(foreground, background);
  return pair < 0 ? 0 : pair;
}

void tty_erase(bool repaint) {
  werase(stdscr);
  if (repaint) clearok(stdscr, TRUE);
}

static void set_look(int attributes, int pair) {
  attr_t look = WA_NORMAL;
  if (attributes & TTY_BOLD) look |= WA_BOLD;
  if (attributes & TTY_DIM) look |= WA_DIM;
  if (attributes & TTY_ITALIC) look |= WA_ITALIC;
  if (attributes & TTY_UNDERLINE) look |= WA_UNDERLINE;
  if (attributes & TTY_REVERSE) look |= WA_REVERSE;
  // Pairs beyond a short go through the pointer, as ncurses's extension has it.
  wattr_set(stdscr, look, (short)pair, &pair);
}

void tty_put_ascii(int y, int x, const char *bytes, int count, int attributes, int pair) {
  set_look(attributes, pair);
  if (wmove(stdscr, y, x) == OK) waddnstr(stdscr, bytes, count);
}

bool tty_put_cluster(
  int y, int x, const uint32_t *scalars, int count, int width, int attributes, int pair) {
  set_look(attributes, pair);
  if (count < 1 || wmove(stdscr, y, x) != OK) return false;
  wchar_t form[FORM_LIMIT];
  int length = form_choose(scalars, count, width, form);
  bool is_dubious = form_is_dubious(form, length);
  if (is_dubious) {
    // Where the terminal needs fewer columns, nothing old may show in the others.
    for (int i = 0; i < width; i++) waddch(stdscr, ' ');
    tty_pin(y, x);
    wmove(stdscr, y, x);
  }
  waddnwstr(stdscr, form, length);
  return is_dubious;
}

void tty_pin(int y, int x) {
  int width, height;
  tty_size(&width, &height);
  int column = x < width ? x : width - 1;
  wmove(stdscr, y, column);
  wnoutrefresh(stdscr);
  doupdate();
  // ncurses believes that the cursor is there already and would not say so; mvcur would, but
  // through stdio's buffer and so out of turn.
  char *place = tiparm(cursor_address, y, column);
  if (!place) return;
  char *padding = strstr(place, "$<");
  if (padding) *padding = 0;
  send_raw(place);
}

void tty_scroll(int first_row, int last_row, int distance) {
  scrollok(stdscr, TRUE);
  if (wsetscrreg(stdscr, first_row, last_row) == OK) wscrl(stdscr, distance);
  wsetscrreg(stdscr, 0, getmaxy(stdscr) - 1);
  scrollok(stdscr, FALSE);
  wnoutrefresh(stdscr);
  doupdate();
}

void tty_update(int y, int x) {
  int visible = y >= 0;
  if (visible != shown_cursor) {
    curs_set(visible);
    shown_cursor = visible;
  }
  if (visible) wmove(stdscr, y, x);
  wnoutrefresh(stdscr);
  doupdate();
}

void tty_set_mouse(bool enabled) {
  mouse_on = enabled;
  mousemask(enabled ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
  mouseinterval(0);
}

void tty_leave(void) {
  if (away) return;
  modes_off();
  give_up_screen();
  tcsetattr(STDIN_FILENO, TCSADRAIN, &shell_modes);
  away = true;
}

void tty_return(void) {
  if (!away) return;
  away = false;
  clearok(curscr, TRUE);
  touchwin(stdscr);
  wrefresh(stdscr);
  if (mouse_on) tty_set_mouse(true);
  if (xterm_like) send_raw(paste_on);
  shown_cursor = -1;
}

void tty_stop(void) {
  tty_leave();
  guard_stop_group();
  tty_return();
}

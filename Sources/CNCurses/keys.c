// Reading keys and waiting for them.

#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "keys.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "CNCurses.h"
#include "internal.h"

enum { CODE_PASTE_BEGIN = KEY_MAX + 100, CODE_PASTE_END, CODE_SHIFT_UP, CODE_SHIFT_DOWN };

void keys_define(void) {
  define_key("\033[200~", CODE_PASTE_BEGIN);
  define_key("\033[201~", CODE_PASTE_END);
  // Terminals send these whatever their terminfo entry says.
  define_key("\033[1;2A", CODE_SHIFT_UP);
  define_key("\033[1;2B", CODE_SHIFT_DOWN);
}

typedef struct {
  int code;
  int32_t value;
  int modifiers;
} key_row;

static const key_row key_table[] = {
  {KEY_UP, TTY_UP, 0},
  {KEY_DOWN, TTY_DOWN, 0},
  {KEY_LEFT, TTY_LEFT, 0},
  {KEY_RIGHT, TTY_RIGHT, 0},
  {KEY_HOME, TTY_HOME, 0},
  {KEY_FIND, TTY_HOME, 0},
  {KEY_A1, TTY_HOME, 0},
  {KEY_END, TTY_END, 0},
  {KEY_SELECT, TTY_END, 0},
  {KEY_C1, TTY_END, 0},
  {KEY_PPAGE, TTY_PAGE_UP, 0},
  {KEY_A3, TTY_PAGE_UP, 0},
  {KEY_NPAGE, TTY_PAGE_DOWN, 0},
  {KEY_C3, TTY_PAGE_DOWN, 0},
  {KEY_ENTER, TTY_ENTER, 0},
  {KEY_BACKSPACE, TTY_BACKSPACE, 0},
  {KEY_DC, TTY_DELETE, 0},
  {KEY_IC, TTY_INSERT, 0},
  {KEY_BTAB, TTY_BACKTAB, 0},
  {KEY_SR, TTY_UP, TTY_SHIFT},
  {KEY_SF, TTY_DOWN, TTY_SHIFT},
  {CODE_SHIFT_UP, TTY_UP, TTY_SHIFT},
  {CODE_SHIFT_DOWN, TTY_DOWN, TTY_SHIFT},
  {KEY_SLEFT, TTY_LEFT, TTY_SHIFT},
  {KEY_SRIGHT, TTY_RIGHT, TTY_SHIFT},
  {KEY_SHOME, TTY_HOME, TTY_SHIFT},
  {KEY_SEND, TTY_END, TTY_SHIFT},
  {KEY_SPREVIOUS, TTY_PAGE_UP, TTY_SHIFT},
  {KEY_SNEXT, TTY_PAGE_DOWN, TTY_SHIFT},
  {KEY_SDC, TTY_DELETE, TTY_SHIFT},
  {KEY_SIC, TTY_INSERT, TTY_SHIFT},
};

static const struct {
  const char *name;
  int32_t value;
} extended[] = {
  {"kUP", TTY_UP},         {"kDN", TTY_DOWN},      {"kLFT", TTY_LEFT}, {"kRIT", TTY_RIGHT},
  {"kHOM", TTY_HOME},      {"kEND", TTY_END},      {"kDC", TTY_DELETE}, {"kIC", TTY_INSERT},
  {"kPRV", TTY_PAGE_UP},   {"kNXT", TTY_PAGE_DOWN},
};

// xterm's modified keys have names like kUP5; the digit less one holds Shift, Alt and Control.
static bool read_extended(int code, tty_event *event) {
  const char *name = keyname(code);
  if (!name) return false;
  size_t length = strlen(name);
  for (size_t i = 0; i < sizeof extended / sizeof *extended; i++) {
    size_t base = strlen(extended[i].name);
    if (strncmp(name, extended[i].name, base) != 0 || length > base + 1) continue;
    int digit = length == base ? 2 : name[base] - '0';
    if (digit < 2 || digit > 8) continue;
    int bits = digit - 1;
    event->kind = TTY_KEY;
    event->value = extended[i].value;
    event->modifiers = (bits & 1 ? TTY_SHIFT : 0) | (bits & 2 ? TTY_ALT : 0)
      | (bits & 4 ? TTY_CONTROL : 0);
    return true;
  }
  return false;
}

static void read_mouse(tty_event *event) {
  MEVENT mouse;
  if (getmouse(&mouse) != OK) return;
  event->x = mouse.x;
  event->y = mouse.y;
  event->kind = TTY_MOUSE;
  if (mouse.bstate & BUTTON4_PRESSED) event->value = TTY_WHEEL_UP;
  else if (mouse.bstate & BUTTON5_PRESSED) event->value = TTY_WHEEL_DOWN;
  else event->value = TTY_CLICK;
}

static void read_code(int code, tty_event *event) {
  switch (code) {
    case KEY_RESIZE: event->kind = TTY_RESIZE; return;
    case KEY_MOUSE: read_mouse(event); return;
    case CODE_PASTE_BEGIN: event->kind = TTY_PASTE_BEGIN; return;
    case CODE_PASTE_END: event->kind = TTY_PASTE_END; return;
    default: break;
  }
  if (code > KEY_F0 && code <= KEY_F0 + 12) {
    event->kind = TTY_KEY;
    event->value = TTY_FUNCTION + code - KEY_F0;
    return;
  }
  for (size_t i = 0; i < sizeof key_table / sizeof *key_table; i++) {
    if (key_table[i].code != code) continue;
    event->kind = TTY_KEY;
    event->value = key_table[i].value;
    event->modifiers = key_table[i].modifiers;
    return;
  }
  read_extended(code, event);
}

void tty_read(tty_event *event) {
  // A key that nobody knows is skipped, so that it does not look like the end of the input.
  for (;;) {
    memset(event, 0, sizeof *event);
    wint_t code = 0;
    switch (wget_wch(stdscr, &code)) {
      case OK:
        event->kind = TTY_CHARACTER;
        event->value = (int32_t)code;
        return;
      case KEY_CODE_YES:
        read_code((int)code, event);
        if (event->kind != TTY_NOTHING) return;
        break;
      default: return;
    }
  }
}

bool tty_at_end(void) {
  int waiting = 0;
  return ioctl(STDIN_FILENO, FIONREAD, &waiting) != 0 || waiting == 0;
}

static int drain_pipe(void) {
  int found = 0;
  char bytes[64];
  ssize_t count;
  while ((count = read(guard_pipe(), bytes, sizeof bytes)) > 0) {
    for (ssize_t i = 0; i < count; i++) {
      switch (bytes[i]) {
        case 'q': found |= TTY_TERMINATE; break;
        case 'c': found |= TTY_CONTINUED; break;
        case 's': found |= TTY_STOP; break;
        case 'r': found |= TTY_INTERRUPTED; break;
        default: found |= TTY_WAKE; break;
      }
    }
  }
  return found;
}

int tty_wait(int milliseconds) {
  struct pollfd sources[] = {
    {.fd = STDIN_FILENO, .events = POLLIN},
    {.fd = guard_pipe(), .events = POLLIN},
  };
  int ready = poll(sources, 2, milliseconds);
  if (ready < 0) return errno == EINTR ? TTY_INTERRUPTED | drain_pipe() : TTY_HANGUP;
  int found = 0;
  if (sources[0].revents & POLLIN) found |= TTY_INPUT;
  if (sources[0].revents & (POLLHUP | POLLERR | POLLNVAL)) found |= TTY_HANGUP;
  if (sources[1].revents & POLLIN) found |= drain_pipe();
  return found;
}

#ifndef LADDER_CNCURSES_H
#define LADDER_CNCURSES_H

// A narrow door to ncurses. The header names nothing of curses.h, because Swift 6 refuses its
// global variables and cannot import its macros.
//
// All functions belong to the thread that runs the loop, except tty_wake.

#include <stdbool.h>
#include <stdint.h>

/// How a start went.
enum {
  TTY_OK = 0,
  /// Standard input or output is no terminal.
  TTY_NOT_A_TERMINAL = 1,
  /// Neither the terminal's type nor xterm-256color is in the terminfo database.
  TTY_UNKNOWN_TYPE = 2,
  /// The terminal cannot place its cursor.
  TTY_TOO_SIMPLE = 3,
  /// The system refused something: errno tells.
  TTY_SYSTEM = 4,
};

/// What tty_read found.
enum {
  TTY_NOTHING = 0,
  /// `value` is a Unicode scalar.
  TTY_CHARACTER = 1,
  /// `value` is one of the keys below.
  TTY_KEY = 2,
  TTY_RESIZE = 3,
  /// `value` is a mouse action, `x` and `y` its place.
  TTY_MOUSE = 4,
  TTY_PASTE_BEGIN = 5,
  TTY_PASTE_END = 6,
};

/// Keys that are no characters; function key n is TTY_FUNCTION + n.
enum {
  TTY_UP = 1, TTY_DOWN, TTY_LEFT, TTY_RIGHT, TTY_HOME, TTY_END, TTY_PAGE_UP, TTY_PAGE_DOWN,
  TTY_ENTER, TTY_BACKSPACE, TTY_DELETE, TTY_INSERT, TTY_BACKTAB,
  TTY_FUNCTION = 100,
};

/// Bits of `modifiers`.
enum { TTY_CONTROL = 1, TTY_ALT = 2, TTY_SHIFT = 4 };

/// Mouse actions.
enum { TTY_CLICK = 1, TTY_WHEEL_UP, TTY_WHEEL_DOWN };

/// Attributes of a run.
enum { TTY_BOLD = 1, TTY_DIM = 2, TTY_ITALIC = 4, TTY_UNDERLINE = 8, TTY_REVERSE = 16 };

/// Bits that tty_wait returns.
enum {
  TTY_INPUT = 1,
  /// The other side hung up.
  TTY_HANGUP = 2,
  TTY_WAKE = 4,
  /// SIGTERM, SIGINT, SIGQUIT or SIGHUP came.
  TTY_TERMINATE = 8,
  /// The program runs again after somebody stopped it.
  TTY_CONTINUED = 16,
  /// Somebody asks the program to stop.
  TTY_STOP = 32,
  /// A signal interrupted the wait; the size may have changed.
  TTY_INTERRUPTED = 64,
};

/// Has a crash write a report to a file: `head`, the newest note, the signal and the stack.
void tty_report_to(const char *path, const char *head);

/// What a report should say if the program crashed now.
void tty_note(const char *text);

typedef struct {
  int kind;
  int32_t value;
  int modifiers;
  int x;
  int y;
} tty_event;

/// Takes the terminal over. With `unicode`, text may go beyond ASCII; without `color`, no byte about
/// colours is sent.
int tty_start(bool unicode, bool color);
/// Gives the terminal back as it was. Harmless when it was not taken.
void tty_end(void);
/// Whether text may go beyond ASCII: asked for at the start, and a UTF-8 locale exists.
bool tty_is_unicode(void);
/// How many colours may be used, 0 or less for none.
int tty_colors(void);
/// Whether colour numbers are red, green and blue in 8 bits each.
bool tty_has_direct_color(void);
void tty_size(int *width, int *height);
/// The number of a colour pair; -1 is the terminal's own colour.
int tty_pair(int foreground, int background);

/// Forgets what is on the screen: the next update paints all of it.
void tty_erase(bool repaint);
/// Puts printable ASCII at a place.
void tty_put_ascii(int y, int x, const char *bytes, int count, int attributes, int pair);
/// Puts one cluster that is to occupy `width` columns at a place. Where the C library disagrees
/// on the width, a plainer form goes out whose width everybody agrees on.
/// Returns whether terminals may still differ, so that tty_pin is due behind it.
bool tty_put_cluster(
  int y, int x, const uint32_t *scalars, int count, int width, int attributes, int pair);
/// Sends what was put so far and states the place of the cursor afresh, so that a cluster which
/// the terminal sees wider or narrower shifts nothing behind it.
void tty_pin(int y, int x);
/// Moves rows up, or down when `distance` is negative, at once; rows that come in are blank.
void tty_scroll(int first_row, int last_row, int distance);
/// Sends the changes; the cursor ends at a place, or is hidden when `y` is negative.
void tty_update(int y, int x);

/// Reads one key without waiting.
void tty_read(tty_event *event);
/// Whether no byte waits, which means the end when tty_wait has announced input.
bool tty_at_end(void);
/// Waits for input or a signal; without end when `milliseconds` is negative.
int tty_wait(int milliseconds);
/// Makes tty_wait return TTY_WAKE. For any thread.
void tty_wake(void);

void tty_set_mouse(bool enabled);
/// Stops the program's process group as Control-Z does; returns when it is continued.
void tty_stop(void);
/// Hands the terminal to another program.
void tty_leave(void);
/// Takes it back; the next update paints the whole screen.
void tty_return(void);

#endif

// Signals: what asks for attention goes through a pipe to the loop; what kills brings the terminal
// back first. Everything a handler does is async-signal-safe.

#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "CNCurses.h"

static const int deadly[] = {SIGSEGV, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGABRT};
static const int polite[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
static const int passing[] = {SIGTSTP, SIGCONT, SIGWINCH};
enum { DEADLY = 6, POLITE = 4, PASSING = 3, ALL = DEADLY + POLITE + PASSING };

static struct {
  int number;
  struct sigaction before;
} replaced[ALL];
static int replaced_count;

static int pipe_ends[2] = {-1, -1};
static struct termios modes;
static char bytes[512];
static size_t byte_count;
static volatile sig_atomic_t armed;
static volatile sig_atomic_t was_asked;
static volatile sig_atomic_t own_stop;
static void (*curses_resize)(int);
static char crash_stack[64 * 1024];

// The report of a crash. Two notes, so that one is whole while the other is written.
static char report_path[1024];
static char report_head[1024];
static char notes[2][2048];
static volatile sig_atomic_t note;

void tty_report_to(const char *path, const char *head) {
  // The first call loads what the later ones, within a handler, must not load.
  void *frames[1];
  (void)backtrace(frames, 1);
  report_path[0] = 0;
  strncpy(report_head, head, sizeof report_head - 1);
  if (strlen(path) < sizeof report_path) strcpy(report_path, path);
}

void tty_note(const char *text) {
  int next = !note;
  strncpy(notes[next], text, sizeof notes[next] - 1);
  note = next;
}

static void put(int file, const char *text) {
  if (write(file, text, strlen(text)) < 0) {
    // Nothing can be done about it here.
  }
}

static const char *name(int number) {
  switch (number) {
    case SIGSEGV: return "SIGSEGV";
    case SIGILL: return "SIGILL";
    case SIGTRAP: return "SIGTRAP";
    case SIGBUS: return "SIGBUS";
    case SIGFPE: return "SIGFPE";
    default: return "SIGABRT";
  }
}

static void report(int number) {
  if (!report_path[0]) return;
  int file = open(report_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return;
  put(file, report_head);
  put(file, notes[note]);
  put(file, "signal: ");
  put(file, name(number));
  put(file, "\nstack:\n");
  void *frames[64];
  backtrace_symbols_fd(frames, backtrace(frames, 64), file);
  close(file);
  put(STDERR_FILENO, "ladder stopped because of a mistake in it. What was decided is not lost.\n"
      "A report without any customer's data: ");
  put(STDERR_FILENO, report_path);
  put(STDERR_FILENO, "\n");
}

void guard_arm(const struct termios *wanted, const char *text) {
  armed = 0;
  modes = *wanted;
  byte_count = strnlen(text, sizeof bytes);
  memcpy(bytes, text, byte_count);
  armed = 1;
}

static void tell(char what) {
  int saved = errno;
  if (pipe_ends[1] >= 0 && write(pipe_ends[1], &what, 1) < 0) {
    // A full pipe already wakes the loop.
  }
  errno = saved;
}

void tty_wake(void) { tell('w'); }

int guard_pipe(void) { return pipe_ends[0]; }

static void give_back(void) {
  if (!armed) return;
  armed = 0;
  if (write(STDOUT_FILENO, bytes, byte_count) < 0) {
    // Nothing can be done about it here.
  }
  tcsetattr(STDIN_FILENO, TCSANOW, &modes);
}

static void die(int number) {
  give_back();
  signal(number, SIG_DFL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, number);
  pthread_sigmask(SIG_UNBLOCK, &only, NULL);
  raise(number);
}

static void on_deadly(int number) {
  static volatile sig_atomic_t reporting;
  give_back();
  // A crash within the report must not begin another.
  if (!reporting) {
    reporting = 1;
    report(number);
  }
  die(number);
}

// The first time the loop may save and leave; when it does not, the second time ends it.
static void on_polite(int number) {
  if (was_asked) die(number);
  was_asked = 1;
  tell('q');
}

static void on_passing(int number) {
  if (number == SIGWINCH) {
    // ncurses looks at its own flag; a signal that another thread took must still end the poll.
    if (curses_resize) curses_resize(number);
    tell('r');
  } else if (number == SIGTSTP) {
    tell('s');
  } else if (!own_stop) {
    tell('c');
  }
}

static void replace(int number, void (*handler)(int), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  struct sigaction before;
  if (sigaction(number, NULL, &before) != 0) return;
  // Who started the program with a signal ignored (nohup) meant it.
  if (number == SIGHUP && before.sa_handler == SIG_IGN) return;
  if (sigaction(number, &action, NULL) != 0) return;
  replaced[replaced_count].number = number;
  replaced[replaced_count].before = before;
  replaced_count += 1;
  bool is_function = before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN;
  if (number == SIGWINCH) curses_resize = is_function ? before.sa_handler : NULL;
}

bool guard_install(void) {
  // The pipe outlives the screen, because a background thread may still hold a waker.
  if (pipe_ends[0] < 0 && pipe2(pipe_ends, O_NONBLOCK | O_CLOEXEC) != 0) return false;
  was_asked = 0;
  replaced_count = 0;
  stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};
  sigaltstack(&stack, NULL);
  for (int i = 0; i < DEADLY; i++) replace(deadly[i], on_deadly, SA_ONSTACK | SA_NODEFER);
  for (int i = 0; i < POLITE; i++) replace(polite[i], on_polite, SA_RESTART);
  for (int i = 0; i < PASSING; i++) replace(passing[i], on_passing, 0);
  return true;
}

void guard_remove(void) {
  armed = 0;
  while (replaced_count > 0) {
    replaced_count -= 1;
    sigaction(replaced[replaced_count].number, &replaced[replaced_count].before, NULL);
  }
  curses_resize = NULL;
}

void guard_stop_group(void) {
  struct sigaction ours, other;
  memset(&other, 0, sizeof other);
  sigemptyset(&other.sa_mask);
  // The others of the group first, unseen by ourselves; then ourselves, on this very thread, so
  // that nothing runs on before the stop.
  own_stop = 1;
  other.sa_handler = SIG_IGN;
  sigaction(SIGTSTP, &other, &ours);
  kill(0, SIGTSTP);
  other.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &other, NULL);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
  own_stop = 0;
}

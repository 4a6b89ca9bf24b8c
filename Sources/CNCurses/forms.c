// The form in which a cluster goes out. ncurses believes the C library's wcwidth and keeps at most
// CCHARW_MAX scalars in a cell; what it and the layout see differently would shift the line.

#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "forms.h"

#include <curses.h>

enum { LONGEST = FORM_LIMIT / 2, PICTURE_SIGN = 0xFE0F, JOINER = 0x200D };

static int plainer(wchar_t *form, int length, int width) {
  int own = wcwidth(form[0]);
  int kept = 1;
  if (own < 1 || own > width) {
    form[0] = 0xFFFD;
    own = 1;
  } else {
    while (kept < length && kept < CCHARW_MAX && form[kept] != JOINER && wcwidth(form[kept]) == 0)
      kept++;
  }
  for (; own < width && kept < FORM_LIMIT; own++) form[kept++] = L' ';
  return kept;
}

int form_choose(const uint32_t *scalars, int count, int width, wchar_t form[FORM_LIMIT]) {
  int length = 0, total = 0, marks = 0;
  bool is_agreed = true;
  for (int i = 0; i < count && length < LONGEST; i++) {
    wchar_t scalar = (wchar_t)scalars[i];
    if (scalar == PICTURE_SIGN) continue;
    int own = wcwidth(scalar);
    marks = own == 0 ? marks + 1 : 0;
    is_agreed = is_agreed && own >= 0 && marks < CCHARW_MAX;
    total += own;
    form[length++] = scalar;
  }
  if (length == 0) form[length++] = 0xFFFD;
  return is_agreed && total == width ? length : plainer(form, length, width);
}

bool form_is_dubious(const wchar_t *form, int length) {
  for (int i = 1; i < length; i++) {
    if (form[i] != L' ' && wcwidth(form[i]) > 0) return true;
  }
  return false;
}

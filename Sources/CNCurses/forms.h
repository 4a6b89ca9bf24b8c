#ifndef LADDER_CNCURSES_FORMS_H
#define LADDER_CNCURSES_FORMS_H

#include <stdbool.h>
#include <stdint.h>
#include <wchar.h>

enum { FORM_LIMIT = 24 };

/// Chooses what to send for a cluster that is to occupy `width` columns: all of it when the C
/// library finds it as wide, otherwise its first scalar with its own marks, otherwise U+FFFD,
/// filled up with spaces. Returns how many of `form` are used.
int form_choose(const uint32_t *scalars, int count, int width, wchar_t form[FORM_LIMIT]);
/// Whether terminals may find a form narrower or wider than the C library does.
bool form_is_dubious(const wchar_t *form, int length);

#endif

#pragma once

namespace fleetrace::core {

/// Whether a character is seen by what it does to others, or not at all, so that a text may look like another one: controls, line
/// and paragraph separators, what turns the direction of writing around (marks, overrides, isolates), and what has no width. Joiners
/// count as letters, since some scripts need them.
[[nodiscard]] constexpr bool is_unseen(char32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xad || code == 0x34f || code == 0x061c ||
         code == 0x115f || code == 0x1160 || code == 0x17b4 || code == 0x17b5 || (code >= 0x180b && code <= 0x180e) ||
         code == 0x200b || code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
         (code >= 0x2060 && code <= 0x2064) || (code >= 0x2066 && code <= 0x2069) || code == 0x2800 || code == 0x3164 ||
         code == 0xfeff || code == 0xffa0 || (code >= 0xfff9 && code <= 0xfffb) || (code >= 0xe0000 && code <= 0xe007f);
}

}  // namespace fleetrace::core

#pragma once

#include <algorithm>
#include <concepts>
#include <initializer_list>
#include <type_traits>

/// Mutants that are compiled in together, each chosen at run time by its number: mutant schemata, Untch, Offutt and Harrold 1993.
/// schemata.py writes what is below into the sources. `a + b` becomes `a + Plus<7>{} + b`, which has the precedence that it
/// had, so that no parser is needed. Nothing here is constexpr: a mutant of a constant does not compile, and is left out.
namespace fleetrace_mutants {

/// What the environment says, read before anything of the program is set up.
struct Settings {
  Settings();
  int chosen;    ///< the number in FLEETRACE_MUTANT; without it no mutant is on
  bool records;  ///< FLEETRACE_MUTANT_RECORD asks for which mutants are passed
};
extern const Settings kSettings;
constexpr int kMost = 1 << 16;
extern unsigned char passed[kMost];
/// Notes a mutant whose types do not allow what it stands for.
bool note_invalid(int number);

inline bool on(int number) {
  if (kSettings.records) passed[number] = 1;
  return kSettings.chosen == number;
}

template <int N>
inline const bool kInvalid = note_invalid(N);

/// The other operator gives the same type as the one that stands there.
template <class Result, class Other>
concept Same = std::same_as<std::remove_cvref_t<Result>, std::remove_cvref_t<Other>>;

#define FLEETRACE_PAIR(TAG, LEFT, OP, OTHER)                           \
  template <int N>                                                     \
  struct TAG {};                                                       \
  template <class A, int N>                                            \
  struct LEFT {                                                        \
    const A& a;                                                        \
  };                                                                   \
  template <class A, int N>                                            \
  LEFT<A, N> operator OP(const A& a, TAG<N>) {                         \
    return {a};                                                        \
  }                                                                    \
  template <class A, int N, class B>                                   \
  auto operator OP(LEFT<A, N> left, const B& b) {                      \
    if constexpr (requires {                                           \
                    { left.a OTHER b } -> Same<decltype(left.a OP b)>; \
                  }) {                                                 \
      if (on(N)) return left.a OTHER b;                                \
    } else {                                                           \
      (void)kInvalid<N>;                                               \
    }                                                                  \
    return left.a OP b;                                                \
  }
FLEETRACE_PAIR(Plus, PlusLeft, +, -)
FLEETRACE_PAIR(Minus, MinusLeft, -, +)
FLEETRACE_PAIR(Times, TimesLeft, *, /)
FLEETRACE_PAIR(Over, OverLeft, /, *)
FLEETRACE_PAIR(Equal, EqualLeft, ==, !=)
FLEETRACE_PAIR(Unequal, UnequalLeft, !=, ==)
#undef FLEETRACE_PAIR

/// Two mutants of a comparison: N moves its bound, and M turns it round. Between two real numbers no bound is moved: that they
/// meet to the last bit is chance. A limit that is written as a whole number, such as `x > 0`, is moved whatever x is.
#define FLEETRACE_COMPARISON(TAG, LEFT, OP, OTHER, REVERSE)           \
  template <int N, int M>                                             \
  struct TAG {};                                                      \
  template <class A, int N, int M>                                    \
  struct LEFT {                                                       \
    const A& a;                                                       \
  };                                                                  \
  template <class A, int N, int M>                                    \
  LEFT<A, N, M> operator OP(const A& a, TAG<N, M>) {                  \
    return {a};                                                       \
  }                                                                   \
  template <class A, int N, int M, class B>                           \
  bool operator OP(LEFT<A, N, M> left, const B& b) {                  \
    if constexpr (std::floating_point<A> && std::floating_point<B>) { \
      (void)kInvalid<N>;                                              \
    } else {                                                          \
      if (on(N)) return left.a OTHER b;                               \
    }                                                                 \
    if (on(M)) return left.a REVERSE b;                               \
    return left.a OP b;                                               \
  }
FLEETRACE_COMPARISON(Less, LessLeft, <, <=, >=)
FLEETRACE_COMPARISON(AtMost, AtMostLeft, <=, <, >)
FLEETRACE_COMPARISON(More, MoreLeft, >, >=, <=)
FLEETRACE_COMPARISON(AtLeast, AtLeastLeft, >=, >, <)
#undef FLEETRACE_COMPARISON

/// An operand of && or || that does not count: `a | Yes<7>{} && Yes<8>{} | b`, and `a & No<7>{} || No<8>{} & b`. What stands
/// there is still asked in its order, and only where it was.
template <int N>
struct Yes {};
template <int N>
struct No {};
template <class A, int N>
bool operator|(const A& a, Yes<N>) {
  const bool is = static_cast<bool>(a);
  return on(N) || is;
}
template <int N, class B>
bool operator|(Yes<N>, const B& b) {
  const bool is = static_cast<bool>(b);
  return on(N) || is;
}
template <class A, int N>
bool operator&(const A& a, No<N>) {
  const bool is = static_cast<bool>(a);
  return !on(N) && is;
}
template <int N, class B>
bool operator&(No<N>, const B& b) {
  const bool is = static_cast<bool>(b);
  return !on(N) && is;
}

/// `a += Add<7>{} += b`, which goes from right to left.
#define FLEETRACE_ASSIGNMENT(TAG, RIGHT, OP, OTHER)     \
  template <int N>                                      \
  struct TAG {};                                        \
  template <class B, int N>                             \
  struct RIGHT {                                        \
    const B& b;                                         \
  };                                                    \
  template <int N, class B>                             \
  RIGHT<B, N> operator OP(TAG<N>, const B& b) {         \
    return {b};                                         \
  }                                                     \
  template <class A, class B, int N>                    \
  decltype(auto) operator OP(A& a, RIGHT<B, N> right) { \
    if constexpr (requires { a OTHER right.b; }) {      \
      if (on(N)) return a OTHER right.b;                \
    } else {                                            \
      (void)kInvalid<N>;                                \
    }                                                   \
    return a OP right.b;                                \
  }
FLEETRACE_ASSIGNMENT(Add, AddRight, +=, -=)
FLEETRACE_ASSIGNMENT(Subtract, SubtractRight, -=, +=)
FLEETRACE_ASSIGNMENT(Multiply, MultiplyRight, *=, /=)
FLEETRACE_ASSIGNMENT(Divide, DivideRight, /=, *=)
#undef FLEETRACE_ASSIGNMENT

template <class T>
const T& least(int number, const T& a, const T& b) {
  return on(number) ? std::max(a, b) : std::min(a, b);
}
template <class T>
T least(int number, std::initializer_list<T> all) {
  return on(number) ? std::max(all) : std::min(all);
}
template <class T>
const T& most(int number, const T& a, const T& b) {
  return on(number) ? std::min(a, b) : std::max(a, b);
}
template <class T>
T most(int number, std::initializer_list<T> all) {
  return on(number) ? std::min(all) : std::max(all);
}

}  // namespace fleetrace_mutants

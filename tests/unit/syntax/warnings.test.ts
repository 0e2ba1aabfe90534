/** Warnings, with line and column. */
import { warns } from "./check.ts";

warns([
  [
    "'abc'",
    `1:1: using single-quoted strings to represent charlists is deprecated.
Use ~c"" if you indeed want a charlist or use "" instead.
You may run "mix format --migrate" to change all single-quoted
strings to use the ~c sigil and fix this warning.`,
  ],
  [
    `'''
a
'''`,
    "1:1: single-quoted string represent charlists. Use ~c''' if you indeed want a charlist or use \"\"\" instead",
  ],
  [
    "a |> f b",
    `1:3: parentheses are required when piping into a function call. For example:

    foo 1 |> bar 2 |> baz 3

is ambiguous and should be written as

    foo(1) |> bar(2) |> baz(3)

Ambiguous pipe found at:`,
  ],
  [
    "f b |> g c |> h d",
    `1:12: parentheses are required when piping into a function call. For example:

    foo 1 |> bar 2 |> baz 3

is ambiguous and should be written as

    foo(1) |> bar(2) |> baz(3)

Ambiguous pipe found at:
1:5: parentheses are required when piping into a function call. For example:

    foo 1 |> bar 2 |> baz 3

is ambiguous and should be written as

    foo(1) |> bar(2) |> baz(3)

Ambiguous pipe found at:`,
  ],
  [
    "if a do b end + f c, d",
    '1: missing parentheses on expression following operator "+", you must add parentheses to avoid ambiguities',
  ],
  [
    "f a, b: c d, e",
    `1: missing parentheses for expression following "b:" keyword. Parentheses are required to solve ambiguity inside keywords.

This error happens when you have function calls without parentheses inside keywords. For example:

    function(arg, one: nested_call a, b, c)
    function(arg, one: if expr, do: :this, else: :that)

In the examples above, we don't know if the arguments "b" and "c" apply to the function "function" or "nested_call". Or if the keywords "do" and "else" apply to the function "function" or "if". You can solve this by explicitly adding parentheses:

    function(arg, one: if(expr, do: :this, else: :that))
    function(arg, one: nested_call(a, b, c))

Ambiguity found at:`,
  ],
  ["f(a: 1,)", "1:7: trailing commas are not allowed inside function/macro call arguments"],
  [
    "()",
    "1:1: invalid expression (). If you want to invoke or define a function, make sure there are no spaces between the function name and its arguments. If you wanted to pass an empty block or code, pass a value instead, such as a nil or an atom",
  ],
  [
    "fn -> end",
    "1:4: an expression is always required on the right side of ->. Please provide a value after ->",
  ],
  ["not a in b", '1:7: "not expr1 in expr2" is deprecated, use "expr1 not in expr2" instead'],
  [
    ':"abc"',
    '1:1: found quoted atom "abc" but the quotes are not required. Atoms made exclusively of ASCII letters, numbers, underscores, beginning with a letter or underscore, and optionally ending with ! or ? do not require quotes',
  ],
  [
    '["abc": 1]',
    '1:2: found quoted keyword "abc" but the quotes are not required. Note that keywords are always atoms, even when quoted. Similar to atoms, keywords made exclusively of ASCII letters, numbers, and underscores and not beginning with a number do not require quotes',
  ],
  ["['a b': 1]", "1:2: single quotes around keywords are deprecated. Use double quotes instead"],
  [
    'a."b"',
    '1:3: found quoted call "b" but the quotes are not required. Calls made exclusively of Unicode letters, numbers, and underscores and not beginning with a number do not require quotes',
  ],
  [
    "a!=b",
    '1:1: found identifier "a!", ending with "!", followed by =. It is unclear if you mean "a !=" or "a! =". Please add a space before or after ! to remove the ambiguity',
  ],
  [
    ":a!=b",
    '1:1: found atom ":a!", ending with "!", followed by =. It is unclear if you mean ":a !=" or ":a! =". Please add a space before or after ! to remove the ambiguity',
  ],
  ["? ", "1:1: found ? followed by code point 0x20 (space), please use ?\\s instead"],
  ["?\\x", "1:1: unknown escape sequence ?\\x, use ?x instead"],
  [
    "a ^^^ b",
    "1:3: ^^^ is deprecated. It is typically used as xor but it has the wrong precedence, use Bitwise.bxor/2 instead",
  ],
  ["a <|> b", "1:3: <|> is deprecated. Use another pipe-like operator"],
  ["a &&&& b", '1:3: found "&&&" followed by "&", please use a space between "&&&" and the next "&"'],
  [":::", '1:1: atom ::: must be written between quotes, as in :"::", to avoid ambiguity'],
  [
    "~S(a\\)b)",
    "1:5: using \\) to escape the closing of an uppercase sigil is deprecated, please use another delimiter or a lowercase sigil instead",
  ],
  [
    `"""
  a
 b
  """`,
    `3:1: outdented heredoc line. The contents inside the heredoc should be indented at the same level as the closing """. The following is forbidden:

    def text do
      """
    contents
      """
    end

Instead make sure the contents are indented as much as the heredoc closing:

    def text do
      """
      contents
      """
    end

The current heredoc line is indented too little`,
  ],
  [
    "f ()",
    "1:3: invalid expression (). If you want to invoke or define a function, make sure there are no spaces between the function name and its arguments. If you wanted to pass an empty block or code, pass a value instead, such as a nil or an atom",
  ],
  [
    "a |> f b, c",
    `1:3: parentheses are required when piping into a function call. For example:

    foo 1 |> bar 2 |> baz 3

is ambiguous and should be written as

    foo(1) |> bar(2) |> baz(3)

Ambiguous pipe found at:`,
  ],
]);

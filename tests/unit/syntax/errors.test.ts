/** Errors as the exceptions word them, with their excerpts. */
import { fails } from "./check.ts";

fails(
  [
    [
      '"abc',
      `** (TokenMissingError) token missing on nofile:1:5:
    error: missing terminator: " (for string starting at line 1)
    │
  1 │ "abc
    │ │   └ missing closing delimiter (expected ")
    │ └ unclosed delimiter
    │
    └─ nofile:1:5`,
    ],
    [
      `"""
abc`,
      `** (TokenMissingError) token missing on nofile:2:4:
    error: missing terminator: """ (for heredoc starting at line 1)
    │
  1 │ """
    │ └ unclosed delimiter
  2 │ abc
    │    └ missing closing delimiter (expected """)
    │
    └─ nofile:2:4`,
    ],
    [
      "~s(abc",
      `** (TokenMissingError) token missing on nofile:1:7:
    error: missing terminator: ) (for sigil ~s( starting at line 1)
    │
  1 │ ~s(abc
    │   │   └ missing closing delimiter (expected ")")
    │   └ unclosed delimiter
    │
    └─ nofile:1:7`,
    ],
    [
      "'a",
      `** (TokenMissingError) token missing on nofile:1:3:
    error: missing terminator: ' (for string starting at line 1)
    │
  1 │ 'a
    │ │ └ missing closing delimiter (expected ')
    │ └ unclosed delimiter
    │
    └─ nofile:1:3`,
    ],
    [
      '"a#{b',
      `** (TokenMissingError) token missing on nofile:1:6:
    error: missing interpolation terminator: "}" (for string starting at line 1)
    │
  1 │ "a#{b
    │ │    └ missing closing delimiter (expected ")
    │ └ unclosed delimiter
    │
    └─ nofile:1:6`,
    ],
    [
      '"a#{b"',
      `** (TokenMissingError) token missing on nofile:1:7:
    error: missing terminator: " (for string starting at line 1)
    │
  1 │ "a#{b"
    │      │└ missing closing delimiter (expected ")
    │      └ unclosed delimiter
    │
    └─ nofile:1:7`,
    ],
    [
      "foo(1, 2",
      `** (TokenMissingError) token missing on nofile:1:9:
    error: missing terminator: )
    │
  1 │ foo(1, 2
    │    │    └ missing closing delimiter (expected ")")
    │    └ unclosed delimiter
    │
    └─ nofile:1:9`,
    ],
    [
      `if true do
  1
`,
      `** (TokenMissingError) token missing on nofile:2:4:
    error: missing terminator: end
    │
  1 │ if true do
    │         └ unclosed delimiter
  2 │   1
    │    └ missing closing delimiter (expected "end")
    │
    └─ nofile:2:4`,
    ],
    [
      "[1, 2)",
      `** (MismatchedDelimiterError) mismatched delimiter found on nofile:1:6:
    error: unexpected token: )
    │
  1 │ [1, 2)
    │ │    └ mismatched closing delimiter (expected "]")
    │ └ unclosed delimiter
    │
    └─ nofile:1:6`,
    ],
    [
      "fn a)",
      `** (MismatchedDelimiterError) mismatched delimiter found on nofile:1:5:
    error: unexpected token: )
    │
  1 │ fn a)
    │ │   └ mismatched closing delimiter (expected "end")
    │ └ unclosed delimiter
    │
    └─ nofile:1:5`,
    ],
    [
      "(a end",
      `** (MismatchedDelimiterError) mismatched delimiter found on nofile:1:4:
    error: unexpected reserved word: end
    │
  1 │ (a end
    │ │  └ mismatched closing delimiter (expected ")")
    │ └ unclosed delimiter
    │
    └─ nofile:1:4`,
    ],
    [
      `defmodule A do
  def b do
    c
end`,
      `** (TokenMissingError) token missing on nofile:4:4:
    error: missing terminator: end
    │
  1 │ defmodule A do
    │             └ unclosed delimiter
  2 │   def b do
  3 │     c
  4 │ end
    │    └ missing closing delimiter (expected "end")
    │
    └─ nofile:4:4`,
    ],
    [
      `defmodule A do
  def b
    c
  end
end`,
      `** (SyntaxError) invalid syntax found on nofile:5:1:
    error: unexpected reserved word: end
    hint: the "end" on line 4 may not have a matching "do" defined before it (based on indentation)
    │
  5 │ end
    │ ^
    │
    └─ nofile:5:1`,
    ],
    [
      "defmodule do end end",
      `** (SyntaxError) invalid syntax found on nofile:1:18:
    error: unexpected reserved word: end
    │
  1 │ defmodule do end end
    │                  ^
    │
    └─ nofile:1:18`,
    ],
    [
      "end",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: unexpected reserved word: end
    │
  1 │ end
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      ")",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: unexpected token: )
    │
  1 │ )
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "a }",
      `** (SyntaxError) invalid syntax found on nofile:1:3:
    error: unexpected token: }
    │
  1 │ a }
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "1 +* 2",
      `** (SyntaxError) invalid syntax found on nofile:1:4:
    error: syntax error before: '*'
    │
  1 │ 1 +* 2
    │    ^
    │
    └─ nofile:1:4`,
    ],
    [
      "1 2",
      `** (SyntaxError) invalid syntax found on nofile:1:3:
    error: syntax error before: "2"
    │
  1 │ 1 2
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      '"a" "b"',
      `** (SyntaxError) invalid syntax found on nofile:1:5:
    error: syntax error before: "b"
    │
  1 │ "a" "b"
    │     ^
    │
    └─ nofile:1:5`,
    ],
    [
      ":a ~s(b)",
      `** (SyntaxError) invalid syntax found on nofile:1:4:
    error: syntax error before: sigil ~s starting with content 'b'
    │
  1 │ :a ~s(b)
    │    ^
    │
    └─ nofile:1:4`,
    ],
    [
      ":a ?b",
      `** (SyntaxError) invalid syntax found on nofile:1:4:
    error: syntax error before: ?b
    │
  1 │ :a ?b
    │    ^
    │
    └─ nofile:1:4`,
    ],
    [
      ":a 1.5",
      `** (SyntaxError) invalid syntax found on nofile:1:4:
    error: syntax error before: "1.5"
    │
  1 │ :a 1.5
    │    ^
    │
    └─ nofile:1:4`,
    ],
    [
      "a end",
      `** (SyntaxError) invalid syntax found on nofile:1:3:
    error: unexpected reserved word: end
    │
  1 │ a end
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "a else b",
      `** (SyntaxError) invalid syntax found on nofile:1:3:
    error: syntax error before: else. "else" is a reserved word in Elixir and therefore its usage is limited. For instance, it can't be used as a variable or be defined nor invoked as a regular function
    │
  1 │ a else b
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "a and",
      `** (TokenMissingError) token missing on nofile:1:3:
    error: syntax error: expression is incomplete
    │
  1 │ a and
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "a +",
      `** (TokenMissingError) token missing on nofile:1:3:
    error: syntax error: expression is incomplete
    │
  1 │ a +
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "1 = ",
      `** (TokenMissingError) token missing on nofile:1:3:
    error: syntax error: expression is incomplete
    │
  1 │ 1 = 
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "and",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: syntax error before: and. "and" is a reserved word in Elixir and therefore its usage is limited. For instance, it can't be used as a variable or be defined nor invoked as a regular function
    │
  1 │ and
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "a in",
      `** (TokenMissingError) token missing on nofile:1:3:
    error: syntax error: expression is incomplete
    │
  1 │ a in
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      `[a
, b]`,
      `** (SyntaxError) invalid syntax found on nofile:2:1:
    error: syntax error before: ','
    │
  2 │ , b]
    │ ^
    │
    └─ nofile:2:1`,
    ],
    [
      "[a,,b]",
      `** (SyntaxError) invalid syntax found on nofile:1:4:
    error: syntax error before: ','
    │
  1 │ [a,,b]
    │    ^
    │
    └─ nofile:1:4`,
    ],
    [
      "f(,)",
      `** (SyntaxError) invalid syntax found on nofile:1:3:
    error: syntax error before: ','
    │
  1 │ f(,)
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "[f a, b]",
      `** (SyntaxError) invalid syntax found on nofile:1:2:
    error: unexpected comma. Parentheses are required to solve ambiguity inside containers.

    This error may happen when you forget a comma in a list or other container:

        [a, b c, d]

    Or when you have ambiguous calls:

        [function a, b, c]

    In the example above, we don't know if the values "b" and "c" belongs to the list or the function "function". You can solve this by explicitly adding parentheses:

        [one, function(a, b, c)]

    Elixir cannot compile otherwise. Syntax error before: ','
    │
  1 │ [f a, b]
    │  ^
    │
    └─ nofile:1:2`,
    ],
    [
      "f x, g a, b",
      `** (SyntaxError) invalid syntax found on nofile:1:6:
    error: unexpected comma. Parentheses are required to solve ambiguity in nested calls.

    This error happens when you have nested function calls without parentheses. For example:

        parent_call a, nested_call b, c, d

    In the example above, we don't know if the parameters "c" and "d" apply to the function "parent_call" or "nested_call". You can solve this by explicitly adding parentheses:

        parent_call a, nested_call(b, c, d)

    Or by adding commas (in case a nested call is not intended):

        parent_call a, nested_call, b, c, d

    Elixir cannot compile otherwise. Syntax error before: ','
    │
  1 │ f x, g a, b
    │      ^
    │
    └─ nofile:1:6`,
    ],
    [
      "f(x, g a, b)",
      `** (SyntaxError) invalid syntax found on nofile:1:6:
    error: unexpected comma. Parentheses are required to solve ambiguity in nested calls.

    This error happens when you have nested function calls without parentheses. For example:

        parent_call a, nested_call b, c, d

    In the example above, we don't know if the parameters "c" and "d" apply to the function "parent_call" or "nested_call". You can solve this by explicitly adding parentheses:

        parent_call a, nested_call(b, c, d)

    Or by adding commas (in case a nested call is not intended):

        parent_call a, nested_call, b, c, d

    Elixir cannot compile otherwise. Syntax error before: ','
    │
  1 │ f(x, g a, b)
    │      ^
    │
    └─ nofile:1:6`,
    ],
    [
      "[a: 1, 2]",
      `** (SyntaxError) invalid syntax found on nofile:1:6:
    error: unexpected expression after keyword list. Keyword lists must always come last in lists and maps. Therefore, this is not allowed:

        [some: :value, :another]
        %{some: :value, another => value}

    Instead, reorder it to be the last entry:

        [:another, some: :value]
        %{another => value, some: :value}

    Syntax error after: ','
    │
  1 │ [a: 1, 2]
    │      ^
    │
    └─ nofile:1:6`,
    ],
    [
      "f(a: 1, b)",
      `** (SyntaxError) invalid syntax found on nofile:1:7:
    error: unexpected expression after keyword list. Keyword lists must always come as the last argument. Therefore, this is not allowed:

        function_call(1, some: :option, 2)

    Instead, wrap the keyword in brackets:

        function_call(1, [some: :option], 2)

    Syntax error after: ','
    │
  1 │ f(a: 1, b)
    │       ^
    │
    └─ nofile:1:7`,
    ],
    [
      "f a: 1, b",
      `** (SyntaxError) invalid syntax found on nofile:1:7:
    error: unexpected expression after keyword list. Keyword lists must always come as the last argument. Therefore, this is not allowed:

        function_call(1, some: :option, 2)

    Instead, wrap the keyword in brackets:

        function_call(1, [some: :option], 2)

    Syntax error after: ','
    │
  1 │ f a: 1, b
    │       ^
    │
    └─ nofile:1:7`,
    ],
    [
      "{a: 1}",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: unexpected keyword list inside tuple. Did you mean to write a map (using %{...}) or a list (using [...]) instead? Syntax error after: '{'
    │
  1 │ {a: 1}
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "<<a: 1>>",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: unexpected keyword list inside bitstring. Did you mean to write a map (using %{...}) or a list (using [...]) instead? Syntax error after: '<<'
    │
  1 │ <<a: 1>>
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "a[b, c]",
      `** (SyntaxError) invalid syntax found on nofile:1:4:
    error: too many arguments when accessing a value. The value[key] notation in Elixir expects either a single argument or a keyword list. The following examples are allowed:

        value[one]
        value[one: 1, two: 2]
        value[[one, two, three]]

    These are invalid:

        value[1, 2, 3]
        value[one, two, three]

    Syntax error after: ','
    │
  1 │ a[b, c]
    │    ^
    │
    └─ nofile:1:4`,
    ],
    [
      "f (1, 2)",
      `** (SyntaxError) invalid syntax found on nofile:1:3:
    error: unexpected parentheses. If you are making a function call, do not insert spaces between the function name and the opening parentheses. Syntax error before: '('
    │
  1 │ f (1, 2)
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "f (a: 1)",
      `** (SyntaxError) invalid syntax found on nofile:1:3:
    error: unexpected parentheses. If you are making a function call, do not insert spaces between the function name and the opening parentheses. Syntax error before: '('
    │
  1 │ f (a: 1)
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "fn a end",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: expected anonymous functions to be defined with -> inside: 'fn'
    │
  1 │ fn a end
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "fn a; b -> c end",
      `** (SyntaxError) invalid syntax found on nofile:1:9:
    error: unexpected operator ->. If you want to define multiple clauses, the first expression must use ->. Syntax error before: '->'
    │
  1 │ fn a; b -> c end
    │         ^
    │
    └─ nofile:1:9`,
    ],
    [
      "fn do 1 end",
      `** (SyntaxError) invalid syntax found on nofile:1:4:
    error: unexpected reserved word: do. Anonymous functions are written as:

        fn pattern -> expression end

    Please remove the "do" keyword
    │
  1 │ fn do 1 end
    │    ^
    │
    └─ nofile:1:4`,
    ],
    [
      `if a, do
  b`,
      `** (SyntaxError) invalid syntax found on nofile:1:7:
    error: unexpected reserved word: do. In case you wanted to write a "do" expression, you must either use do-blocks or separate the keyword argument with comma. For example, you should either write:

        if some_condition? do
          :this
        else
          :that
        end

    or the equivalent construct:

        if(some_condition?, do: :this, else: :that)

    where "some_condition?" is the first argument and the second argument is a keyword list.

    You may see this error if you forget a trailing comma before the "do" in a "do" block
    │
  1 │ if a, do
    │       ^
    │
    └─ nofile:1:7`,
    ],
    [
      "f() a: 2",
      `** (SyntaxError) invalid syntax found on nofile:1:5:
    error: syntax error before: 'a:'
    │
  1 │ f() a: 2
    │     ^
    │
    └─ nofile:1:5`,
    ],
    [
      "[1 a: 2]",
      `** (SyntaxError) invalid syntax found on nofile:1:4:
    error: syntax error before: 'a:'
    │
  1 │ [1 a: 2]
    │    ^
    │
    └─ nofile:1:4`,
    ],
    [
      ":a.B",
      `** (SyntaxError) invalid syntax found on nofile:1:4:
    error: atom cannot be followed by an alias. If the '.' was meant to be part of the atom's name, the atom name must be quoted. Syntax error before: '.'
    │
  1 │ :a.B
    │    ^
    │
    └─ nofile:1:4`,
    ],
    [
      "1..2..3//4//5",
      `** (SyntaxError) invalid syntax found on nofile:1:11:
    error: the range step operator (//) must immediately follow the range definition operator (..), for example: 1..9//2. If you wanted to define a default argument, use (\\\\) instead. Syntax error before: '//'
    │
  1 │ 1..2..3//4//5
    │           ^
    │
    └─ nofile:1:11`,
    ],
    [
      "a // b",
      `** (SyntaxError) invalid syntax found on nofile:1:3:
    error: the range step operator (//) must immediately follow the range definition operator (..), for example: 1..9//2. If you wanted to define a default argument, use (\\\\) instead. Syntax error before: '//'
    │
  1 │ a // b
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "A(1)",
      `** (SyntaxError) invalid syntax found on nofile:1:2:
    error: unexpected ( after alias A. Function names and identifiers in Elixir start with lowercase characters or underscore. For example:

        hello_world()
        _starting_with_underscore()
        numb3rs_are_allowed()
        may_finish_with_question_mark?()
        may_finish_with_exclamation_mark!()

    Unexpected token: (
    │
  1 │ A(1)
    │  ^
    │
    └─ nofile:1:2`,
    ],
    [
      "A!",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: invalid character "!" (code point U+0021) in alias (only ASCII characters, without punctuation, are allowed): A!
    │
  1 │ A!
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "a@b",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: invalid character "@" (code point U+0040) in identifier: a@b
    │
  1 │ a@b
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "a:1",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: keyword argument must be followed by space after: a:
    │
  1 │ a:1
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "a:b",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: keyword argument must be followed by space after: a:
    │
  1 │ a:b
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "1a",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: invalid character "a" after number 1. If you intended to write a number, make sure to separate the number from the character (using comma, space, etc). If you meant to write a function name or a variable, note that identifiers in Elixir cannot start with numbers. Unexpected token: a
    │
  1 │ 1a
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "1_",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: invalid character "_" after number 1. If you intended to write a number, make sure to separate the number from the character (using comma, space, etc). If you meant to write a function name or a variable, note that identifiers in Elixir cannot start with numbers. Unexpected token: _
    │
  1 │ 1_
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "0x",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: invalid character "x" after number 0. If you intended to write a number, make sure to separate the number from the character (using comma, space, etc). If you meant to write a function name or a variable, note that identifiers in Elixir cannot start with numbers. Unexpected token: x
    │
  1 │ 0x
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "1.0e400",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: invalid float number 1.0e400
    │
  1 │ 1.0e400
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      ":",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: unexpected token: ":" (column 1, code point U+003A)
    │
  1 │ :
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "$a",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: unexpected token: "$" (column 1, code point U+0024)
    │
  1 │ $a
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "a \\",
      `** (TokenMissingError) token missing on nofile:1:3:
    error: invalid escape \\ at end of file
    │
  1 │ a \\
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "x = ‘a’",
      `** (SyntaxError) invalid syntax found on nofile:1:5:
    error: unexpected token: "‘" (column 5, code point U+2018)
    │
  1 │ x = ‘a’
    │     ^
    │
    └─ nofile:1:5`,
    ],
    [
      "a–b",
      `** (SyntaxError) invalid syntax found on nofile:1:2:
    error: unexpected token: Codepoint failed identifier tokenization, but a simpler form was found.

    Got:

        "a–" (code points 0x00061 0x02013)

    Hint: You could write the above in a similar way that is accepted by Elixir:

        "a" (code points 0x00061)

    See https://hexdocs.pm/elixir/unicode-syntax.html for more information.
    │
  1 │ a–b
    │  ^
    │
    └─ nofile:1:2`,
    ],
    [
      "Ä",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: unexpected token: "Ä" (column 1, code point U+00C4)
    │
  1 │ Ä
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "аbc",
      `** (SyntaxError) invalid syntax found on nofile:1:3:
    error: invalid mixed-script identifier found: аbc

    Mixed-script identifiers are not supported for security reasons. 'аbc' is made of the following scripts:

      \\u0430 а {Cyrillic}
      \\u0062 b {Latin}
      \\u0063 c {Latin}

    Characters in identifiers from different scripts must be separated by underscore (_).
    Codepoint failed identifier tokenization, but a simpler form was found.

    Got:

        "аbc" (code points 0x00430 0x00062 0x00063)

    Hint: You could write the above in a similar way that is accepted by Elixir:

        "abc" (code points 0x00061 0x00062 0x00063)

    See https://hexdocs.pm/elixir/unicode-syntax.html for more information.
    │
  1 │ аbc
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "²",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: unexpected token: "²" (column 1, code point U+00B2)
    │
  1 │ ²
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "é\u0301 ＡＢ",
      `** (SyntaxError) invalid syntax found on nofile:1:4:
    error: unexpected token: "Ａ" (column 4, code point U+FF21)
    │
  1 │ é\u0301 ＡＢ
    │    ^
    │
    └─ nofile:1:4`,
    ],
    [
      '"\\xZ"',
      `** (SyntaxError) invalid syntax found on nofile:1:2:
    error: invalid hex escape character, expected \\xHH where H is a hexadecimal digit. Syntax error after: \\x
    │
  1 │ "\\xZ"
    │  ^
    │
    └─ nofile:1:2`,
    ],
    [
      '"\\u12"',
      `** (SyntaxError) invalid syntax found on nofile:1:2:
    error: invalid Unicode escape character, expected \\uHHHH or \\u{H*} where H is a hexadecimal digit. Syntax error after: \\u
    │
  1 │ "\\u12"
    │  ^
    │
    └─ nofile:1:2`,
    ],
    [
      '"\\u{110000}"',
      `** (SyntaxError) invalid syntax found on nofile:1:2:
    error: invalid or reserved Unicode code point \\u{110000}. Syntax error after: \\u
    │
  1 │ "\\u{110000}"
    │  ^
    │
    └─ nofile:1:2`,
    ],
    [
      '"a\u202eb"',
      `** (SyntaxError) invalid syntax found on nofile:1:3:
    error: invalid bidirectional formatting character in string: \\u202E. If you want to use such character, use it in its escaped \\u202E form instead
    │
  1 │ "a\u202eb"
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "# a\u202eb",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: invalid bidirectional formatting character in comment: \\u202E
    │
  1 │ # a\u202eb
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      `"""a
"""`,
      `** (SyntaxError) invalid syntax found on nofile:1:4:
    error: heredoc allows only whitespace characters followed by a new line after opening """
    │
  1 │ """a
    │    ^
    │
    └─ nofile:1:4`,
    ],
    [
      '~ab"x"',
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: invalid sigil name, it should be either a one-letter lowercase letter or an uppercase letter optionally followed by uppercase letters and digits, got: ~ab"x"
    │
  1 │ ~ab"x"
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      '~Ab"x"',
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: invalid sigil name, it should be either a one-letter lowercase letter or an uppercase letter optionally followed by uppercase letters and digits, got: ~Ab"x"
    │
  1 │ ~Ab"x"
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "~s a",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: invalid sigil delimiter: " " (column 3, code point U+0020). The available delimiters are: //, ||, "", '', (), [], {}, <>
    │
  1 │ ~s a
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "% {}",
      `** (SyntaxError) invalid syntax found on nofile:1:3:
    error: unexpected space between % and {

    If you want to define a map, write %{...}, with no spaces.
    If you want to define a struct, write %StructName{...}.

    Syntax error before: {
    │
  1 │ % {}
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "%(",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: expected %{ to define a map, got: %(
    │
  1 │ %(
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "%{a + b}",
      `** (SyntaxError) invalid syntax found on nofile:1:8:
    error: syntax error before: '}'
    │
  1 │ %{a + b}
    │        ^
    │
    └─ nofile:1:8`,
    ],
    [
      "a.1",
      `** (SyntaxError) invalid syntax found on nofile:1:3:
    error: syntax error before: "1"
    │
  1 │ a.1
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      'a."b#{c}"',
      `** (SyntaxError) invalid syntax found on nofile:1:3:
    error: interpolation is not allowed when calling function/macro. Found interpolation in a call starting with: "
    │
  1 │ a."b#{c}"
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      "__aliases__",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: reserved token: __aliases__
    │
  1 │ __aliases__
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "<<<<<<< HEAD",
      `** (SyntaxError) invalid syntax found on nofile:1:1:
    error: found an unexpected version control marker, please resolve the conflicts: <<<<<<< HEAD
    │
  1 │ <<<<<<< HEAD
    │ ^
    │
    └─ nofile:1:1`,
    ],
    [
      "a;;b",
      `** (SyntaxError) invalid syntax found on nofile:1:3:
    error: unexpected token: ";" (column 3, code point U+003B)
    │
  1 │ a;;b
    │   ^
    │
    └─ nofile:1:3`,
    ],
    [
      ";;",
      `** (SyntaxError) invalid syntax found on nofile:1:2:
    error: unexpected token: ";" (column 2, code point U+003B)
    │
  1 │ ;;
    │  ^
    │
    └─ nofile:1:2`,
    ],
    [
      "fn",
      `** (TokenMissingError) token missing on nofile:1:3:
    error: missing terminator: end
    │
  1 │ fn
    │ │ └ missing closing delimiter (expected "end")
    │ └ unclosed delimiter
    │
    └─ nofile:1:3`,
    ],
    [
      "fn end",
      `** (SyntaxError) invalid syntax found on nofile:1:4:
    error: syntax error before: end. "end" is a reserved word in Elixir and therefore its usage is limited. For instance, it can't be used as a variable or be defined nor invoked as a regular function
    │
  1 │ fn end
    │    ^
    │
    └─ nofile:1:4`,
    ],
    [
      `f(a
  , b)`,
      `** (SyntaxError) invalid syntax found on nofile:2:3:
    error: syntax error before: ','
    │
  2 │   , b)
    │   ^
    │
    └─ nofile:2:3`,
    ],
    [
      "                                  f(1 2)",
      `** (SyntaxError) invalid syntax found on nofile:1:39:
    error: syntax error before: "2"
    │
  1 │ ...                   f(1 2)
    │                           ^
    │
    └─ nofile:1:39`,
    ],
    [
      `[

    1,
    2,
    3,
    4,
    5
}`,
      `** (MismatchedDelimiterError) mismatched delimiter found on nofile:8:1:
    error: unexpected token: }
    │
  1 │ [
    │ └ unclosed delimiter
 ...
  8 │ }
    │ └ mismatched closing delimiter (expected "]")
    │
    └─ nofile:8:1`,
    ],
  ],
  { columns: true },
);

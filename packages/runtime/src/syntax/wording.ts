/**
 * The words of Elixir's syntax errors and warnings, exactly as Elixir 1.18 has them: programs and tests compare them.
 */

/** Characters that cannot be seen: how to write them after `?`, and what they are called. */
export const INVISIBLE: ReadonlyMap<number, { escape: string; name: string }> = new Map(
  (
    [
      [0, "\\0", "null byte"],
      [7, "\\a", "alert"],
      [8, "\\b", "backspace"],
      [127, "\\d", "delete"],
      [27, "\\e", "escape"],
      [12, "\\f", "form feed"],
      [10, "\\n", "newline"],
      [13, "\\r", "carriage return"],
      [32, "\\s", "space"],
      [9, "\\t", "tab"],
      [11, "\\v", "vertical tab"],
    ] as const
  ).map(([code, escape, name]) => [code, { escape, name }]),
);

/** Four hexadecimal digits; Erlang writes asterisks for a number that needs more. */
export function codePoint(code: number): string {
  return code > 0xffff ? "****" : code.toString(16).toUpperCase().padStart(4, "0");
}

export const DEPRECATED_OPERATORS: ReadonlyMap<string, string> = new Map([
  [
    "^^^",
    "^^^ is deprecated. It is typically used as xor but it has the wrong precedence, use Bitwise.bxor/2 instead",
  ],
  ["<|>", "<|> is deprecated. Use another pipe-like operator"],
]);

export const MERGE_CONFLICT = "found an unexpected version control marker, please resolve the conflicts: ";

export const SPACE_AFTER_PERCENT =
  "unexpected space between % and {\n\n" +
  "If you want to define a map, write %{...}, with no spaces.\n" +
  "If you want to define a struct, write %StructName{...}.\n\n" +
  "Syntax error before: ";

export const COLONS_ATOM = 'atom ::: must be written between quotes, as in :"::", to avoid ambiguity';

export const INTERPOLATED_CALL =
  "interpolation is not allowed when calling function/macro. Found interpolation in a call starting with: ";

export const HEREDOC_START =
  "heredoc allows only whitespace characters followed by a new line after opening ";

export const SINGLE_QUOTED_HEREDOC =
  "single-quoted string represent charlists. Use ~c''' if you indeed want a charlist or use \"\"\" instead";

export const SINGLE_QUOTED_KEYWORD =
  "single quotes around keywords are deprecated. Use double quotes instead";

export const SINGLE_QUOTED_STRING =
  "using single-quoted strings to represent charlists is deprecated.\n" +
  'Use ~c"" if you indeed want a charlist or use "" instead.\n' +
  'You may run "mix format --migrate" to change all single-quoted\n' +
  "strings to use the ~c sigil and fix this warning.";

export const SIGIL_NAME =
  "invalid sigil name, it should be either a one-letter lowercase letter or an " +
  "uppercase letter optionally followed by uppercase letters and digits, got: ";

export const ALIAS_RULE = "alias (only ASCII characters, without punctuation, are allowed)";

export function sigilDelimiter(char: string, column: number, hex: string): string {
  return (
    `"${char}" (column ${column}, code point U+${hex}). The available delimiters are: ` +
    "//, ||, \"\", '', (), [], {}, <>"
  );
}

export function escapedSigilEnd(closing: string): string {
  return (
    `using \\${closing} to escape the closing of an uppercase sigil is deprecated, ` +
    "please use another delimiter or a lowercase sigil instead"
  );
}

export function bidiInString(escape: string): readonly [string, string] {
  return [
    "invalid bidirectional formatting character in string: ",
    `. If you want to use such character, use it in its escaped ${escape} form instead`,
  ];
}

export function outdentedHeredoc(quotes: string): string {
  return (
    "outdented heredoc line. The contents inside the heredoc should be indented " +
    `at the same level as the closing ${quotes}. The following is forbidden:\n\n` +
    '    def text do\n      """\n    contents\n      """\n    end\n\n' +
    "Instead make sure the contents are indented as much as the heredoc closing:\n\n" +
    '    def text do\n      """\n      contents\n      """\n    end\n\n' +
    "The current heredoc line is indented too little"
  );
}

export function invalidCharacter(what: string, char: string): string {
  return `invalid character "${char}" (code point U+${codePoint(char.codePointAt(0) as number)}) in ${what}: `;
}

export function characterAfterNumber(char: string, number: string): string {
  return (
    `invalid character "${char}" after number ${number}. If you intended to write a number, ` +
    "make sure to separate the number from the character (using comma, space, etc). " +
    "If you meant to write a function name or a variable, note that identifiers in " +
    "Elixir cannot start with numbers. Unexpected token: "
  );
}

export function parenAfterAlias(alias: string): string {
  return (
    `unexpected ( after alias ${alias}. Function names and identifiers in Elixir ` +
    "start with lowercase characters or underscore. For example:\n\n" +
    "    hello_world()\n" +
    "    _starting_with_underscore()\n" +
    "    numb3rs_are_allowed()\n" +
    "    may_finish_with_question_mark?()\n" +
    "    may_finish_with_exclamation_mark!()\n\n" +
    "Unexpected token: "
  );
}

export function invalidDo(prefix: string): readonly [string, string] {
  return [
    prefix,
    '. In case you wanted to write a "do" expression, ' +
      "you must either use do-blocks or separate the keyword argument with comma. " +
      "For example, you should either write:\n\n" +
      "    if some_condition? do\n      :this\n    else\n      :that\n    end\n\n" +
      "or the equivalent construct:\n\n" +
      "    if(some_condition?, do: :this, else: :that)\n\n" +
      'where "some_condition?" is the first argument and the second argument is a keyword list.\n\n' +
      'You may see this error if you forget a trailing comma before the "do" in a "do" block',
  ];
}

export function doAfterFn(prefix: string): readonly [string, string] {
  return [
    prefix,
    ". Anonymous functions are written as:\n\n" +
      '    fn pattern -> expression end\n\nPlease remove the "do" keyword',
  ];
}

export function endWithoutDo(line: number): string {
  return (
    `\nhint: the "end" on line ${line} may not have a matching "do" ` +
    "defined before it (based on indentation)"
  );
}

export function withoutCloser(opening: string, line: number, closing: string): string {
  return `\nhint: it looks like the "${opening}" on line ${line} does not have a matching "${closing}"`;
}

/** How a name that is not allowed could be written: in compatible characters, or in ones that look the same. */
export function simplerForm(kind: "compatible" | "similar", wrong: string, simpler: string): string {
  const points = (form: string) =>
    [...form].map((char) => ` 0x${hex5(char.codePointAt(0) as number)}`).join("");
  const [intro, hint] =
    kind === "compatible"
      ? [
          "Elixir expects unquoted Unicode atoms, variables, and calls to use allowed codepoints and to be in NFC form.",
          "You could write the above in a compatible format that is accepted by Elixir:",
        ]
      : [
          "Codepoint failed identifier tokenization, but a simpler form was found.",
          "You could write the above in a similar way that is accepted by Elixir:",
        ];
  return (
    `${intro}\n\nGot:\n\n    "${wrong}" (code points${points(wrong)})\n\n` +
    `Hint: ${hint}\n\n    "${simpler}" (code points${points(simpler)})\n\n` +
    "See https://hexdocs.pm/elixir/unicode-syntax.html for more information."
  );
}

function hex5(code: number): string {
  return code.toString(16).toUpperCase().padStart(5, "0");
}

export function invisibleCharacter(found: string, code: number): string {
  const { escape, name } = INVISIBLE.get(code) as { escape: string; name: string };
  const hex = code.toString(16).toUpperCase();
  return `found ${found} followed by code point 0x${hex} (${name}), please use ?${escape} instead`;
}

export function unknownEscape(char: string): string {
  return `unknown escape sequence ?\\${char}, use ?${char} instead`;
}

export function sameCharacter(operator: string): string {
  const char = operator[0];
  return `found "${operator}" followed by "${char}", please use a space between "${operator}" and the next "${char}"`;
}

export function ambiguousBang(what: "atom" | "identifier", name: string): string {
  const last = name[name.length - 1];
  return (
    `found ${what} "${name}", ending with "${last}", followed by =. ` +
    `It is unclear if you mean "${name.slice(0, -1)} ${last}=" or "${name} =". Please add ` +
    `a space before or after ${last} to remove the ambiguity`
  );
}

export function quotedAtom(name: string): string {
  return (
    `found quoted atom "${name}" but the quotes are not required. ` +
    "Atoms made exclusively of ASCII letters, numbers, underscores, " +
    "beginning with a letter or underscore, and optionally ending with ! or ? " +
    "do not require quotes"
  );
}

export function quotedKeyword(name: string): string {
  return (
    `found quoted keyword "${name}" but the quotes are not required. ` +
    "Note that keywords are always atoms, even when quoted. " +
    "Similar to atoms, keywords made exclusively of ASCII " +
    "letters, numbers, and underscores and not beginning with a " +
    "number do not require quotes"
  );
}

export function quotedCall(name: string): string {
  return (
    `found quoted call "${name}" but the quotes are not required. ` +
    "Calls made exclusively of Unicode letters, numbers, and underscores " +
    "and not beginning with a number do not require quotes"
  );
}

// Of the parser

export const TOO_DEEP = "expression nested too deeply at: ";

export const STAB_INVALID =
  "unexpected operator ->. If you want to define multiple clauses, the first expression must use ->. " +
  "Syntax error before: ";

export const FN_WITHOUT_STAB = "expected anonymous functions to be defined with -> inside: ";

export const ATOM_BEFORE_ALIAS =
  "atom cannot be followed by an alias. If the '.' was meant to be part of the atom's name, " +
  "the atom name must be quoted. Syntax error before: ";

export const KEYWORD_NOT_LAST_IN_CALL =
  "unexpected expression after keyword list. Keyword lists must always come as the last argument. " +
  "Therefore, this is not allowed:\n\n" +
  "    function_call(1, some: :option, 2)\n\n" +
  "Instead, wrap the keyword in brackets:\n\n" +
  "    function_call(1, [some: :option], 2)\n\n" +
  "Syntax error after: ";

export const KEYWORD_NOT_LAST_IN_DATA =
  "unexpected expression after keyword list. Keyword lists must always come last in lists and maps. " +
  "Therefore, this is not allowed:\n\n" +
  "    [some: :value, :another]\n" +
  "    %{some: :value, another => value}\n\n" +
  "Instead, reorder it to be the last entry:\n\n" +
  "    [:another, some: :value]\n" +
  "    %{another => value, some: :value}\n\n" +
  "Syntax error after: ";

export const PARENS_AFTER_SPACE =
  "unexpected parentheses. If you are making a function call, do not insert spaces between " +
  "the function name and the opening parentheses. Syntax error before: ";

export const NESTED_CALLS =
  "unexpected comma. Parentheses are required to solve ambiguity in nested calls.\n\n" +
  "This error happens when you have nested function calls without parentheses. For example:\n\n" +
  "    parent_call a, nested_call b, c, d\n\n" +
  'In the example above, we don\'t know if the parameters "c" and "d" apply ' +
  'to the function "parent_call" or "nested_call". You can solve this by ' +
  "explicitly adding parentheses:\n\n" +
  "    parent_call a, nested_call(b, c, d)\n\n" +
  "Or by adding commas (in case a nested call is not intended):\n\n" +
  "    parent_call a, nested_call, b, c, d\n\n" +
  "Elixir cannot compile otherwise. Syntax error before: ";

export const CALL_IN_CONTAINER =
  "unexpected comma. Parentheses are required to solve ambiguity inside containers.\n\n" +
  "This error may happen when you forget a comma in a list or other container:\n\n" +
  "    [a, b c, d]\n\n" +
  "Or when you have ambiguous calls:\n\n" +
  "    [function a, b, c]\n\n" +
  'In the example above, we don\'t know if the values "b" and "c" ' +
  'belongs to the list or the function "function". You can solve this by explicitly ' +
  "adding parentheses:\n\n" +
  "    [one, function(a, b, c)]\n\n" +
  "Elixir cannot compile otherwise. Syntax error before: ";

export const MANY_ACCESS_ARGUMENTS =
  "too many arguments when accessing a value. " +
  "The value[key] notation in Elixir expects either a single argument or a keyword list. " +
  "The following examples are allowed:\n\n" +
  "    value[one]\n" +
  "    value[one: 1, two: 2]\n" +
  "    value[[one, two, three]]\n\n" +
  "These are invalid:\n\n" +
  "    value[1, 2, 3]\n" +
  "    value[one, two, three]\n\n" +
  "Syntax error after: ";

export const MISPLACED_STEP =
  "the range step operator (//) must immediately follow the range definition operator (..), " +
  "for example: 1..9//2. If you wanted to define a default argument, use (\\\\) instead. Syntax error before: ";

export const TRAILING_COMMA = "trailing commas are not allowed inside function/macro call arguments";

export const NOT_IN = '"not expr1 in expr2" is deprecated, use "expr1 not in expr2" instead';

export const EMPTY_PARENS =
  "invalid expression (). If you want to invoke or define a function, make sure there are " +
  "no spaces between the function name and its arguments. If you wanted " +
  "to pass an empty block or code, pass a value instead, such as a nil or an atom";

export const EMPTY_STAB =
  "an expression is always required on the right side of ->. Please provide a value after ->";

export function keywordInContainer(container: "tuple" | "bitstring"): string {
  return (
    `unexpected keyword list inside ${container}. ` +
    "Did you mean to write a map (using %{...}) or a list (using [...]) instead? Syntax error after: "
  );
}

export function ambiguousPipe(operator: string): string {
  return (
    "parentheses are required when piping into a function call. For example:\n\n" +
    `    foo 1 ${operator} bar 2 ${operator} baz 3\n\n` +
    "is ambiguous and should be written as\n\n" +
    `    foo(1) ${operator} bar(2) ${operator} baz(3)\n\n` +
    "Ambiguous pipe found at:"
  );
}

export function noParensAfterBlock(operator: string): string {
  return (
    `missing parentheses on expression following operator "${operator}", ` +
    "you must add parentheses to avoid ambiguities"
  );
}

export function nestedInKeyword(key: string): string {
  return (
    `missing parentheses for expression following "${key}:" keyword. ` +
    "Parentheses are required to solve ambiguity inside keywords.\n\n" +
    "This error happens when you have function calls without parentheses inside keywords. For example:\n\n" +
    "    function(arg, one: nested_call a, b, c)\n" +
    "    function(arg, one: if expr, do: :this, else: :that)\n\n" +
    'In the examples above, we don\'t know if the arguments "b" and "c" apply ' +
    'to the function "function" or "nested_call". Or if the keywords "do" and ' +
    '"else" apply to the function "function" or "if". You can solve this by ' +
    "explicitly adding parentheses:\n\n" +
    "    function(arg, one: if(expr, do: :this, else: :that))\n" +
    "    function(arg, one: nested_call(a, b, c))\n\n" +
    "Ambiguity found at:"
  );
}

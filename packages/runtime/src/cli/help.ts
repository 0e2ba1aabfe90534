/** What the command says about itself: one text for each command, and one for all. */

const common = `
Options of all commands, given before the file or the expression:
  --virtual-time   time passes at once when every process waits
  --seed N         makes scheduling and random numbers repeat
  --schedulers N   how many schedulers; this version has one
  --budget N       reductions of a time slice, at most 4000
  --trace FILE     writes every event of the scheduler, one JSON object a line
  --help           prints this text
`;

export const help: Readonly<Record<string, string>> = {
  run: `Usage: beamlet run [OPTION]... FILE [ARG]...
       beamlet run [OPTION]... -e CODE [ARG]...

Runs an Elixir script, as \`elixir FILE\` does. The arguments are those of System.argv/0. FILE may be -, the standard input.

  -r PATTERN       loads files first: a path or a pattern such as "lib/**/*.ex"
  -e CODE          evaluates the code, after the files; may be given several times
${common}
The exit status is that of System.halt/1, or 1 when the script ended in an error.
`,
  test: `Usage: beamlet test [OPTION]... [FILE | FILE:LINE | FOLDER]...

Runs ExUnit tests, as \`mix test\` does: of files, or of all files *_test.exs below folders, by default of the folder test. The
nearest test_helper.exs, beside or above them in the working directory, is loaded first.

  -r PATTERN       loads files first: a path or a pattern such as "lib/**/*.ex"
  --only TAG       runs the tests with this tag only; TAG or TAG:VALUE
  --include TAG    runs them although they are excluded
  --exclude TAG    leaves tests with this tag out
  --max-failures N stops after so many failures
  --timeout MS     milliseconds that a test may take
  --trace          prints every test, one at a time
  --color          colours, also when the output is no terminal; --no-color
  --watch          runs again whenever a file changes
${common.replace(/ {2}--trace FILE.*\n/, "")}
The exit status is 0 when no test failed, 2 when one did, and 1 when a file could not be loaded or an option is wrong.
`,
  eval: `Usage: beamlet eval EXPRESSION
       beamlet eval --json -
       beamlet eval --jsonl

Prints the value of an expression; - stands for the standard input.

  --json           prints one object, {"stdout", "value", "error"}
  --jsonl          answers a request {"id", "code"} a line with such an object, each in a fresh runtime
${common}
The exit status is 1 when the expression ended in an error.
`,
  repl: `Usage: beamlet repl [OPTION]...

An interactive shell, like iex: Tab completes, Alt+Enter breaks a line, Ctrl+R searches the history, h() lists the helpers,
Ctrl+C opens a menu, Ctrl+D leaves.

  -r PATTERN       loads files first: a path or a pattern such as "lib/**/*.ex"
  --dot-iex FILE   evaluated first, in place of .iex.exs; "" for none
  --color, --no-color
${common}
The lines that are typed are kept in $BEAMLET_HISTORY, by default in beamlet/history below $XDG_STATE_HOME or ~/.local/state; an
empty value keeps none.
`,
};

export const usage = `Usage: beamlet COMMAND [OPTION]... [ARG]...

  beamlet run FILE [ARG]...       runs an Elixir script
  beamlet test [FILE | FOLDER]... runs ExUnit tests
  beamlet eval EXPRESSION         prints the value of an expression
  beamlet repl                    is an interactive shell

  beamlet COMMAND --help          tells more of a command
  beamlet --version

Words that no command knows end with the status 1, as those of \`elixir\` and \`mix\`.
`;

defmodule IO.ANSI.Sequence do
  @moduledoc false

  # Defines the function of a control sequence and what `IO.ANSI.format/2` makes of its name.
  defmacro defsequence(name, code, terminator \\ "m") do
    quote bind_quoted: [name: name, code: code, terminator: terminator] do
      @spec unquote(name)() :: String.t()
      def unquote(name)(), do: unquote("\e[#{code}#{terminator}")
      defp sequence(unquote(name)), do: unquote("\e[#{code}#{terminator}")
    end
  end
end

defmodule IO.ANSI do
  @moduledoc """
  Control sequences for colours and cursors of terminals.

      IO.puts(IO.ANSI.format([:red, "stop", :reset, " or ", :bright, "go"]))
  """

  import IO.ANSI.Sequence

  @type ansicode :: atom()
  @type ansilist ::
          maybe_improper_list(char() | ansicode | binary() | ansilist, binary() | ansicode | [])
  @type ansidata :: ansilist | ansicode | binary()

  @doc "Whether sequences are written unless asked for."
  @spec enabled?() :: boolean()
  def enabled?, do: Application.get_env(:elixir, :ansi_enabled, false)

  @doc "The colours that `IO.inspect/2` and `inspect/2` use in a terminal when asked to."
  @doc since: "1.14.0"
  @spec syntax_colors() :: keyword()
  def syntax_colors, do: Application.fetch_env!(:elixir, :ansi_syntax_colors)

  @doc "Foreground in one of the 256 colours."
  @spec color(0..255) :: String.t()
  def color(code) when code in 0..255, do: "\e[38;5;#{code}m"

  @doc "Foreground by shares of red, green and blue, each from 0 to 5."
  @spec color(0..5, 0..5, 0..5) :: String.t()
  def color(r, g, b) when r in 0..5 and g in 0..5 and b in 0..5 do
    color(16 + 36 * r + 6 * g + b)
  end

  @doc "Background in one of the 256 colours."
  @spec color_background(0..255) :: String.t()
  def color_background(code) when code in 0..255, do: "\e[48;5;#{code}m"

  @doc "Background by shares of red, green and blue, each from 0 to 5."
  @spec color_background(0..5, 0..5, 0..5) :: String.t()
  def color_background(r, g, b) when r in 0..5 and g in 0..5 and b in 0..5 do
    color_background(16 + 36 * r + 6 * g + b)
  end

  styles = [
    reset: {0, "All attributes off."},
    bright: {1, "Bold."},
    faint: {2, "Faint."},
    italic: {3, "Italic."},
    underline: {4, "Underlined."},
    blink_slow: {5, "Blinking slowly."},
    blink_rapid: {6, "Blinking fast."},
    inverse: {7, "Foreground and background swapped."},
    reverse: {7, "Foreground and background swapped."},
    conceal: {8, "Hidden."},
    crossed_out: {9, "Crossed out."},
    primary_font: {10, "The default font."},
    font_1: {11, "Alternative font 1."},
    font_2: {12, "Alternative font 2."},
    font_3: {13, "Alternative font 3."},
    font_4: {14, "Alternative font 4."},
    font_5: {15, "Alternative font 5."},
    font_6: {16, "Alternative font 6."},
    font_7: {17, "Alternative font 7."},
    font_8: {18, "Alternative font 8."},
    font_9: {19, "Alternative font 9."},
    normal: {22, "Neither bold nor faint."},
    not_italic: {23, "Not italic."},
    no_underline: {24, "Not underlined."},
    blink_off: {25, "Not blinking."},
    inverse_off: {27, "Foreground and background as they were."},
    reverse_off: {27, "Foreground and background as they were."},
    default_color: {39, "Default foreground."},
    default_background: {49, "Default background."},
    framed: {51, "Framed."},
    encircled: {52, "Encircled."},
    overlined: {53, "Overlined."},
    not_framed_encircled: {54, "Neither framed nor encircled."},
    not_overlined: {55, "Not overlined."}
  ]

  for {name, {code, doc}} <- styles do
    @doc doc
    defsequence(name, code)
  end

  colors = [:black, :red, :green, :yellow, :blue, :magenta, :cyan, :white]

  for {color, code} <- Enum.with_index(colors) do
    @doc "Foreground #{color}."
    defsequence(color, code + 30)

    @doc "Foreground light #{color}."
    defsequence(:"light_#{color}", code + 90)

    @doc "Background #{color}."
    defsequence(:"#{color}_background", code + 40)

    @doc "Background light #{color}."
    defsequence(:"light_#{color}_background", code + 100)
  end

  @doc "Moves the cursor to the top left."
  defsequence(:home, "", "H")

  @doc "Clears the screen."
  defsequence(:clear, "2", "J")

  @doc "Clears the line."
  defsequence(:clear_line, "2", "K")

  defp sequence(other) do
    raise ArgumentError, "invalid ANSI sequence specification: #{inspect(other)}"
  end

  @doc "Moves the cursor to a line and a column."
  @spec cursor(non_neg_integer(), non_neg_integer()) :: String.t()
  def cursor(line, column)
      when is_integer(line) and line >= 0 and is_integer(column) and column >= 0 do
    "\e[#{line};#{column}H"
  end

  @doc "Moves the cursor up."
  @spec cursor_up(pos_integer()) :: String.t()
  def cursor_up(lines \\ 1) when is_integer(lines) and lines >= 1, do: "\e[#{lines}A"

  @doc "Moves the cursor down."
  @spec cursor_down(pos_integer()) :: String.t()
  def cursor_down(lines \\ 1) when is_integer(lines) and lines >= 1, do: "\e[#{lines}B"

  @doc "Moves the cursor to the right."
  @spec cursor_right(pos_integer()) :: String.t()
  def cursor_right(columns \\ 1) when is_integer(columns) and columns >= 1, do: "\e[#{columns}C"

  @doc "Moves the cursor to the left."
  @spec cursor_left(pos_integer()) :: String.t()
  def cursor_left(columns \\ 1) when is_integer(columns) and columns >= 1, do: "\e[#{columns}D"

  @doc "Replaces the names of sequences in a chardata-like list, and resets at the end if there were any."
  @spec format(ansidata, boolean()) :: IO.chardata()
  def format(ansidata, emit? \\ enabled?()) when is_boolean(emit?) do
    case walk(ansidata, [], emit?, false) do
      {data, true} when emit? -> [data | reset()]
      {data, _names?} -> data
    end
  end

  @doc "Like `format/2`, but never resets."
  @spec format_fragment(ansidata, boolean()) :: IO.chardata()
  def format_fragment(ansidata, emit? \\ enabled?()) when is_boolean(emit?) do
    {data, _names?} = walk(ansidata, [], emit?, false)
    data
  end

  defp walk([head | tail], acc, emit?, names?) do
    {acc, names?} = walk(head, acc, emit?, names?)
    walk(tail, acc, emit?, names?)
  end

  defp walk([], acc, _emit?, names?), do: {acc, names?}

  defp walk(name, acc, emit?, _names?) when is_atom(name) do
    sequence = sequence(name)
    {if(emit?, do: [acc | sequence], else: acc), true}
  end

  defp walk(data, acc, _emit?, names?), do: {[acc, data], names?}
end

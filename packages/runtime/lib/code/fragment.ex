defmodule Code.Fragment do
  @moduledoc """
  Reads code that is being written: what the text at a cursor is, and the quoted form of what surrounds it.

  These functions look at characters, not at the whole program: they are for completion and for showing what is under a
  pointer, and may be wrong inside of strings and comments.
  """

  @type position :: {line :: pos_integer, column :: pos_integer}

  # Text is read backwards from the cursor, as a list of characters with the nearest first. The functions that take such
  # a list return a context with how many of the characters it is made of.

  @space [?\s, ?\t]
  @tail [??, ?!]
  @operators ~c"+*=!|&^~<>-/\\:%"
  # What opens an expression, so that nothing before it matters.
  @starters ~c",([{;"
  # What is not in names. `@` is, as names of atoms may have it.
  @no_name @tail ++ @operators ++ @starters ++ ~c")]}\"'.$" ++ @space
  # What after a tilde makes an operator.
  @tilde_operator [?<, ?=, ?~]
  @textual_operators [~c"when", ~c"not", ~c"and", ~c"or", ~c"in"]
  @keywords [~c"do", ~c"end", ~c"after", ~c"catch", ~c"else", ~c"rescue", ~c"fn", ~c"true", ~c"false", ~c"nil"]

  @doc """
  Returns what the text before a cursor ends in.

      iex> Code.Fragment.cursor_context("Enum.ma")
      {:dot, {:alias, ~c"Enum"}, ~c"ma"}
      iex> Code.Fragment.cursor_context("hello(")
      {:local_call, ~c"hello"}

  One of

    * `{:alias, charlist}`, `{:alias, inside_alias, charlist}` - `Hello.Wor`, `__MODULE__.Wor`
    * `{:dot, inside_dot, charlist}`, `{:dot_arity, …}`, `{:dot_call, …}` - `Hello.wor`, `Hello.world/`, `Hello.world(`
    * `{:local_or_var, charlist}`, `{:local_arity, charlist}`, `{:local_call, charlist}`
    * `{:anonymous_call, {:var, charlist}}` - `fun.(`
    * `{:module_attribute, charlist}`, `{:operator, charlist}`, `{:operator_arity, charlist}`, `{:operator_call, charlist}`
    * `{:sigil, charlist}`, `{:struct, inside_struct}`, `{:unquoted_atom, charlist}`, `{:capture_arg, charlist}`
    * `:expr` - an expression may begin here
    * `:none` - nothing that is known
  """
  def cursor_context(fragment, opts \\ [])

  def cursor_context(fragment, opts) when (is_binary(fragment) or is_list(fragment)) and is_list(opts) do
    {before, last} = fragment |> lines() |> Enum.split(-1)
    {reversed, _lengths} = join_before(Enum.reverse(before), hd(last))
    reversed |> Enum.reverse() |> context() |> elem(0)
  end

  def cursor_context(other, opts) when is_list(opts), do: other |> to_charlist() |> cursor_context(opts)

  ## Lines

  defp lines(fragment) do
    fragment |> IO.chardata_to_string() |> String.split(["\r\n", "\n"]) |> Enum.map(&String.to_charlist/1)
  end

  # Puts lines in front of one as long as they run on: they end in a dot or an opening parenthesis, have nothing but a
  # comment, or the next line begins with a dot. `before` is nearest first; so are the lengths returned.
  defp join_before(before, line, lengths \\ [])

  defp join_before([previous | before], line, lengths) do
    {code, runs_on?} = without_comment(previous)

    if runs_on? or starts_with_dot?(line),
      do: join_before(before, code ++ line, [length(code) | lengths]),
      else: {line, Enum.reverse(lengths)}
  end

  defp join_before([], line, lengths), do: {line, Enum.reverse(lengths)}

  defp join_after([next | after_lines], code, lengths, runs_on?) do
    if runs_on? or starts_with_dot?(next) do
      {next, runs_on?} = without_comment(next)
      join_after(after_lines, code ++ next, [length(next) | lengths], runs_on?)
    else
      {code, Enum.reverse(lengths)}
    end
  end

  defp join_after([], code, lengths, _runs_on?), do: {code, Enum.reverse(lengths)}

  defp starts_with_dot?(line), do: match?([?. | _], Enum.drop_while(line, &(&1 in @space)))

  defp without_comment(line) do
    code = Enum.take_while(line, &(&1 != ?#))
    last = code |> Enum.reverse() |> Enum.find(&(&1 not in @space))
    {code, last in [nil, ?., ?(]}
  end

  ## The context at the end of reversed text

  defp context(reversed) do
    {code, spaces} = skip_spaces(reversed, 0)

    case code do
      [] -> {:expr, 0}
      [?%, ?:, ?: | _] -> {{:struct, []}, 1}
      [?%, ?: | _] -> {{:unquoted_atom, ~c"%"}, 2}
      [?% | _] -> {{:struct, []}, 1}
      [?>, ?=] -> {:expr, 0}
      [?>, ?= | [next | _]] when next != ?: -> {:expr, 0}
      [?>, ?-] -> {:expr, 0}
      [?>, ?- | [next | _]] when next != ?: -> {:expr, 0}
      [?<, ?<] -> {:expr, 0}
      [?<, ?< | [next | _]] when next != ?< -> {:expr, 0}
      [?:] -> colon(spaces)
      [?:, next | _] when next != ?: -> colon(spaces)
      [?.] -> {:none, 0}
      [?., next | rest] when next not in [?., ?:] -> dot([next | rest], spaces + 1, [])
      [?( | rest] -> call(skip_spaces(rest, spaces + 1))
      [?/ | rest] -> arity(skip_spaces(rest, spaces + 1))
      [starter | _] when starter in @starters -> {:expr, 0}
      code when spaces > 0 -> call({code, spaces})
      _ -> name(reversed, 0, false)
    end
  end

  defp skip_spaces([char | rest], count) when char in @space, do: skip_spaces(rest, count + 1)
  defp skip_spaces(rest, count), do: {rest, count}

  defp colon(0), do: {{:unquoted_atom, []}, 1}
  defp colon(_spaces), do: {:expr, 0}

  defp arity({reversed, count}) do
    case name(reversed, count, true) do
      {{:local_or_var, name}, count} -> {{:local_arity, name}, count}
      {{:dot, parent, name}, count} -> {{:dot_arity, parent, name}, count}
      {{:operator, name}, count} -> {{:operator_arity, name}, count}
      _ -> {:none, 0}
    end
  end

  defp call({[?. | rest] = reversed, count}) do
    case skip_spaces(rest, count) do
      {[char | _] = before, count} when char not in @no_name ->
        case name(before, count, true) do
          {{:local_or_var, name}, count} -> {{:anonymous_call, {:var, name}}, count + 1}
          {{:module_attribute, _} = attribute, count} -> {{:anonymous_call, attribute}, count + 1}
          _ -> {:none, 0}
        end

      _ ->
        named_call(reversed, count)
    end
  end

  defp call({reversed, count}), do: named_call(reversed, count)

  defp named_call(reversed, count) do
    case name(reversed, count, true) do
      {{:local_or_var, name}, count} -> {{:local_call, name}, count}
      {{:dot, parent, name}, count} -> {{:dot_call, parent, name}, count}
      {{:operator, name}, count} -> {{:operator_call, name}, count}
      _ -> {:none, 0}
    end
  end

  # A name, with whatever it belongs to. `called?` tells that something follows it, so that `when` is an operator and a
  # closing parenthesis ends an expression.
  defp name([?., ?., ?: | _], count, _called?), do: {{:unquoted_atom, ~c".."}, count + 3}
  defp name([?., ?., ?. | _], count, _called?), do: {{:local_or_var, ~c"..."}, count + 3}
  defp name([?., ?: | _], count, _called?), do: {{:unquoted_atom, ~c"."}, count + 2}
  defp name([?., ?. | _], count, _called?), do: {{:operator, ~c".."}, count + 2}

  defp name(reversed, count, called?) do
    case word(reversed, count) do
      :none ->
        {:none, 0}

      :operator ->
        operator(reversed, count, [], called?)

      {:struct_attribute, name, count} ->
        {{:struct, {:module_attribute, name}}, count + 1}

      {kind, name, count} when kind in [:module_attribute, :sigil, :unquoted_atom, :capture_arg] ->
        {{kind, name}, count}

      {:alias, rest, name, count} ->
        case skip_spaces(rest, count) do
          {[?., ?. | _], _} -> {{:alias, name}, count}
          {[?. | rest], count} -> nested_alias(rest, count + 1, name)
          {[?% | _], count} -> {{:struct, name}, count + 1}
          _ -> {{:alias, name}, count}
        end

      {:identifier, _rest, name, count} when called? and name in @textual_operators ->
        {{:operator, name}, count}

      {:identifier, [?%], name, count} ->
        case name(Enum.reverse(name), count, true) do
          {{:local_or_var, _} = variable, _} -> {{:struct, variable}, count + 1}
          _ -> {:none, 0}
        end

      {:identifier, rest, name, count} ->
        case skip_spaces(rest, count) do
          {[?., ?. | _], _} -> {{:local_or_var, name}, count}
          {[?. | rest], count} -> dot(rest, count + 1, name)
          _ -> {{:local_or_var, name}, count}
        end
    end
  end

  defp word([last | rest], count) when last in @tail, do: word(rest, count + 1, [last])
  defp word(reversed, count), do: word(reversed, count, [])

  defp word([char | rest], count, name) when char not in @no_name,
    do: word_rest(rest, count + 1, [char | name])

  defp word(_reversed, _count, _name), do: :operator

  defp word_rest([char | rest], count, name) when char not in @no_name,
    do: word_rest(rest, count + 1, [char | name])

  defp word_rest(rest, count, [?@ | name]) do
    case plain_name(rest, count, name) do
      {:identifier, [?% | _], name, count} -> {:struct_attribute, name, count}
      {:identifier, _rest, name, count} -> {:module_attribute, name, count}
      :none when name == [] -> {:module_attribute, [], count}
      _ -> :none
    end
  end

  defp word_rest([?~ | rest], count, [letter])
       when (letter in ?A..?Z or letter in ?a..?z) and (rest == [] or hd(rest) not in @tilde_operator) do
    {:sigil, [letter], count + 1}
  end

  defp word_rest([?: | rest], count, name) when rest == [] or hd(rest) != ?: do
    case :beamlet_fragment.name(List.to_string(name)) do
      {_, "", _, _} -> {:unquoted_atom, name, count + 1}
      _ -> :none
    end
  end

  defp word_rest([?? | _], _count, _name), do: :none

  defp word_rest([?& | rest] = all, count, name) when rest == [] or hd(rest) != ?& do
    if Enum.all?(name, &(&1 in ?0..?9)),
      do: {:capture_arg, [?& | name], count + 1},
      else: plain_name(all, count, name)
  end

  defp word_rest(rest, count, name), do: plain_name(rest, count, name)

  # Without what only an atom may have.
  defp plain_name(rest, count, name) do
    case :beamlet_fragment.name(List.to_string(name)) do
      {:alias, "", true, false} -> {:alias, rest, name, count}
      {:identifier, "", _ascii, false} -> {:identifier, rest, name, count}
      _ -> :none
    end
  end

  defp nested_alias(rest, count, name) do
    {rest, count} = skip_spaces(rest, count)

    case name(rest, count, true) do
      {{:struct, parent}, count} when is_list(parent) -> {{:struct, parent ++ [?. | name]}, count}
      {{:struct, {:alias, root, parent}}, count} -> {{:struct, {:alias, root, parent ++ [?. | name]}}, count}
      {{:struct, parent}, count} -> {{:struct, {:alias, parent, name}}, count}
      {{:alias, parent}, count} -> {{:alias, parent ++ [?. | name]}, count}
      {{:alias, root, parent}, count} -> {{:alias, root, parent ++ [?. | name]}, count}
      {{:local_or_var, _} = root, count} -> {{:alias, root, name}, count}
      {{:module_attribute, _} = root, count} -> {{:alias, root, name}, count}
      _ -> {:none, 0}
    end
  end

  defp dot(rest, count, name) do
    {rest, count} = skip_spaces(rest, count)

    case name(rest, count, true) do
      {{:local_or_var, variable}, count} -> {{:dot, {:var, variable}, name}, count}
      {{:struct, parent}, count} when is_list(parent) -> {{:struct, {:dot, {:alias, parent}, name}}, count}
      {{:struct, parent}, count} -> {{:struct, {:dot, parent, name}}, count}
      {{kind, _} = parent, count} when kind in [:unquoted_atom, :alias, :module_attribute] -> {{:dot, parent, name}, count}
      {{kind, _, _} = parent, count} when kind in [:alias, :dot] -> {{:dot, parent, name}, count}
      {:expr, count} -> {{:dot, :expr, name}, count}
      _ -> {:none, 0}
    end
  end

  defp operator([char | rest], count, name, called?) when char in @operators,
    do: operator(rest, count + 1, [char | name], called?)

  # A sigil is being opened.
  defp operator([letter, ?~ | rest], _count, [opening], _called?)
       when opening in [?<, ?|, ?/] and (letter in ?A..?Z or letter in ?a..?z) and
              (rest == [] or hd(rest) not in @tilde_operator),
       do: {:none, 0}

  defp operator(rest, count, [?~], called?) do
    {rest, _} = skip_spaces(rest, count)
    if called? or single_dot?(rest), do: {:none, 0}, else: {{:sigil, []}, count}
  end

  defp operator([?) | rest], _count, [], true) when rest == [] or hd(rest) != ??, do: {:expr, 0}

  defp operator(rest, count, name, _called?) do
    case name do
      [?: | [_ | _] = symbol] when symbol != [?:] ->
        if operator?(symbol) or symbol in [~c"->", ~c"%", ~c"."], do: {{:unquoted_atom, symbol}, count}, else: {:none, 0}

      _ ->
        {before, spaces} = skip_spaces(rest, count)

        cond do
          not operator?(name) -> {:none, 0}
          single_dot?(before) -> dot(tl(before), spaces + 1, name)
          true -> {{:operator, name}, count}
        end
    end
  end

  defp single_dot?([?., ?. | _]), do: false
  defp single_dot?([?. | _]), do: true
  defp single_dot?(_rest), do: false

  defp operator?([]), do: false

  defp operator?(name) do
    operator = List.to_atom(name)
    Code.Identifier.unary_op(operator) != :error or Code.Identifier.binary_op(operator) != :error
  end

  @doc """
  Returns what stands around a position, `{line, column}`, as `%{context: context, begin: position, end: position}`, or
  `:none`. The end is the first column behind it.

      iex> Code.Fragment.surround_context("foo", {1, 1})
      %{begin: {1, 1}, context: {:local_or_var, ~c"foo"}, end: {1, 4}}

  The contexts are those of `cursor_context/2` for code that is complete: there is no `:expr`, calls and arities of remote
  functions and of operators are `:dot` and `:operator`, and reserved words and keys of keyword lists are
  `{:keyword, charlist}` and `{:key, charlist}`.
  """
  def surround_context(fragment, position, options \\ [])

  def surround_context(fragment, {line, column}, options)
      when (is_binary(fragment) or is_list(fragment)) and is_list(options) and
             is_integer(line) and line >= 1 and is_integer(column) and column >= 1 do
    lines = lines(fragment)
    {before, [current | after_lines]} = Enum.split(lines, min(line, length(lines)) - 1)
    {code, runs_on?} = without_comment(current)
    # In a comment, the comment is what there is.
    code = if column - 1 > length(code), do: current, else: code
    current_length = length(code)
    {code, after_lengths} = join_after(after_lines, code, [], runs_on?)
    {code, before_lengths} = join_before(Enum.reverse(before), code)
    shift = Enum.sum(before_lengths)

    with %{} = found <- surround(code, line, column + shift) do
      %{
        found
        | begin: position_before(found.begin, shift, before_lengths),
          end: position_after(found.end, shift, [current_length | after_lengths])
      }
    end
  end

  def surround_context(other, {_, _} = position, options) when not is_binary(other) and not is_list(other),
    do: other |> to_charlist() |> surround_context(position, options)

  defp position_before({line, column}, shift, lengths), do: move_up(line, column - shift, lengths)

  defp move_up(line, column, [length | lengths]) when column < 1, do: move_up(line - 1, column + length, lengths)
  defp move_up(line, column, _lengths), do: {line, column}

  defp position_after({line, column}, shift, lengths), do: move_down(line, column - shift, lengths)

  defp move_down(line, column, [length | lengths]) when column > length + 1,
    do: move_down(line + 1, column - length, lengths)

  defp move_down(line, column, _lengths), do: {line, column}

  defp surround(code, line, column) do
    {reversed, rest} = code |> graphemes() |> split_at(column - 1)
    {reversed, rest} = settle(reversed, rest)

    case take_word(rest, []) do
      {_, [], _} ->
        surround_operator(reversed, rest, line)

      {:word, taken, rest} ->
        {key?, rest} =
          case rest do
            [?:] -> {true, rest}
            [?:, char | _] when char in @space -> {true, rest}
            _ -> {false, rest |> skip_spaces(0) |> elem(0)}
          end

        all = taken ++ reversed

        case context(all) do
          {{:local_or_var, name}, count} -> built(word_context(name, key?, rest), all, line, count)
          {{:module_attribute, []}, count} -> built({:operator, ~c"@"}, all, line, count)
          {{:dot, _, []}, _} -> surround_operator(reversed, taken_back(taken, rest), line)
          {{kind, _} = found, count} when kind in [:struct, :alias, :module_attribute, :sigil, :unquoted_atom, :capture_arg] -> built(found, all, line, count)
          {{kind, _, _} = found, count} when kind in [:alias, :dot] -> built(found, all, line, count)
          _ -> surround_operator(reversed, taken_back(taken, rest), line)
        end

      {:alias, taken, _rest} ->
        all = taken ++ reversed

        case context(all) do
          {{kind, _} = found, count} when kind in [:alias, :struct] -> built(found, all, line, count)
          {{:alias, _, _} = found, count} -> built(found, all, line, count)
          _ -> :none
        end
    end
  end

  defp taken_back(taken, rest), do: Enum.reverse(taken, rest)

  defp word_context(name, true, _rest), do: {:key, name}
  defp word_context(name, _key?, [?( | _]), do: {:local_call, name}
  defp word_context(name, _key?, [?/ | _]), do: {:local_arity, name}
  defp word_context(name, _key?, _rest) when name in @textual_operators, do: {:operator, name}
  defp word_context(name, _key?, _rest) when name in @keywords, do: {:keyword, name}
  defp word_context(name, _key?, _rest), do: {:local_or_var, name}

  defp surround_operator(reversed, rest, line) do
    case Enum.split_while(rest, &(&1 in @operators or &1 == ?.)) do
      {[], _} ->
        :none

      {taken, rest} ->
        all = Enum.reverse(taken, reversed)

        case context(all) do
          {{:operator, ~c"&"}, count} when hd(rest) in ?0..?9 ->
            digits = Enum.take_while(rest, &(&1 in ?0..?9))
            built({:capture_arg, [?& | digits]}, Enum.reverse(digits, all), line, count + length(digits))

          {{:operator, _} = found, count} ->
            built(found, all, line, count)

          {{:sigil, []}, count} when hd(rest) in ?A..?Z or hd(rest) in ?a..?z ->
            built({:sigil, [hd(rest)]}, [hd(rest) | all], line, count + 1)

          {{:dot, _, [_ | _]} = found, count} ->
            built(found, all, line, count)

          _ ->
            :none
        end
    end
  end

  defp built(context, reversed, line, count) do
    {taken, before} = Enum.split(reversed, count)
    begin = visible_length(before) + 1
    %{context: context, begin: {line, begin}, end: {line, begin + visible_length(taken)}}
  end

  defp visible_length(reversed), do: reversed |> Enum.reverse() |> List.to_string() |> String.length()

  # Columns count what readers see as one character.
  defp graphemes(code), do: code |> List.to_string() |> String.graphemes() |> Enum.map(&String.to_charlist/1)

  defp split_at(graphemes, count) do
    {before, rest} = Enum.split(graphemes, count)
    {before |> Enum.concat() |> Enum.reverse(), Enum.concat(rest)}
  end

  # Moves from a blank, a dot or a percent sign to the word that it belongs to.
  defp settle(reversed, [?: | rest]) when (rest == [] or hd(rest) != ?:) and (reversed == [] or hd(reversed) != ?:),
    do: {[?: | reversed], rest}

  defp settle(reversed, [?% | rest]), do: settle([?% | reversed], rest)

  defp settle(reversed, rest) do
    {next, moved} = move_spaces(rest, reversed)

    case {next, moved} do
      {[?., char | next], [last | _]} when char != ?. and last != ?. ->
        {next, moved} = move_spaces([char | next], [?. | moved])
        {moved, next}

      {[?.], [last | _]} when last != ?. ->
        {[?. | moved], []}

      _ ->
        case reversed |> skip_spaces(0) |> elem(0) do
          [?., char | _] when char not in [?., ?:] -> {moved, next}
          [?.] -> {moved, next}
          [?% | _] when next != [] and hd(next) in ?A..?Z -> {moved, next}
          _ -> {reversed, rest}
        end
    end
  end

  defp move_spaces([char | rest], reversed) when char in @space, do: move_spaces(rest, [char | reversed])
  defp move_spaces(rest, reversed), do: {rest, reversed}

  defp take_word([last | rest], taken) when last in @tail, do: {:word, [last | taken], rest}
  defp take_word([char | rest], taken) when char not in @no_name, do: take_word(rest, [char | taken])

  defp take_word(rest, taken) do
    if alias_follows?(rest), do: take_alias(rest, taken), else: {:word, taken, rest}
  end

  defp alias_follows?(rest) do
    with {[?. | rest], _} <- skip_spaces(rest, 0),
         {[char | _], _} when char in ?A..?Z <- skip_spaces(rest, 0) do
      true
    else
      _ -> false
    end
  end

  defp take_alias([char | rest], taken) when char in ?A..?Z or char in ?a..?z or char in ?0..?9 or char == ?_,
    do: take_alias(rest, [char | taken])

  defp take_alias(rest, taken) do
    if alias_follows?(rest) do
      {[?. | rest], taken} = move_spaces(rest, taken)
      {[char | rest], taken} = move_spaces(rest, [?. | taken])
      take_alias(rest, [char | taken])
    else
      {:alias, taken, rest}
    end
  end

  @doc """
  Returns the quoted form of a text that ends at a cursor: `{:ok, quoted}`, in which `__cursor__()` stands for the expression
  that is being written, or an error as `Code.string_to_quoted/2` does.

      iex> Code.Fragment.container_cursor_to_quoted("max(some_value, ")
      {:ok, {:max, [line: 1], [{:some_value, [line: 1], nil}, {:__cursor__, [line: 1], []}]}}

  Brackets and blocks that are open are closed. Options are `:file`, `:line`, `:column`, `:columns`, `:token_metadata` and
  `:literal_encoder`, and `:trailing_fragment` for the text after the cursor, by which the arrow of a clause that is
  being written is known.
  """
  def container_cursor_to_quoted(fragment, opts \\ []) do
    {trailing, opts} = Keyword.pop(opts, :trailing_fragment)
    {encoder, opts} = Keyword.pop(opts, :literal_encoder)
    mark = if encoder, do: [literal_mark: :"$literal"], else: []
    opts = [emit_warnings: false] ++ mark ++ opts
    trailing = trailing && IO.chardata_to_string(trailing)

    with {:ok, quoted} <- :beamlet_fragment.cursor_to_quoted(to_text(fragment), trailing, opts) do
      {:ok, if(encoder, do: encode(quoted, encoder), else: quoted)}
    end
  end

  defp to_text(fragment) when is_binary(fragment), do: fragment
  defp to_text(fragment), do: fragment |> to_charlist() |> List.to_string()

  # The parser cannot call the encoder: it marks what the encoder is for.
  defp encode({:"$literal", meta, [literal]}, encoder) do
    {:ok, encoded} = encoder.(encode(literal, encoder), meta)
    encoded
  end

  defp encode({form, meta, args}, encoder), do: {encode(form, encoder), meta, encode(args, encoder)}
  defp encode({left, right}, encoder), do: {encode(left, encoder), encode(right, encoder)}
  defp encode(list, encoder) when is_list(list), do: Enum.map(list, &encode(&1, encoder))
  defp encode(leaf, _encoder), do: leaf
end

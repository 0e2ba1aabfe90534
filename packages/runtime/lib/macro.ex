# Functions on quoted forms. Kernel's own macros need `pipe/3`, `unpipe/1` and `expand_literals/2` while the rest of
# the library is compiled, so this file uses no pipes itself.
import Kernel, except: [to_string: 1]

defmodule Macro do
  @moduledoc """
  Functions to take apart, walk, build, expand and print quoted code: what macros get and return.
  """

  alias Code.Identifier

  @type t :: input
  @type input :: input_expr | {input, input} | [input] | atom | number | binary
  @typep input_expr :: {input_expr | atom, metadata, atom | [input]}
  @type output ::
          output_expr
          | {output, output}
          | [output]
          | atom
          | number
          | binary
          | captured_remote_function
          | pid
  @typep output_expr :: {output_expr | atom, metadata, atom | [output]}
  @type metadata :: keyword
  @type captured_remote_function :: fun

  ## Pipes

  @doc """
  Splits a pipeline into `{step, 0}` pairs.

      Macro.unpipe(quote do: 100 |> div(5) |> div(2))
  """
  @spec unpipe(t()) :: [t()]
  def unpipe(expr), do: :lists.reverse(unpipe(expr, []))

  defp unpipe({:|>, _, [left, right]}, acc), do: unpipe(right, unpipe(left, acc))
  defp unpipe(step, acc), do: [{step, 0} | acc]

  @doc "Puts `expr` into the arguments of a call, at `position`."
  @spec pipe(t(), t(), integer()) :: t()
  def pipe(expr, call_args, position)

  def pipe(expr, {form, _, _} = call_args, _position)
      when form in [:&, :{}, :%{}, :__aliases__, :<<>>],
      do: raise(ArgumentError, bad_pipe(expr, call_args))

  def pipe(expr, {form, _, []}, _position) when form in [:unquote, :unquote_splicing] do
    raise ArgumentError,
          "cannot pipe #{to_string(expr)} into the special form #{form}/1 " <>
            "since #{form}/1 is used to build the Elixir AST itself"
  end

  def pipe(expr, {:fn, _, _}, _position) do
    raise ArgumentError,
          "cannot pipe #{to_string(expr)} into an anonymous function without" <>
            " calling the function; use Kernel.then/2 instead or" <>
            " define the anonymous function as a regular private function"
  end

  def pipe(expr, {name, meta, context}, position) when is_atom(context),
    do: {name, meta, insert(position, expr, [])}

  def pipe(_expr, {op, _, [arg]}, _position) when op == :+ or op == :- do
    raise ArgumentError,
          "piping into a unary operator is not supported, please use the qualified name: " <>
            "Kernel.#{op}(#{to_string(arg)}), instead of #{op}#{to_string(arg)}"
  end

  def pipe(expr, {{_, meta, [Access, :get]} = op, _, [first, second]}, position) do
    if :lists.member({:from_brackets, true}, meta) do
      raise ArgumentError, """
      wrong operator precedence when piping into bracket-based access

       Instead of:

           #{to_string(expr)} |> #{to_string(first)}[#{to_string(second)}]

       You should write:

           (#{to_string(expr)} |> #{to_string(first)})[#{to_string(second)}]
      """
    else
      {op, meta, insert(position, expr, [first, second])}
    end
  end

  def pipe(expr, {op, meta, args} = call_args, position) when is_list(args) do
    cond do
      is_atom(op) and operator?(op, 1) ->
        raise ArgumentError,
              "cannot pipe #{to_string(expr)} into #{to_string(call_args)}, " <>
                "the #{to_string(op)} operator can only take one argument"

      is_atom(op) and operator?(op, 2) ->
        raise ArgumentError,
              "cannot pipe #{to_string(expr)} into #{to_string(call_args)}, " <>
                "the #{to_string(op)} operator can only take two arguments"

      true ->
        {op, meta, insert(position, expr, args)}
    end
  end

  def pipe(expr, call_args, _position), do: raise(ArgumentError, bad_pipe(expr, call_args))

  defp bad_pipe(expr, call) do
    "cannot pipe #{to_string(expr)} into #{to_string(call)}, " <>
      "can only pipe into local calls foo(), remote calls Foo.bar() or anonymous function calls foo.()"
  end

  defp insert(0, expr, args), do: [expr | args]
  defp insert(position, expr, args), do: List.insert_at(args, position, expr)

  ## Building

  @doc "Makes a variable of the given name and context."
  @spec var(var, context) :: {var, [], context} when var: atom(), context: atom()
  def var(var, context) when is_atom(var) and is_atom(context), do: {var, [], context}

  @doc "Makes a variable unlike any other, whatever its name."
  @spec unique_var(var, context) :: {var, [{:counter, integer()}], context}
        when var: atom(), context: atom()
  def unique_var(var, context) when is_atom(var) and is_atom(context),
    do: {var, [counter: :elixir_module.next_counter(context)], context}

  @doc "Makes the variables `arg1`, `arg2` … of a context."
  @spec generate_arguments(0, context :: atom()) :: []
  @spec generate_arguments(pos_integer(), context) :: [{atom(), [], context}, ...] when context: atom()
  def generate_arguments(amount, context), do: generate_arguments(amount, context, &var/2)

  @doc "Makes unique variables named `arg1`, `arg2` …"
  @spec generate_unique_arguments(0, context :: atom()) :: []
  @spec generate_unique_arguments(pos_integer(), context) :: [
          {atom(), [{:counter, integer()}], context},
          ...
        ]
        when context: atom()
  def generate_unique_arguments(amount, context), do: generate_arguments(amount, context, &unique_var/2)

  defp generate_arguments(0, context, _fun) when is_atom(context), do: []

  defp generate_arguments(count, context, fun)
       when is_integer(count) and count > 0 and is_atom(context) do
    :lists.map(
      fn index -> fun.(:erlang.binary_to_atom("arg" <> Integer.to_string(index)), context) end,
      :lists.seq(1, count)
    )
  end

  @doc """
  Turns a value into the quoted form that gives it.

      iex> Macro.escape({1, 2, 3})
      {:{}, [], [1, 2, 3]}
  """
  @spec escape(
          term(),
          keyword()
        ) :: t()
  def escape(expr, opts \\ []) do
    unquote? = Keyword.get(opts, :unquote, false)
    kind = if Keyword.get(opts, :prune_metadata, false), do: :prune_metadata, else: :none
    :elixir_quote.escape(expr, kind, unquote?)
  end

  @doc "Returns the struct of a module, which may be under definition, with its defaults."
  @doc deprecated: "Use Macro.struct_info!/2 instead"
  def struct!(module, env) when is_atom(module) do
    pairs =
      :lists.map(fn %{field: field, default: default} -> {field, default} end, struct_info!(module, env))

    :maps.from_list([{:__struct__, module} | pairs])
  end

  @doc "Returns the fields of a struct as maps with `:field` and `:default`."
  @spec struct_info!(module(), Macro.Env.t()) :: [%{field: atom(), required: boolean(), default: term()}]
  def struct_info!(module, env) when is_atom(module) do
    _ = env.line
    :elixir_env.trace({:require, [], module, []}, env)
    open = if :elixir_module.is_open(module), do: :elixir_module.struct_fields(module)

    # The struct may be one of a file that is compiled at the same time.
    fields =
      cond do
        open != nil -> open
        module in :elixir_module.compiler_modules() -> nil
        Code.ensure_compiled(module) == {:module, module} -> loaded_struct_info(module)
        true -> nil
      end

    case fields do
      nil ->
        if module in [env.module | env.context_modules] do
          raise ArgumentError,
                "cannot access struct #{inspect(module)}, the struct was not yet defined or the struct is " <>
                  "being accessed in the same context that defines it"
        end

        raise ArgumentError,
              "#{inspect(module)}.__struct__/1 is undefined, cannot expand struct #{inspect(module)}. " <>
                "Make sure the struct name is correct. If the struct name exists and is correct " <>
                "but it still cannot be found, you likely have cyclic module usage in your code"

      fields ->
        fields
    end
  end

  # In the order of `defstruct`; a module may have made its `__struct__/0` by itself.
  defp loaded_struct_info(module) do
    if function_exported?(module, :__struct__, 0) do
      module.__info__(:struct) ||
        :lists.map(
          fn {field, default} -> %{field: field, default: default} end,
          :maps.to_list(:maps.remove(:__struct__, module.__struct__()))
        )
    end
  end

  ## Walking

  @doc "Applies `fun` to the metadata of a call or variable."
  @spec update_meta(t(), (keyword() -> keyword())) :: t()
  def update_meta(quoted, fun)

  def update_meta({left, meta, right}, fun) when is_list(meta), do: {left, fun.(meta), right}
  def update_meta(other, _fun), do: other

  @doc "Walks the form depth first, with `pre` on the way down and `post` on the way up."
  @spec traverse(t(), any(), (t(), any() -> {t(), any()}), (t(), any() -> {t(), any()})) :: {t(), any()}
  def traverse(ast, acc, pre, post) when is_function(pre, 2) and is_function(post, 2) do
    {ast, acc} = pre.(ast, acc)
    walk(ast, acc, pre, post)
  end

  defp walk({name, meta, args}, acc, pre, post) when is_atom(name) do
    {args, acc} = walk_args(args, acc, pre, post)
    post.({name, meta, args}, acc)
  end

  defp walk({form, meta, args}, acc, pre, post) do
    {form, acc} = traverse(form, acc, pre, post)
    {args, acc} = walk_args(args, acc, pre, post)
    post.({form, meta, args}, acc)
  end

  defp walk({left, right}, acc, pre, post) do
    {left, acc} = traverse(left, acc, pre, post)
    {right, acc} = traverse(right, acc, pre, post)
    post.({left, right}, acc)
  end

  defp walk(list, acc, pre, post) when is_list(list) do
    {list, acc} = walk_args(list, acc, pre, post)
    post.(list, acc)
  end

  defp walk(leaf, acc, _pre, post), do: post.(leaf, acc)

  defp walk_args(args, acc, _pre, _post) when is_atom(args), do: {args, acc}

  defp walk_args(args, acc, pre, post) when is_list(args),
    do: :lists.mapfoldl(&traverse(&1, &2, pre, post), acc, args)

  @doc "Replaces every node by what `fun` makes of it, parents first."
  @spec prewalk(t(), (t() -> t())) :: t()
  def prewalk(ast, fun) when is_function(fun, 1) do
    {ast, nil} = prewalk(ast, nil, fn node, nil -> {fun.(node), nil} end)
    ast
  end

  @doc "Like `prewalk/2`, with an accumulator."
  @spec prewalk(t(), any(), (t(), any() -> {t(), any()})) :: {t(), any()}
  def prewalk(ast, acc, fun) when is_function(fun, 2),
    do: traverse(ast, acc, fun, fn node, acc -> {node, acc} end)

  @doc "Replaces every node by what `fun` makes of it, children first."
  @spec postwalk(t(), (t() -> t())) :: t()
  def postwalk(ast, fun) when is_function(fun, 1) do
    {ast, nil} = postwalk(ast, nil, fn node, nil -> {fun.(node), nil} end)
    ast
  end

  @doc "Like `postwalk/2`, with an accumulator."
  @spec postwalk(t(), any(), (t(), any() -> {t(), any()})) :: {t(), any()}
  def postwalk(ast, acc, fun) when is_function(fun, 2),
    do: traverse(ast, acc, fn node, acc -> {node, acc} end, fun)

  @doc "An enumerable of the nodes, parents first."
  @spec prewalker(t()) :: Enumerable.t()
  def prewalker(ast), do: &prewalker([ast], &1, &2)

  defp prewalker(_nodes, {:halt, acc}, _fun), do: {:halted, acc}
  defp prewalker(nodes, {:suspend, acc}, fun), do: {:suspended, acc, &prewalker(nodes, &1, fun)}
  defp prewalker([], {:cont, acc}, _fun), do: {:done, acc}

  defp prewalker([node | rest], {:cont, acc}, fun),
    do: prewalker(children(node) ++ rest, fun.(node, acc), fun)

  @doc "An enumerable of the nodes, children first."
  @spec postwalker(t()) :: Enumerable.t()
  def postwalker(ast), do: &postwalker([{:visit, ast}], &1, &2)

  defp postwalker(_nodes, {:halt, acc}, _fun), do: {:halted, acc}
  defp postwalker(nodes, {:suspend, acc}, fun), do: {:suspended, acc, &postwalker(nodes, &1, fun)}
  defp postwalker([], {:cont, acc}, _fun), do: {:done, acc}

  defp postwalker([{:emit, node} | rest], {:cont, acc}, fun),
    do: postwalker(rest, fun.(node, acc), fun)

  defp postwalker([{:visit, node} | rest], cont, fun) do
    below = :lists.map(&{:visit, &1}, children(node))
    postwalker(below ++ [{:emit, node} | rest], cont, fun)
  end

  defp children({left, right}), do: [left, right]

  defp children({form, meta, args}) when is_list(meta) do
    args = if is_list(args), do: args, else: []
    if is_atom(form), do: args, else: [form | args]
  end

  defp children(list) when is_list(list), do: list
  defp children(_leaf), do: []

  @doc "Returns the nodes from the first one for which `fun` is truthy up to the root, or `nil`."
  @spec path(t(), (t() -> as_boolean(term()))) :: [t()] | nil
  def path(ast, fun) when is_function(fun, 1), do: path([ast], [], fun)

  defp path([node | siblings], above, fun) do
    if fun.(node) do
      [node | above]
    else
      path(children(node), [node | above], fun) || path(siblings, above, fun)
    end
  end

  defp path([], _above, _fun), do: nil

  @doc "Returns `:ok` for a valid quoted form, else `{:error, part}`."
  @spec validate(term()) :: :ok | {:error, term()}
  def validate(expr), do: invalid(expr) || :ok

  defp invalid({left, right}), do: invalid(left) || invalid(right)

  defp invalid({form, meta, args}) when is_list(meta) and (is_atom(args) or is_list(args)),
    do: invalid(form) || invalid(args)

  defp invalid(list) when is_list(list), do: Enum.find_value(list, &invalid/1)
  defp invalid(leaf) when is_atom(leaf) or is_number(leaf) or is_binary(leaf) or is_pid(leaf), do: nil

  defp invalid(fun) when is_function(fun) do
    if :erlang.fun_info(fun, :type) != {:type, :external}, do: {:error, fun}
  end

  defp invalid(other), do: {:error, other}

  @doc "Takes a local or remote call apart: `{name, args}`, `{remote, name, args}` or `:error`."
  @spec decompose_call(t()) :: {atom(), [t()]} | {t(), atom(), [t()]} | :error
  def decompose_call(ast)

  def decompose_call({:{}, _, args}) when is_list(args), do: :error

  def decompose_call({{:., _, [remote, name]}, _, args}) when is_tuple(remote) or is_atom(remote),
    do: {remote, name, args}

  def decompose_call({name, _, context}) when is_atom(name) and is_atom(context), do: {name, []}
  def decompose_call({name, _, args}) when is_atom(name) and is_list(args), do: {name, args}
  def decompose_call(_other), do: :error

  ## Text

  @doc "Replaces the escapes in a string, as in a literal."
  @spec unescape_string(String.t()) :: String.t()
  def unescape_string(string) when is_binary(string), do: :elixir_interpolation.unescape_string(string)

  @doc "Replaces escapes with those that `map` gives for a character or for `:newline`, `:unicode`, `:hex`."
  @spec unescape_string(String.t(), (non_neg_integer() -> non_neg_integer() | false)) :: String.t()
  def unescape_string(string, map) when is_binary(string),
    do: :elixir_interpolation.unescape_string(string, map)

  @doc """
  Returns the source text of a quoted form.

      iex> Macro.to_string(quote do: a + b * c)
      "a + b * c"
  """
  @spec to_string(t()) :: String.t()
  def to_string(tree) do
    IO.iodata_to_binary(
      Inspect.Algebra.format(Code.quoted_to_algebra(tree, migrate_charlists_as_sigils: true), 98)
    )
  end

  @doc false
  @deprecated "Use Macro.to_string/1 instead"
  @spec to_string(t(), (t(), String.t() -> String.t())) :: String.t()
  def to_string(ast, fun), do: Macro.Text.text(ast, fun)

  @doc "Tells how an atom is written: `:alias`, `:identifier`, `:unquoted` or `:quoted`."
  @spec classify_atom(atom()) :: :alias | :identifier | :quoted | :unquoted
  def classify_atom(atom), do: inner_classify(atom)

  defp inner_classify(atom) when is_atom(atom) do
    case Identifier.classify(atom) do
      kind when kind in [:alias, :identifier] -> kind
      kind when kind in [:unquoted_operator, :not_callable] -> :unquoted
      _ -> :quoted
    end
  end

  @doc "Writes an atom as a `:literal`, as the `:key` of a keyword list or as the name in a `:remote_call`."
  @spec inspect_atom(:literal | :key | :remote_call, atom(), keyword()) :: binary()
  def inspect_atom(source_format, atom, opts \\ []), do: Identifier.inspect_atom(source_format, atom, opts)

  @doc """
  Converts a name to CamelCase.

      iex> Macro.camelize("foo_bar")
      "FooBar"
  """
  @spec camelize(String.t()) :: String.t()
  def camelize(string)
  def camelize(""), do: ""
  def camelize(<<?_, rest::binary>>), do: camelize(rest)
  def camelize(<<char, rest::binary>>), do: <<upcase(char), camelize_rest(rest)::binary>>

  defp camelize_rest(<<?_, ?_, rest::binary>>), do: camelize_rest(<<?_, rest::binary>>)

  defp camelize_rest(<<?_, char, rest::binary>>) when char in ?a..?z or char in ?0..?9,
    do: <<upcase(char), camelize_rest(rest)::binary>>

  defp camelize_rest(<<?_>>), do: ""
  defp camelize_rest(<<?/, rest::binary>>), do: <<?., camelize(rest)::binary>>
  defp camelize_rest(<<char, rest::binary>>), do: <<char, camelize_rest(rest)::binary>>
  defp camelize_rest(""), do: ""

  @doc """
  Converts a module or a name in CamelCase to a path in lower case.

      iex> Macro.underscore(Foo.BarBaz)
      "foo/bar_baz"
  """
  @spec underscore(atom() | String.t()) :: String.t()
  def underscore(atom_or_string)

  def underscore(module) when is_atom(module) do
    "Elixir." <> name = Atom.to_string(module)
    underscore(name)
  end

  def underscore(""), do: ""

  def underscore(<<char, rest::binary>>),
    do: <<downcase(char), underscore_rest(rest, char)::binary>>

  # A word starts at a capital that is followed by a small letter, or follows something else than a capital.
  defp underscore_rest(<<char, next, rest::binary>>, _previous)
       when char in ?A..?Z and next not in ?A..?Z and next not in ?0..?9 and next != ?. and
              next != ?_,
       do: <<?_, downcase(char), next, underscore_rest(rest, next)::binary>>

  defp underscore_rest(<<char, rest::binary>>, previous)
       when char in ?A..?Z and previous not in ?A..?Z and previous != ?_,
       do: <<?_, downcase(char), underscore_rest(rest, char)::binary>>

  defp underscore_rest(<<?., rest::binary>>, _previous), do: <<?/, underscore(rest)::binary>>

  defp underscore_rest(<<char, rest::binary>>, _previous),
    do: <<downcase(char), underscore_rest(rest, char)::binary>>

  defp underscore_rest("", _previous), do: ""

  defp upcase(char) when char in ?a..?z, do: char - 32
  defp upcase(char), do: char

  defp downcase(char) when char in ?A..?Z, do: char + 32
  defp downcase(char), do: char

  ## Names

  @special_forms [
    %: 2,
    %{}: :any,
    &: 1,
    .: 2,
    <<>>: :any,
    =: 2,
    "::": 2,
    ^: 1,
    {}: :any,
    alias: 1,
    alias: 2,
    case: 2,
    cond: 1,
    fn: :any,
    for: :any,
    import: 1,
    import: 2,
    quote: 1,
    quote: 2,
    receive: 1,
    require: 1,
    require: 2,
    super: :any,
    try: 1,
    unquote: 1,
    unquote_splicing: 1,
    with: :any,
    __CALLER__: 0,
    __DIR__: 0,
    __ENV__: 0,
    __MODULE__: 0,
    __STACKTRACE__: 0,
    __aliases__: :any,
    __block__: :any,
    __cursor__: :any,
    |: 2,
    ->: :any
  ]

  @doc "Tells whether a name is a special form, which cannot be redefined."
  @spec special_form?(name :: atom(), arity()) :: boolean()
  def special_form?(name, arity) when is_atom(name) and is_integer(arity),
    do: :lists.member({name, arity}, @special_forms) or :lists.member({name, :any}, @special_forms)

  @doc "Tells whether a name is an operator of the given arity."
  @spec operator?(name :: atom(), arity()) :: boolean()
  def operator?(name, arity)
  def operator?(:..//, 3), do: true
  def operator?(name, 2) when is_atom(name), do: Identifier.binary_op(name) != :error and name != :"//"
  def operator?(name, 1) when is_atom(name), do: Identifier.unary_op(name) != :error
  def operator?(name, 0) when name in [:.., :...], do: true
  def operator?(name, arity) when is_atom(name) and is_integer(arity), do: false

  @doc "Tells whether a quoted form is a literal, or made of literals."
  @spec quoted_literal?(t()) :: boolean()
  def quoted_literal?(term)

  def quoted_literal?({:__aliases__, _, args}), do: quoted_literal?(args)
  def quoted_literal?({:%, _, [left, right]}), do: quoted_literal?(left) and quoted_literal?(right)
  def quoted_literal?({:%{}, _, args}), do: quoted_literal?(args)
  def quoted_literal?({:{}, _, args}), do: quoted_literal?(args)
  def quoted_literal?({:__MODULE__, _, context}) when is_atom(context), do: true
  def quoted_literal?({:<<>>, _, segments}), do: :lists.all(&literal_segment?/1, segments)
  def quoted_literal?({left, right}), do: quoted_literal?(left) and quoted_literal?(right)
  def quoted_literal?(list) when is_list(list), do: :lists.all(&quoted_literal?/1, list)
  def quoted_literal?(term), do: is_atom(term) or is_number(term) or is_binary(term)

  @segment_types [:bitstring, :bits, :binary, :bytes, :utf8, :utf16, :utf32] ++
                   [:integer, :float, :signed, :unsigned, :little, :big, :native]

  defp literal_segment?({:"::", _, [value, spec]}),
    do: (is_integer(value) or is_binary(value)) and literal_spec?(spec)

  defp literal_segment?(value), do: is_integer(value) or is_binary(value)

  defp literal_spec?({:-, _, [left, right]}), do: literal_spec?(left) and literal_spec?(right)
  defp literal_spec?({:*, _, [left, right]}), do: is_integer(left) and is_integer(right)
  defp literal_spec?({name, _, [size]}) when name in [:size, :unit], do: is_integer(size)
  defp literal_spec?({name, _, context}), do: name in @segment_types and (is_atom(context) or context == [])
  defp literal_spec?(_other), do: false

  ## Expansion

  @doc "Expands aliases, pseudo-variables and macros at the root of the form, until nothing changes."
  @spec expand(input(), Macro.Env.t()) :: output()
  def expand(ast, env) do
    _ = env.module

    case :elixir_dispatch.expand_once(ast, env) do
      {expanded, true} -> expand(expanded, env)
      {expanded, false} -> expanded
    end
  end

  @doc "Expands the root of the form once."
  @spec expand_once(input(), Macro.Env.t()) :: output()
  def expand_once(ast, env) do
    # What is no environment fails here as in Elixir.
    _ = env.module
    {expanded, _changed?} = :elixir_dispatch.expand_once(ast, env)
    expanded
  end

  @doc "Expands the aliases in a form made of literals."
  @spec expand_literals(input(), Macro.Env.t()) :: output()
  def expand_literals(ast, env) do
    {ast, :ok} = expand_literals(ast, :ok, fn node, :ok -> {expand(node, env), :ok} end)
    ast
  end

  @doc "Replaces the aliases in a form made of literals by what `fun` returns."
  @spec expand_literals(t(), acc, (t(), acc -> {t(), acc})) :: t() when acc: term()
  def expand_literals(ast, acc, fun)

  def expand_literals({:__aliases__, meta, args}, acc, fun) do
    {args, acc} = expand_literals(args, acc, fun)
    node = {:__aliases__, meta, args}
    if :lists.all(&is_atom/1, args), do: fun.(node, acc), else: {node, acc}
  end

  def expand_literals({:__MODULE__, _, context} = node, acc, fun) when is_atom(context),
    do: fun.(node, acc)

  def expand_literals({form, meta, args}, acc, fun) when form in [:%, :%{}, :{}] do
    {args, acc} = expand_literals(args, acc, fun)
    {{form, meta, args}, acc}
  end

  def expand_literals({left, right}, acc, fun) do
    {left, acc} = expand_literals(left, acc, fun)
    {right, acc} = expand_literals(right, acc, fun)
    {{left, right}, acc}
  end

  def expand_literals(list, acc, fun) when is_list(list),
    do: :lists.mapfoldl(&expand_literals(&1, &2, fun), acc, list)

  def expand_literals(
        {{:., _, [{:__aliases__, _, [:Application]}, :compile_env]} = call, meta, [app, key, default]},
        acc,
        fun
      ) do
    {default, acc} = expand_literals(default, acc, fun)
    {{call, meta, [app, key, default]}, acc}
  end

  def expand_literals(other, acc, _fun), do: {other, acc}

  @doc false
  @deprecated "Traverse over the arguments using Enum.map/2 instead"
  def unescape_tokens(tokens), do: Enum.map(tokens, &if(is_binary(&1), do: unescape_string(&1), else: &1))

  @doc false
  @deprecated "Traverse over the arguments using Enum.map/2 instead"
  def unescape_tokens(tokens, map),
    do: Enum.map(tokens, &if(is_binary(&1), do: unescape_string(&1, map), else: &1))

  @doc false
  @deprecated "Use Macro.expand_literals/2 instead"
  def expand_literal(ast, env), do: expand_literals(ast, env)

  @doc "Calls a function while code is compiled, on behalf of the caller's environment."
  def compile_apply(mod, fun, args, caller) do
    :elixir_env.trace({:remote_macro, [], mod, fun, length(args)}, caller)
    apply(mod, fun, args)
  end

  @doc "The code that `Kernel.dbg/2` expands to."
  @spec dbg(t(), t(), Macro.Env.t()) :: t()
  def dbg(code, options, env), do: Macro.Debug.expand(code, options, env)

  @doc false
  def __dbg__(header, debugged, options), do: Macro.Debug.print(header, debugged, options)
end

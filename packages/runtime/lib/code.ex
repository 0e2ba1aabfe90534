# Reading, evaluating, compiling and loading code. The parser and the code server are native
# (`:beamlet_code`, `:elixir`, `:code`); options and errors are handled here.
defmodule Code do
  @moduledoc """
  Functions to parse, format, evaluate and compile code, and to load modules.
  """

  @type binding :: [{atom | tuple, any}]
  @type line :: non_neg_integer
  @type position :: line | {line :: pos_integer, column :: pos_integer}
  @type diagnostic(severity) :: %{
          required(:source) => Path.t() | nil,
          required(:file) => Path.t() | nil,
          required(:severity) => severity,
          required(:message) => String.t(),
          required(:position) => position,
          required(:stacktrace) => Exception.stacktrace(),
          required(:span) => {line :: pos_integer, column :: pos_integer} | nil,
          optional(:details) => term,
          optional(any) => any
        }

  @boolean_options [
    :docs,
    :debug_info,
    :ignore_already_consolidated,
    :ignore_module_conflict,
    :infer_signatures,
    :relative_paths
  ]
  @list_options [:no_warn_undefined, :tracers, :parser_options]
  @defaults %{
    docs: true,
    debug_info: true,
    ignore_already_consolidated: false,
    ignore_module_conflict: false,
    infer_signatures: true,
    relative_paths: true,
    no_warn_undefined: [],
    tracers: [],
    parser_options: [columns: true],
    on_undefined_variable: :raise
  }

  ## Parsing

  @doc """
  Parses a string to quoted code: `{:ok, quoted}` or `{:error, {meta, message, token}}`.

  Options: `:file`, `:line`, `:column`, `:columns`, `:token_metadata`, `:unescape`, `:literal_encoder`,
  `:existing_atoms_only`, `:static_atoms_encoder`, `:emit_warnings`.
  """
  @spec string_to_quoted(
          List.Chars.t(),
          keyword()
        ) ::
          {:ok, Macro.t()} | {:error, {location :: keyword(), binary() | {binary(), binary()}, binary()}}
  def string_to_quoted(string, opts \\ []) when is_list(opts) do
    case parse(string, opts) do
      {:ok, quoted, _comments} -> {:ok, quoted}
      {:error, reason, _exception} -> {:error, reason}
    end
  end

  @doc "Like `string_to_quoted/2`, but returns the quoted code or raises."
  @spec string_to_quoted!(
          List.Chars.t(),
          keyword()
        ) :: Macro.t()
  def string_to_quoted!(string, opts \\ []) when is_list(opts) do
    case parse(string, opts) do
      {:ok, quoted, _comments} -> quoted
      {:error, _reason, exception} -> :erlang.error(exception)
    end
  end

  @doc "Like `string_to_quoted/2`, with the comments: `{:ok, quoted, comments}`."
  @spec string_to_quoted_with_comments(
          List.Chars.t(),
          keyword()
        ) :: {:ok, Macro.t(), [map()]} | {:error, {location :: keyword(), term(), term()}}
  def string_to_quoted_with_comments(string, opts \\ []) when is_list(opts) do
    case parse(string, opts) do
      {:error, reason, _exception} -> {:error, reason}
      ok -> ok
    end
  end

  @doc "Like `string_to_quoted_with_comments/2`, but returns `{quoted, comments}` or raises."
  @spec string_to_quoted_with_comments!(
          List.Chars.t(),
          keyword()
        ) :: {Macro.t(), [map()]}
  def string_to_quoted_with_comments!(string, opts \\ []) when is_list(opts) do
    case parse(string, opts) do
      {:ok, quoted, comments} -> {quoted, comments}
      {:error, _reason, exception} -> :erlang.error(exception)
    end
  end

  defp source(chars) do
    if :lists.all(&(is_integer(&1) and &1 >= 0), chars), do: List.to_string(chars), else: :erlang.error(:badarg)
  end

  # The parser cannot call back: it marks what an encoder is for, and the encoder is applied afterwards.
  defp parse(string, opts) do
    source = if is_binary(string), do: string, else: source(to_charlist(string))
    file = Keyword.get(opts, :file, "nofile")
    {literals, opts} = Keyword.pop(opts, :literal_encoder)
    {atoms, opts} = Keyword.pop(opts, :static_atoms_encoder)

    marks =
      [literal_mark: literals && :"$literal", atom_mark: atoms && :"$atom"]
      |> Enum.filter(&elem(&1, 1))

    case :beamlet_code.parse(source, marks ++ opts) do
      {:error, _, _} = error ->
        error

      :invalid_encoding ->
        String.to_charlist(source)

      {kind, quoted, comments} ->
        if kind == :unicode and Keyword.get(opts, :emit_warnings, true), do: warn_of_names(source, file, opts)

        try do
          {:ok, encode(quoted, literals, atoms), comments}
        catch
          {:encoder, meta, name, reason} ->
            reason = IO.chardata_to_string(reason) <> ": "
            location = Keyword.take(meta, [:line, :column])

            exception =
              SyntaxError.exception([file: file, description: reason <> name] ++ location)

            {:error, {location, reason, name}, exception}
        end
    end
  end

  defp warn_of_names(source, file, opts) do
    with {:ok, _, _, _, tokens, _} <-
           :elixir_tokenizer.tokenize(source, Keyword.get(opts, :line, 1), Keyword.delete(opts, :emit_warnings)) do
      for {{line, column}, message} <- String.Tokenizer.Security.unicode_lint_warnings(Enum.reverse(tokens)) |> Enum.reverse() do
        :elixir_errors.emit_diagnostic(:warning, {line, column}, file, message, [], read_snippet: true)
      end
    end
  end

  defp encode(quoted, nil, nil), do: quoted

  defp encode({:"$literal", meta, [literal]}, literals, atoms),
    do: encoded(literals.(encode(literal, literals, atoms), meta), meta, "")

  defp encode({:"$atom", meta, [name]}, _literals, atoms), do: encoded(atoms.(name, meta), meta, name)

  defp encode({form, meta, args}, literals, atoms),
    do: {encode(form, literals, atoms), meta, encode(args, literals, atoms)}

  defp encode({left, right}, literals, atoms),
    do: {encode(left, literals, atoms), encode(right, literals, atoms)}

  defp encode(list, literals, atoms) when is_list(list),
    do: Enum.map(list, &encode(&1, literals, atoms))

  defp encode(leaf, _literals, _atoms), do: leaf

  defp encoded({:ok, term}, _meta, _name), do: term
  defp encoded({:error, reason}, meta, name), do: throw({:encoder, meta, name, reason})

  ## Printing

  @doc """
  Formats source code, as an iolist.

      iex> Code.format_string!("f(1,2)") |> IO.iodata_to_binary()
      "f(1, 2)"
  """
  @spec format_string!(
          binary(),
          keyword()
        ) :: iodata()
  def format_string!(string, opts \\ []) when is_binary(string) and is_list(opts) do
    parse_opts = [
      unescape: false,
      literal_encoder: fn literal, meta -> {:ok, {:__block__, meta, [literal]}} end,
      token_metadata: true,
      emit_warnings: false
    ]

    {quoted, comments} = string_to_quoted_with_comments!(string, parse_opts ++ opts)
    doc = Code.Formatter.to_algebra(quoted, [comments: comments] ++ opts)
    Inspect.Algebra.format(doc, Keyword.get(opts, :line_length, 98))
  end

  @doc "Formats the source code in a file, as an iolist."
  @spec format_file!(
          binary(),
          keyword()
        ) :: iodata()
  def format_file!(file, opts \\ []) when is_binary(file) and is_list(opts) do
    [format_string!(File.read!(file), [file: file, line: 1] ++ opts), ?\n]
  end

  @doc "Converts quoted code to a document for `Inspect.Algebra.format/2`."
  @spec quoted_to_algebra(
          Macro.t(),
          keyword()
        ) :: Inspect.Algebra.t()
  def quoted_to_algebra(quoted, opts \\ []) do
    quoted
    |> Code.Normalizer.normalize(opts)
    |> Code.Formatter.to_algebra(opts)
  end

  ## Evaluation

  @doc """
  Evaluates the code in a string; returns its value and the new binding.

      iex> Code.eval_string("b = a + 1; b * 2", a: 1)
      {4, [b: 2, a: 1]}
  """
  @spec eval_string(List.Chars.t(), binding(), Macro.Env.t() | keyword()) :: {term(), binding()}
  def eval_string(string, binding \\ [], opts \\ [])

  def eval_string(string, binding, opts) when is_list(opts) or is_struct(opts, Macro.Env) do
    %{line: line, file: file} = env = env_for_eval(opts)
    quoted = string_to_quoted!(string, file: file, line: line)
    binding = read(binding)
    {value, binding, _env} = checked(fn -> :elixir.eval_forms(quoted, binding, env) end)
    {value, binding}
  end

  # A binding that is none fails in what reads it there.
  defp read(binding) when length(binding) >= 0 do
    for entry <- binding, not match?({_, _}, entry), do: unreadable(:load_pair, [entry])
    binding
  end

  defp read(binding), do: unreadable(:load_binding, List.duplicate(binding, 6))

  defp unreadable(name, args), do: :erlang.raise(:error, :function_clause, [{:elixir_erl_var, name, args, []}])

  # The modules which are defined are checked when all has been evaluated.
  defp checked(fun) do
    outer = :erlang.put(:elixir_checks, {:all, []})

    {result, checks} =
      try do
        {fun.(), :erlang.get(:elixir_checks)}
      after
        if outer == :undefined, do: :erlang.erase(:elixir_checks), else: :erlang.put(:elixir_checks, outer)
      end

    with {_, [_ | _]} <- checks, do: :elixir_compiler.check(checks)
    result
  end

  @doc "Evaluates quoted code; returns its value and the new binding."
  @spec eval_quoted(Macro.t(), binding(), Macro.Env.t() | keyword()) :: {term(), binding()}
  def eval_quoted(quoted, binding \\ [], env_or_opts \\ []) do
    env = env_for_eval(env_or_opts)
    binding = read(binding)
    {value, binding, _env} = checked(fn -> :elixir.eval_quoted(quoted, binding, env) end)
    {value, binding}
  end

  @doc """
  Evaluates quoted code; returns its value, the new binding and the new environment. With `prune_binding: true` they have
  what the code assigns or reads.
  """
  @spec eval_quoted_with_env(Macro.t(), binding(), Macro.Env.t(), keyword()) ::
          {term(), binding(), Macro.Env.t()}
  def eval_quoted_with_env(quoted, binding, %Macro.Env{} = env, opts \\ []) when is_list(binding) do
    checked(fn ->
      if Keyword.get(opts, :prune_binding, false),
        do: :elixir.eval_pruned(quoted, binding, env),
        else: :elixir.eval_quoted(quoted, binding, env)
    end)
  end

  @doc "Makes an environment for evaluation from another one or from options such as `:file` and `:line`."
  def env_for_eval(env_or_opts)

  def env_for_eval(%Macro.Env{lexical_tracker: tracker} = env) when is_pid(tracker) do
    if :elixir_lexical.is_alive(tracker) do
      :elixir.env_for_eval(env)
    else
      IO.warn(
        "an __ENV__ with outdated compilation information was given to eval, " <>
          "call Macro.Env.prune_compile_info/1 to prune it"
      )

      :elixir.env_for_eval(Macro.Env.prune_compile_info(env))
    end
  end

  def env_for_eval(env_or_opts) when is_list(env_or_opts) or is_struct(env_or_opts, Macro.Env),
    do: :elixir.env_for_eval(env_or_opts)

  def env_for_eval(other),
    do: :erlang.raise(:error, :function_clause, [{:elixir, :env_for_eval, [other], []}])

  @doc "Evaluates the code in a file."
  @spec eval_file(binary(), nil | binary()) :: {term(), binding()}
  def eval_file(file, relative_to \\ nil) when is_binary(file) do
    {source, file} = read!(file, relative_to)
    eval_string(source, [], file: file, line: 1)
  end

  defp read!(file, relative_to) do
    file = if relative_to, do: Path.expand(file, relative_to), else: Path.expand(file)

    case File.read(file) do
      {:ok, source} -> {source, file}
      {:error, reason} -> raise Code.LoadError, file: file, reason: reason
    end
  end

  ## Compilation

  @doc "Compiles the modules defined in a string; returns them with their byte code."
  @spec compile_string(List.Chars.t(), binary()) :: [{module(), binary()}]
  def compile_string(string, file \\ "nofile") when is_binary(file) do
    quoted = string_to_quoted!(string, file: file, columns: true)
    compile_quoted(quoted, file)
  end

  @doc "Compiles the modules defined by quoted code; returns them with their byte code."
  @spec compile_quoted(Macro.t(), binary()) :: [{module(), binary()}]
  def compile_quoted(quoted, file \\ "nofile") when is_binary(file) do
    collecting_modules(fn -> :elixir_compiler.quoted(quoted, file) end)
  end

  @doc "Compiles the modules defined in a file."
  @spec compile_file(binary(), nil | binary()) :: [{module(), binary()}]
  def compile_file(file, relative_to \\ nil) when is_binary(file) do
    {source, file} = read!(file, relative_to)
    compile_string(source, file)
  end

  # Whoever loads a module adds it to the list in the process dictionary, if there is one.
  defp collecting_modules(fun) do
    outer = :erlang.put(:elixir_compiled_modules, [])

    try do
      fun.()
      Enum.reverse(:erlang.get(:elixir_compiled_modules))
    after
      if outer == :undefined,
        do: :erlang.erase(:elixir_compiled_modules),
        else: :erlang.put(:elixir_compiled_modules, outer)
    end
  end

  @doc "Compiles and runs a file once; `nil` when it has been required already."
  @spec require_file(binary(), nil | binary()) :: [{module(), binary()}] | nil
  def require_file(file, relative_to \\ nil) when is_binary(file) do
    {source, file} = read!(file, relative_to)

    if file in required_files() do
      nil
    else
      modules = compile_string(source, file)
      :persistent_term.put({Code, :required}, [file | required_files()])
      modules
    end
  end

  @doc "Lists the files required so far."
  @spec required_files() :: [binary()]
  def required_files, do: :persistent_term.get({Code, :required}, [])

  @doc "Forgets that files have been required."
  @spec unrequire_files([binary()]) :: :ok
  def unrequire_files(files) when is_list(files) do
    :persistent_term.put({Code, :required}, required_files() -- files)
    :ok
  end

  @doc "Runs `fun` and returns its result and the diagnostics of code compiled meanwhile."
  @spec with_diagnostics(
          keyword(),
          (-> result)
        ) :: {result, [diagnostic(:warning | :error)]}
        when result: term()
  def with_diagnostics(opts \\ [], fun) do
    outer = :erlang.get(:elixir_code_diagnostics)
    :erlang.put(:elixir_code_diagnostics, {[], Keyword.get(opts, :log, false)})

    try do
      result = fun.()
      {diagnostics, _log?} = :erlang.get(:elixir_code_diagnostics)
      {result, Enum.reverse(diagnostics)}
    after
      if outer == :undefined,
        do: :erlang.erase(:elixir_code_diagnostics),
        else: :erlang.put(:elixir_code_diagnostics, outer)
    end
  end

  @doc "Prints a diagnostic to standard error."
  @spec print_diagnostic(
          diagnostic(:warning | :error),
          keyword()
        ) :: :ok
  def print_diagnostic(diagnostic, opts \\ [])

  def print_diagnostic(%{severity: _, message: _, position: _, file: _, stacktrace: _} = diagnostic, opts) do
    :elixir_errors.print_diagnostic(diagnostic, Keyword.get(opts, :snippet, true))
    :ok
  end

  ## Compiler options

  @doc "Returns all compiler options."
  @spec compiler_options() :: map()
  def compiler_options, do: Map.new(available_compiler_options(), &{&1, get_compiler_option(&1)})

  @doc "Sets compiler options; returns the previous values."
  @spec compiler_options(Enumerable.t({atom(), term()})) :: %{optional(atom()) => term()}
  def compiler_options(opts) do
    Map.new(opts, fn {key, value} ->
      previous = get_compiler_option(key)
      put_compiler_option(key, value)
      {key, previous}
    end)
  end

  @doc "Lists the names of the compiler options."
  @spec available_compiler_options() :: [atom()]
  def available_compiler_options, do: @boolean_options ++ @list_options ++ [:on_undefined_variable]

  @doc "Returns a compiler option."
  @spec get_compiler_option(atom()) :: term()
  def get_compiler_option(key) when is_map_key(@defaults, key),
    do: :persistent_term.get({Code, :option, key}, Map.fetch!(@defaults, key))

  @doc "Sets a compiler option."
  @spec put_compiler_option(atom(), term()) :: :ok
  def put_compiler_option(key, value) when key in @boolean_options do
    if not is_boolean(value) do
      raise "compiler option #{inspect(key)} should be a boolean, got: #{inspect(value)}"
    end

    store_option(key, value)
  end

  def put_compiler_option(:no_warn_undefined, value) do
    if value != :all and not is_list(value) do
      raise "compiler option :no_warn_undefined should be a list or the atom :all, " <>
              "got: #{inspect(value)}"
    end

    store_option(:no_warn_undefined, value)
  end

  def put_compiler_option(key, value) when key in @list_options do
    if not is_list(value) do
      raise "compiler option #{inspect(key)} should be a list, got: #{inspect(value)}"
    end

    if key == :parser_options and not Keyword.keyword?(value) do
      raise "compiler option #{inspect(key)} should be a keyword list, got: #{inspect(value)}"
    end

    if key == :tracers and not Enum.all?(value, &is_atom/1) do
      raise "compiler option #{inspect(key)} should be a list of modules, got: #{inspect(value)}"
    end

    store_option(key, value)
  end

  def put_compiler_option(:on_undefined_variable, value) when value in [:raise, :warn],
    do: store_option(:on_undefined_variable, value)

  def put_compiler_option(key, _value), do: raise("unknown compiler option: #{inspect(key)}")

  defp store_option(key, value) do
    :persistent_term.put({Code, :option, key}, value)
    :ok
  end

  ## Modules

  @doc "Loads a module if need be: `{:module, module}` or `{:error, reason}`."
  @spec ensure_loaded(module()) ::
          {:module, module()} | {:error, :embedded | :badfile | :nofile | :on_load_failure}
  def ensure_loaded(module) when is_atom(module), do: :code.ensure_loaded(module)

  @doc "Tells whether a module is or could be loaded."
  @spec ensure_loaded?(module()) :: boolean()
  def ensure_loaded?(module) when is_atom(module), do: match?({:module, _}, ensure_loaded(module))

  @doc "Loads a module if need be, and returns it."
  @spec ensure_loaded!(module()) :: module()
  def ensure_loaded!(module), do: loaded!(ensure_loaded(module), module)

  @doc "Loads modules: `:ok` or `{:error, pairs}` of those that could not be."
  @spec ensure_all_loaded([module()]) :: :ok | {:error, [{module(), reason}]}
        when reason: :badfile | :nofile | :on_load_failure
  def ensure_all_loaded(modules) when is_list(modules) do
    case for module <- modules, {:error, reason} <- [ensure_loaded(module)], do: {module, reason} do
      [] -> :ok
      errors -> {:error, errors}
    end
  end

  @doc "Loads modules; raises if some could not be."
  @spec ensure_all_loaded!([module()]) :: :ok
  def ensure_all_loaded!(modules) do
    with {:error, errors} <- ensure_all_loaded(modules) do
      lines =
        errors
        |> Enum.sort()
        |> Enum.map_join("\n", fn {module, reason} ->
          "  * #{inspect(module)} due to reason #{inspect(reason)}"
        end)

      raise ArgumentError, "could not load the following modules:\n\n" <> lines
    end
  end

  @doc "Like `ensure_loaded/1`, but while several files are compiled together waits until one of them has defined the module."
  @spec ensure_compiled(module()) ::
          {:module, module()} | {:error, :embedded | :badfile | :nofile | :on_load_failure | :unavailable}
  def ensure_compiled(module) when is_atom(module), do: ensure_compiled(module, :soft)

  @doc "Like `ensure_compiled/1`, but returns the module or raises."
  @spec ensure_compiled!(module()) :: module()
  def ensure_compiled!(module), do: loaded!(ensure_compiled(module, :hard), module)

  defp ensure_compiled(module, deadlock) do
    with {:error, :nofile} = error <- :code.ensure_loaded(module) do
      if can_await_module_compilation?() do
        case Kernel.ErrorHandler.ensure_compiled(module, :module, deadlock) do
          :found -> {:module, module}
          :deadlock -> {:error, :unavailable}
          :not_found -> {:error, :nofile}
        end
      else
        error
      end
    end
  end

  @doc false
  @deprecated "Use Code.ensure_compiled/1 instead (see the proper disclaimers in its docs)"
  def ensure_compiled?(module) when is_atom(module), do: ensure_loaded?(module)

  defp loaded!({:module, module}, _module), do: module

  defp loaded!({:error, reason}, module) do
    raise ArgumentError,
          "could not load module #{inspect(module)} due to reason #{inspect(reason)}"
  end

  @doc "Tells whether a module is loaded."
  @spec loaded?(module()) :: boolean()
  def loaded?(module), do: :erlang.module_loaded(module)

  @doc "Tells whether the process may wait for modules of other files, as those of `Kernel.ParallelCompiler` may."
  @spec can_await_module_compilation?() :: boolean()
  def can_await_module_compilation?,
    do: :erlang.process_info(self(), :error_handler) == {:error_handler, Kernel.ErrorHandler}

  @doc "Forgets modules that only the compiler made."
  @spec purge_compiler_modules() :: {:ok, non_neg_integer()}
  def purge_compiler_modules, do: {:ok, 0}

  @doc "Returns the documentation of a library module, in the format `docs_v1`."
  @spec fetch_docs(module() | String.t()) ::
          {:docs_v1, annotation, beam_language, format, module_doc :: doc_content, metadata, docs :: [doc_element]}
          | {:error, :module_not_found | :chunk_not_found | {:invalid_chunk, binary()} | :invalid_beam}
        when annotation: :erl_anno.anno(),
             beam_language: :elixir | :erlang | atom(),
             doc_content: %{optional(binary()) => binary()} | :none | :hidden,
             doc_element:
               {{kind :: atom(), function_name :: atom(), arity()}, annotation, signature, doc_content, metadata},
             format: binary(),
             signature: [binary()],
             metadata: map()
  def fetch_docs(module_or_path) when is_atom(module_or_path) do
    with {:error, :module_not_found} = error <- signed_docs(:beamlet_code.fetch_docs(module_or_path)) do
      case :code.get_object_code(module_or_path) do
        {^module_or_path, code, path} -> docs_in(code, path, module_or_path)
        :error -> error
      end
    end
  end

  def fetch_docs(path) when is_binary(path) do
    path = String.to_charlist(path)
    docs_in(path, path, path |> Path.basename(".beam") |> String.to_atom())
  end

  # Docs stand in the object code, or in a file of their own below the folder beside that of the object code.
  defp docs_in(code, path, module) do
    with {:error, :beam_lib, {:missing_chunk, _, _}} <- :beam_lib.chunks(code, [~c"Docs"]),
         {:error, _} <- File.read(Path.expand("../../doc/chunks/#{module}.chunk", path)) do
      {:error, :chunk_not_found}
    else
      {:ok, {_module, [{_, chunk}]}} -> chunk |> :erlang.binary_to_term() |> signed_docs()
      {:ok, chunk} -> chunk |> :erlang.binary_to_term() |> signed_docs()
      {:error, :beam_lib, _} -> {:error, :module_not_found}
    end
  end

  defp signed_docs({:docs_v1, anno, language, format, doc, metadata, docs}) when is_list(docs),
    do: {:docs_v1, anno, language, format, doc, metadata, Enum.map(docs, &signed/1)}

  defp signed_docs(other), do: other

  # Defaults that are code are kept as such.
  defp signed({key, anno, [{name, parameters}], doc, metadata}) do
    parameters =
      Enum.map_join(parameters, ", ", fn
        {name, default} -> "#{name} \\\\ #{on_one_line(default)}"
        name -> name
      end)

    {key, anno, ["#{name}(#{parameters})"], doc, metadata}
  end

  defp signed(entry), do: entry

  defp on_one_line(quoted),
    do: quoted |> quoted_to_algebra() |> Inspect.Algebra.format(:infinity) |> IO.iodata_to_binary()

  ## Paths: folders with object code

  @doc "Adds a folder at the end of those in which object code of modules is looked for."
  @spec append_path(Path.t(), [{:cache, boolean()}]) :: true | false
  def append_path(path, opts \\ []) when is_list(opts), do: true == :code.add_pathz(folder(path))

  @doc "Adds a folder before those in which object code of modules is looked for."
  @spec prepend_path(Path.t(), [{:cache, boolean()}]) :: boolean()
  def prepend_path(path, opts \\ []) when is_list(opts), do: true == :code.add_patha(folder(path))

  @doc "Adds folders at the end."
  @spec append_paths([Path.t()], [{:cache, boolean()}]) :: :ok
  def append_paths(paths, opts \\ []) when is_list(paths) and is_list(opts),
    do: :code.add_pathsz(Enum.map(paths, &folder/1))

  @doc "Adds folders at the front."
  @spec prepend_paths([Path.t()], [{:cache, boolean()}]) :: :ok
  def prepend_paths(paths, opts \\ []) when is_list(paths) and is_list(opts),
    do: :code.add_pathsa(Enum.map(paths, &folder/1))

  @doc "Removes a folder; whether it was there."
  @spec delete_path(Path.t()) :: boolean()
  def delete_path(path), do: :code.del_path(folder(path))

  @doc "Removes folders."
  @spec delete_paths([Path.t()]) :: :ok
  def delete_paths(paths) when is_list(paths), do: :code.del_paths(Enum.map(paths, &folder/1))

  defp folder(path), do: path |> Path.expand() |> String.to_charlist()

  @doc false
  @deprecated "Use Code.Fragment.cursor_context/2 instead"
  def cursor_context(code, options \\ []), do: Code.Fragment.cursor_context(code, options)

  @doc false
  @deprecated "Use Code.required_files/0 instead"
  def loaded_files, do: required_files()

  @doc false
  @deprecated "Use Code.unrequire_files/1 instead"
  def unload_files(files), do: unrequire_files(files)

  @doc false
  @deprecated "Use Code.require_file/2 or Code.compile_file/2 instead"
  def load_file(file, relative_to \\ nil) when is_binary(file), do: compile_file(file, relative_to)

  @doc false
  @deprecated "Code.get_docs/2 always returns nil as its outdated documentation is no longer stored on BEAM files. Use Code.fetch_docs/1 instead"
  def get_docs(_module, _kind), do: nil
end

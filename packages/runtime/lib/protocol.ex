# Protocols: dispatch on the type of the first argument. Implementations are modules named `Protocol.Type`, found by
# name at each call, so that one may be defined at any time. A consolidated protocol knows its implementations as well, but
# finds them in the same way: unlike Elixir's it does not ignore those that are defined later.
# Runs while the rest of the library is compiled, so it uses natives and `:lists` only.
defmodule Protocol do
  @moduledoc """
  What `defprotocol/2` and `defimpl/3` are made of, and functions to check and derive implementations.

      defprotocol Size do
        def size(data)
      end

      defimpl Size, for: BitString do
        def size(string), do: byte_size(string)
      end
  """

  @doc "The functions, name or consolidation of a protocol."
  @callback __protocol__(atom) :: term

  @doc "The module that implements the protocol for a term, or `nil`."
  @callback impl_for(term) :: module | nil

  @doc "Like `impl_for/1`, but raises `Protocol.UndefinedError`."
  @callback impl_for!(term) :: module

  @doc "Makes the code of a derived implementation."
  @macrocallback __deriving__(module, term) :: Macro.t()

  @optional_callbacks __deriving__: 2

  @doc "Declares a function of the protocol; inside `defprotocol/2` it takes the place of `Kernel.def/2`."
  defmacro def(signature)

  defmacro def({_, _, args}) when args == [] or is_atom(args) do
    raise ArgumentError, "protocol functions expect at least one argument"
  end

  defmacro def({name, _, args}) when is_atom(name) and is_list(args) do
    arity = length(args)
    others = :lists.seq(2, arity)
    types = [quote(do: t) | :lists.map(fn _ -> quote(do: term) end, others)]

    vars = [
      quote(do: term)
      | :lists.map(fn n -> {:erlang.binary_to_atom("arg#{n}"), [], __MODULE__} end, others)
    ]

    quote do
      @__functions__ [{unquote(name), unquote(arity)} | @__functions__]

      doc = :elixir_module.get_attribute(__MODULE__, :doc, nil, nil)
      Kernel.def(unquote(name)(unquote_splicing(args)))

      Kernel.def unquote(name)(unquote_splicing(vars)) do
        impl_for!(term).unquote(name)(unquote_splicing(vars))
      end

      # The function is a callback too.
      if doc, do: :elixir_module.put_attribute(__MODULE__, :doc, doc, nil)

      if not Protocol.__callback__(__MODULE__, {unquote(name), unquote(arity)}) do
        @callback unquote(name)(unquote_splicing(types)) :: term
      end
    end
  end

  defmacro def(_) do
    raise ArgumentError, "invalid arguments for def inside defprotocol"
  end

  @doc "Raises `ArgumentError` unless `module` is a protocol."
  @spec assert_protocol!(module()) :: :ok
  def assert_protocol!(module), do: assert_protocol!(module, "")

  defp assert_protocol!(module, extra) do
    load!(module, extra)

    if function_exported?(module, :__protocol__, 1) do
      :ok
    else
      raise ArgumentError, "#{inspect(module)} is not a protocol" <> extra
    end
  end

  @doc "Raises `ArgumentError` unless `protocol` is implemented for `base`."
  @spec assert_impl!(module(), module()) :: :ok
  def assert_impl!(protocol, base), do: assert_impl!(protocol, base, "")

  defp assert_impl!(protocol, base, extra) do
    impl = __concat__(protocol, base)
    load!(impl, extra)

    if not function_exported?(impl, :__impl__, 1) do
      raise ArgumentError, "#{inspect(impl)} is not an implementation of a protocol" <> extra
    end

    case impl.__impl__(:protocol) do
      ^protocol ->
        :ok

      other ->
        raise ArgumentError,
              "expected #{inspect(impl)} to be an implementation of #{inspect(protocol)}" <>
                ", got: #{inspect(other)}" <> extra
    end
  end

  defp load!(module, extra) do
    # The module may be one of a file that is compiled at the same time.
    loaded = with {:error, _} <- :code.ensure_loaded(module), do: Code.ensure_compiled(module)

    case loaded do
      {:module, _} ->
        :ok

      {:error, reason} ->
        raise ArgumentError,
              "could not load module #{inspect(module)} due to reason #{inspect(reason)}" <> extra
    end
  end

  @doc "Derives `protocol` for a struct's `module` after its definition."
  defmacro derive(protocol, module, options \\ []) do
    quote do
      Protocol.__derive__([{unquote(protocol), unquote(options)}], unquote(module), __ENV__)
    end
  end

  @doc "Tells whether the protocol knows its implementations."
  @spec consolidated?(module()) :: boolean()
  def consolidated?(protocol), do: protocol.__protocol__(:consolidated?)

  @doc """
  `{:ok, object_code}`: the protocol with its implementations, given by their types. Nothing changes before that is loaded.
  """
  @spec consolidate(module(), [module()]) ::
          {:ok, binary()} | {:error, :not_a_protocol} | {:error, :no_beam_info}
  def consolidate(protocol, types) when is_atom(protocol) and is_list(types) do
    with [_ | _] <- :code.which(protocol),
         {^protocol, object_code, _file} <- :code.get_object_code(protocol),
         {:ok, {^protocol, [attributes: attributes]}} <- :beam_lib.chunks(object_code, [:attributes]) do
      case attributes[:__protocol__] do
        [fallback_to_any: any?] ->
          types = :lists.sort(if any?, do: types, else: :lists.delete(Any, types))
          {:ok, _, chunks} = :beam_lib.all_chunks(object_code)
          :beam_lib.build_module(chunks ++ [{~c"Prot", :erlang.term_to_binary(types)}])

        _ ->
          {:error, :not_a_protocol}
      end
    else
      _ -> {:error, if(library?(protocol), do: :not_a_protocol, else: :no_beam_info)}
    end
  end

  defp library?(module), do: :application.builtin_application(module) != :undefined

  @doc "Lists the protocols whose object code is in the folders `paths`."
  @spec extract_protocols([charlist() | String.t()]) :: [atom()]
  def extract_protocols(paths) when is_list(paths) do
    extract(paths, ~c"Elixir.", fn module, attributes ->
      case attributes[:__protocol__] do
        [fallback_to_any: _] -> module
        _ -> nil
      end
    end)
  end

  @doc "Lists the types for which there is object code of an implementation of the protocol in the folders `paths`."
  @spec extract_impls(module(), [charlist() | String.t()]) :: [atom()]
  def extract_impls(protocol, paths) when is_atom(protocol) and is_list(paths) do
    prefix = :erlang.atom_to_list(protocol) ++ ~c"."

    extract(paths, prefix, fn _module, attributes ->
      case attributes[:__impl__] do
        [protocol: ^protocol, for: for] -> for
        _ -> nil
      end
    end)
  end

  defp extract(paths, prefix, fun) do
    for path <- paths,
        {module, attributes} <- modules_in(IO.chardata_to_string(path), prefix),
        found = fun.(module, attributes),
        do: found
  end

  # The library's own modules are no files, but appear where they would be.
  defp modules_in(path, prefix) do
    if path == "#{:code.lib_dir(:elixir)}/ebin" do
      for {name, _, _} <- :code.all_available(),
          :lists.prefix(prefix, name),
          module = :erlang.list_to_atom(name),
          {:module, _} <- [:code.ensure_loaded(module)],
          do: {module, module.module_info(:attributes)}
    else
      for file <- Path.wildcard("#{path}/*.beam"),
          :lists.prefix(prefix, :erlang.binary_to_list(Path.basename(file))),
          {:ok, {module, [attributes: attributes]}} <- [:beam_lib.chunks(:erlang.binary_to_list(file), [:attributes])],
          do: {module, attributes}
    end
  end

  @doc false
  # The types of the implementations that a consolidated protocol knows, else `nil`.
  def __types__(protocol) do
    case :persistent_term.get({Protocol, protocol}, nil) do
      {:open, types} -> types
      types -> types
    end
  end

  @doc false
  # What a project does once it is compiled: its protocols get to know their implementations.
  def __consolidate_loaded__ do
    protocols = of_program(:__protocol__)
    impls = of_program(:__impl__)

    for protocol <- protocols do
      types = for impl <- impls, impl.__impl__(:protocol) == protocol, do: impl.__impl__(:for)

      :persistent_term.put({Protocol, protocol}, {:open, :lists.sort(types)})
    end

    :ok
  end

  # Asked for what it exports first, as object code may have to be read.
  defp of_program(function) do
    for {module, _} <- :code.all_loaded(),
        function_exported?(module, function, 1),
        not library?(module),
        :code.get_object_code(module) != :error,
        do: module
  end

  ## Parts of the macros in Kernel

  @doc false
  def __protocol__(name, do: block) do
    quote do
      defmodule unquote(name) do
        @behaviour Protocol
        @before_compile Protocol

        import Kernel, except: [def: 1, def: 2, defdelegate: 2, defguard: 1, defguardp: 1]
        import Protocol, only: [def: 1]

        @__functions__ []
        @fallback_to_any false

        _ = unquote(block)
        unquote(after_block())
      end
    end
  end

  @doc false
  # The specs of a function are those of its callback; `false` where it has none.
  def __callback__(module, {name, arity}) do
    specs =
      for {:spec, expression, position} <- :elixir_module.get_attribute(module, :spec, nil, []),
          match?([{^name, _, ^arity}], callback_head(expression)) do
        :elixir_module.put_typespec(:callback, expression, 0, position)
      end

    specs != []
  end

  @doc false
  defmacro __before_compile__(env) do
    if :elixir_module.get_attribute(env.module, :__functions__, nil, []) == [] do
      IO.warn("protocols must define at least one function, but none was defined", env)
    end

    functions = :elixir_module.get_attribute(env.module, :__functions__, nil, [])

    for kind <- [:callback, :macrocallback],
        {_kind, expr, _pos} <- :elixir_module.get_attribute(env.module, kind, nil, []),
        {name, meta, arity} <- callback_head(expr),
        kind == :macrocallback or {name, arity} not in functions do
      IO.warn(
        "cannot define @#{kind} #{name}/#{arity} inside protocol, use def/1 to outline your protocol definition",
        %{env | line: meta[:line] || env.line}
      )
    end

    if :elixir_module.get_attribute(env.module, :optional_callbacks, nil, []) != [] do
      IO.warn(
        "cannot define @optional_callbacks inside protocol, all of the protocol definitions are required",
        env
      )
    end

    nil
  end

  defp callback_head({:when, _, [{:"::", _, _} = spec, _vars]}), do: callback_head(spec)
  defp callback_head({:"::", _, [{name, meta, args}, _]}) when is_list(args), do: [{name, meta, length(args)}]
  defp callback_head({:"::", _, [{name, meta, _}, _]}), do: [{name, meta, 0}]
  defp callback_head(_other), do: []

  defp after_block do
    quote bind_quoted: [built_in: __built_in__()] do
      any_impl_for = if @fallback_to_any, do: __MODULE__.Any, else: nil

      description =
        :elixir_module.get_attribute(__MODULE__, :undefined_impl_description, nil, "")

      @doc false
      Kernel.def(impl_for(data))

      Kernel.def impl_for(%struct{}) do
        target = Protocol.__concat__(__MODULE__, struct)

        case :code.ensure_compiled(target) do
          {:module, module} -> module
          {:error, _} -> unquote(any_impl_for)
        end
      end

      :lists.foreach(
        fn {guard, type} ->
          target = Protocol.__concat__(__MODULE__, type)

          Kernel.def impl_for(data) when :erlang.unquote(guard)(data) do
            case :code.ensure_compiled(unquote(target)) do
              {:module, module} -> module
              {:error, _} -> unquote(any_impl_for)
            end
          end
        end,
        built_in
      )

      Kernel.def(impl_for(_other), do: unquote(any_impl_for))

      @doc false
      if any_impl_for do
        Kernel.def(impl_for!(data), do: impl_for(data))
      else
        Kernel.def impl_for!(data) do
          case impl_for(data) do
            nil ->
              :erlang.error(
                Protocol.UndefinedError.exception(
                  protocol: __MODULE__,
                  value: data,
                  description: unquote(description)
                )
              )

            module ->
              module
          end
        end
      end

      if not Module.defines_type?(__MODULE__, {:t, 0}) do
        @typedoc "All the types that implement this protocol."
        @type t :: term
      end

      :elixir_module.register_attribute(__MODULE__, :__protocol__, persist: true)
      @__protocol__ [fallback_to_any: !!@fallback_to_any]

      @doc false
      Kernel.def(__protocol__(:module), do: __MODULE__)
      Kernel.def(__protocol__(:functions), do: unquote(:lists.sort(@__functions__)))
      Kernel.def(__protocol__(:consolidated?), do: Protocol.__types__(__MODULE__) != nil)

      Kernel.def __protocol__(:impls) do
        case Protocol.__types__(__MODULE__) do
          nil -> :not_consolidated
          types -> {:consolidated, types}
        end
      end
    end
  end

  @doc false
  def __impl__(protocol, opts, do_block, env) do
    opts = :lists.foldl(fn {key, _} = pair, acc -> :lists.keystore(key, 1, acc, pair) end, opts, do_block)

    {type, opts} =
      case :lists.keytake(:for, 1, opts) do
        {:value, {:for, type}, opts} ->
          {type, opts}

        false when env.module != nil ->
          {env.module, opts}

        false ->
          raise ArgumentError, "defimpl/3 expects a :for option when declared outside a module"
      end

    type =
      Macro.expand_literals(type, %{env | module: env.module || Elixir, function: {:__impl__, 1}})

    case opts do
      [] -> raise ArgumentError, "defimpl expects a do-end block"
      [do: block] -> implement(protocol, type, block)
      _ -> raise ArgumentError, "unknown options given to defimpl, got: #{Macro.to_string(opts)}"
    end
  end

  defp implement(protocol, types, block) when is_list(types) do
    :lists.map(&implement(protocol, &1, block), types)
  end

  defp implement(protocol, type, block) do
    # Unquoted within the module's body.
    info =
      quote unquote: false do
        @doc false
        def __impl__(:for), do: unquote(for)
        def __impl__(:protocol), do: unquote(protocol)
      end

    quote do
      protocol = unquote(protocol)
      for = unquote(type)
      name = Protocol.__concat__(protocol, for)

      Protocol.assert_protocol!(protocol)
      Protocol.__warn_consolidated__(protocol, for, __ENV__)

      defmodule name do
        @moduledoc false
        @behaviour protocol
        @protocol protocol
        @for for

        result = unquote(block)
        :elixir_module.register_attribute(__MODULE__, :__impl__, persist: true)
        @__impl__ [protocol: @protocol, for: @for]

        unquote(info)
        result
      end
    end
  end

  @doc false
  def __warn_consolidated__(protocol, for, env) do
    # `:open` is what the runtime itself has consolidated, where new implementations do have an effect.
    if is_list(:persistent_term.get({Protocol, protocol}, nil)) and not Code.get_compiler_option(:ignore_already_consolidated) do
      IO.warn(
        "the #{inspect(protocol)} protocol has already been consolidated, an " <>
          "implementation for #{inspect(for)} has no effect. If you want to " <>
          "implement protocols after compilation or during tests, check the " <>
          "\"Consolidation\" section in the Protocol module documentation",
        env
      )
    end
  end

  @doc false
  def __derive__(derives, type, env) when is_atom(type) do
    :lists.foreach(
      fn
        {protocol, opts} when is_atom(protocol) -> derive_one(protocol, type, opts, env)
        protocol when is_atom(protocol) -> derive_one(protocol, type, [], env)
      end,
      :lists.flatten(derives)
    )
  end

  defp derive_one(protocol, type, opts, env) do
    extra = ", cannot derive #{inspect(protocol)} for #{inspect(type)}"
    assert_protocol!(protocol, extra)
    any = __concat__(protocol, Any)

    quoted =
      cond do
        macro_exported?(protocol, :__deriving__, 2) ->
          apply(protocol, :"MACRO-__deriving__", [env, type, opts])

        assert_impl!(protocol, Any, extra) == :ok and macro_exported?(any, :__deriving__, 3) ->
          apply(any, :"MACRO-__deriving__", [env, type, Macro.struct!(type, env), opts])

        true ->
          Macro.struct!(type, env)
          delegate_to_any(protocol, any, type)
      end

    {_, _, _} = :elixir.eval_quoted(quoted, [], %{env | versioned_vars: %{}})
    :ok
  end

  defp delegate_to_any(protocol, any, type) do
    functions =
      :lists.map(
        fn {name, arity} ->
          args = Macro.generate_arguments(arity, nil)

          quote do
            def unquote(name)(unquote_splicing(args)),
              do: unquote(any).unquote(name)(unquote_splicing(args))
          end
        end,
        protocol.__protocol__(:functions)
      )

    quote do
      defimpl unquote(protocol), for: unquote(type) do
        (unquote_splicing(functions))
      end
    end
  end

  @doc false
  def __built_in__ do
    [
      is_tuple: Tuple,
      is_atom: Atom,
      is_list: List,
      is_map: Map,
      is_bitstring: BitString,
      is_integer: Integer,
      is_float: Float,
      is_function: Function,
      is_pid: PID,
      is_port: Port,
      is_reference: Reference
    ]
  end

  @doc false
  def __concat__(left, nil), do: :elixir_aliases.concat([left, "nil"])
  def __concat__(left, right), do: :elixir_aliases.concat([left, right])
end

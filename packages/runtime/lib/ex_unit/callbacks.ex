defmodule ExUnit.Callbacks do
  @moduledoc """
  What runs before and after tests: `setup/1` before each test in its process, `setup_all/1` once before all tests of a
  module in a process of its own, `on_exit/2` after a test. A set-up gives the context more data by returning a map, a
  keyword list, or one of these with `:ok`.
  """

  ## Definition

  @doc false
  def __register__(module) do
    for {attribute, value} <- [
          ex_unit_describe: nil,
          ex_unit_setup: [],
          ex_unit_setup_all: [],
          ex_unit_used_describes: %{}
        ] do
      Module.put_attribute(module, attribute, value)
    end

    :ok
  end

  @doc false
  def __callbacks__(module) do
    setup = Module.get_attribute(module, :ex_unit_setup)
    setup_all = Module.get_attribute(module, :ex_unit_setup_all)
    describes = Module.get_attribute(module, :ex_unit_used_describes)

    callbacks =
      quote do
        unquote(define(:setup, setup, describes))
        unquote(define(:setup_all, setup_all, []))
      end

    {setup_all != [], callbacks}
  end

  @doc "Defines what runs before each test: a block, or the names of functions of one parameter."
  defmacro setup(block_or_functions) do
    if Keyword.keyword?(block_or_functions) do
      setup_block(:__setup__, quote(do: _), block_or_functions)
    else
      quote do
        ExUnit.Callbacks.__setup__(__MODULE__, unquote(block_or_functions))
      end
    end
  end

  @doc "Defines a block that runs before each test, with a pattern for the context."
  defmacro setup(context, block) do
    check_block!(:setup, block)
    setup_block(:__setup__, context, block)
  end

  @doc "Defines what runs before all tests of the module: a block, or the names of functions."
  defmacro setup_all(block) do
    if Keyword.keyword?(block) do
      setup_block(:__setup_all__, quote(do: _), block)
    else
      quote do
        ExUnit.Callbacks.__setup_all__(__MODULE__, unquote(block))
      end
    end
  end

  @doc "Defines a block that runs before all tests of the module, with a pattern for the context."
  defmacro setup_all(context, block) do
    check_block!(:setup_all, block)
    setup_block(:__setup_all__, context, block)
  end

  defp check_block!(kind, block) do
    if not (Keyword.keyword?(block) and Keyword.has_key?(block, :do)) do
      raise ArgumentError,
            "#{kind}/2 requires a block as the second argument after the context, got: #{Macro.to_string(block)}"
    end
  end

  defp setup_block(register, context, block) do
    context = Macro.escape(context, unquote: true)
    block = Macro.escape(block, unquote: true)

    quote bind_quoted: [register: register, context: context, block: block] do
      name = apply(ExUnit.Callbacks, register, [__MODULE__])
      defp unquote(name)(unquote(context)), unquote(block)
    end
  end

  @doc false
  def __setup__(module) do
    count = length(Module.get_attribute(module, :ex_unit_setup))

    name =
      case Module.get_attribute(module, :ex_unit_describe) do
        {_line, _message, counter} -> :"__ex_unit_setup_#{counter}_#{count}"
        nil -> :"__ex_unit_setup_#{count}"
      end

    prepend(module, :ex_unit_setup, [name])
    name
  end

  @doc false
  def __setup__(module, callbacks), do: prepend(module, :ex_unit_setup, checked(callbacks))

  @doc false
  def __setup_all__(module) do
    outside_describe!(module)
    name = :"__ex_unit_setup_all_#{length(Module.get_attribute(module, :ex_unit_setup_all))}"
    prepend(module, :ex_unit_setup_all, [name])
    name
  end

  @doc false
  def __setup_all__(module, callbacks) do
    outside_describe!(module)
    prepend(module, :ex_unit_setup_all, checked(callbacks))
  end

  # The attributes hold the callbacks last first.
  defp prepend(module, attribute, callbacks) do
    known = Module.get_attribute(module, attribute)
    Module.put_attribute(module, attribute, Enum.reverse(callbacks, known))
  end

  defp outside_describe!(module) do
    if Module.get_attribute(module, :ex_unit_describe) do
      raise "cannot invoke setup_all/1-2 inside describe as setup_all " <>
              "always applies to all tests in a module"
    end
  end

  defp checked(callbacks) do
    for callback <- List.wrap(callbacks) do
      case callback do
        {mod, fun} when is_atom(mod) and is_atom(fun) ->
          callback

        name when is_atom(name) ->
          name

        invalid ->
          raise ArgumentError,
                "setup/setup_all expect a callback as an atom, " <>
                  "a {module, function} tuple or a list of callbacks, got: " <> inspect(invalid)
      end
    end
  end

  defp define(kind, callbacks, describes) do
    clauses =
      for {describe, name} <- describes,
          name != nil,
          clause <- quote(do: (unquote(describe) -> unquote(name)(var!(context)))),
          do: clause

    body =
      if clauses == [] do
        chain(callbacks, kind)
      else
        clauses = clauses ++ quote(do: (_ -> var!(context)))

        quote do
          var!(context) = unquote(chain(callbacks, kind))
          case Map.get(var!(context), :describe, nil), do: unquote(clauses)
        end
      end

    quote do
      def __ex_unit__(unquote(kind), var!(context)), do: unquote(body)
    end
  end

  # The callbacks, last first, as one expression in which each gets the context that those before it made.
  defp chain([], _kind), do: quote(do: var!(context))

  defp chain([last | before], kind) do
    call =
      case last do
        {module, function} -> quote(do: unquote(module).unquote(function)(var!(context)))
        function -> quote(do: unquote(function)(var!(context)))
      end

    quote do
      var!(context) = unquote(chain(before, kind))
      merged = ExUnit.Callbacks.__merge__(__MODULE__, unquote(kind), var!(context), unquote(call))
      ExUnit.Callbacks.__noop__()
      merged
    end
  end

  @doc false
  # Called last, so that an error of the call before it shows where the callback stands.
  def __noop__, do: :noop

  @reserved [:case, :file, :line, :test, :async, :registered, :describe]

  @doc false
  def __merge__(_mod, _kind, context, :ok), do: context
  def __merge__(mod, kind, context, {:ok, data} = value), do: merge(mod, kind, context, data, value)
  def __merge__(mod, kind, context, data), do: merge(mod, kind, context, data, data)

  defp merge(mod, kind, context, data, _value) when is_list(data) do
    merge_map(mod, kind, context, Map.new(data))
  end

  defp merge(mod, kind, context, data, _value)
       when is_map(data) and not is_map_key(data, :__struct__) do
    merge_map(mod, kind, context, data)
  end

  defp merge(mod, kind, _context, _data, value) do
    raise "expected ExUnit #{kind} callback in #{inspect(mod)} to " <>
            "return the atom :ok, a keyword, or a map, got #{inspect(value)} instead"
  end

  defp merge_map(mod, kind, context, data) do
    Map.merge(context, data, fn
      key, old, new when key in @reserved and old != new ->
        raise "ExUnit #{kind} callback in #{inspect(mod)} is trying to set " <>
                "reserved field #{inspect(key)} to #{inspect(new)}"

      _key, _old, new ->
        new
    end)
  end

  ## Describe blocks

  @doc false
  def __describe__(module, line, message, fun) do
    used = Module.get_attribute(module, :ex_unit_used_describes)

    cond do
      Module.get_attribute(module, :ex_unit_describe) ->
        raise "cannot call \"describe\" inside another \"describe\". See the documentation " <>
                "for ExUnit.Case.describe/2 on named setups and how to handle hierarchies"

      not is_binary(message) ->
        raise ArgumentError, "describe name must be a string, got: #{inspect(message)}"

      is_map_key(used, message) ->
        raise ArgumentError,
              "describe #{inspect(message)} is already defined in #{inspect(module)}"

      Module.get_attribute(module, :describetag) != [] ->
        raise "@describetag must be set inside describe/2 blocks"

      Module.get_attribute(module, :tag) != [] ->
        IO.warn("found unused @tag before \"describe\", did you mean to use @describetag?")

      true ->
        :ok
    end

    setup = Module.get_attribute(module, :ex_unit_setup)
    Module.put_attribute(module, :ex_unit_setup, [])
    Module.put_attribute(module, :ex_unit_describe, {line, message, map_size(used)})

    try do
      fun.(message, used)
    after
      Module.put_attribute(module, :ex_unit_describe, nil)
      Module.put_attribute(module, :ex_unit_setup, setup)
      Module.delete_attribute(module, :describetag)

      for attribute <- Module.get_attribute(module, :ex_unit_registered_describe_attributes) do
        Module.delete_attribute(module, attribute)
      end
    end
  end

  # The function that sets up the tests of the block, `{name, body}`.
  @doc false
  def __describe__(module, message, used) do
    {name, body} =
      case Module.get_attribute(module, :ex_unit_setup) do
        [] -> {nil, nil}
        callbacks -> {:"__ex_unit_describe_#{map_size(used)}", chain(callbacks, :setup)}
      end

    Module.put_attribute(module, :ex_unit_used_describes, Map.put(used, message, name))
    {name, body}
  end

  ## Run time

  @doc "Runs the callback when the test ends, however it ends; a name takes the place of the callback of that name."
  @spec on_exit(term(), (-> term())) :: :ok
  def on_exit(name_or_ref \\ make_ref(), callback) when is_function(callback, 0) do
    with :error <- ExUnit.OnExitHandler.add(self(), name_or_ref, callback) do
      raise ArgumentError, "on_exit/2 callback can only be invoked from the test process"
    end
  end

  @doc "Starts a child under the supervisor of the test, which ends before the next test."
  @doc since: "1.5.0"
  @spec start_supervised(Supervisor.child_spec() | module() | {module(), term()}, keyword()) ::
          Supervisor.on_start_child()
  def start_supervised(child_spec_or_module, opts \\ []) do
    case ExUnit.fetch_test_supervisor() do
      {:ok, supervisor} ->
        Supervisor.start_child(supervisor, Supervisor.child_spec(child_spec_or_module, opts))

      :error ->
        raise ArgumentError, "start_supervised/2 can only be invoked from the test process"
    end
  end

  @doc "Like `start_supervised/2`, but returns the pid or raises."
  @doc since: "1.6.0"
  @spec start_supervised!(Supervisor.child_spec() | module() | {module(), term()}, keyword()) ::
          pid()
  def start_supervised!(child_spec_or_module, opts \\ []) do
    case start_supervised(child_spec_or_module, opts) do
      {:ok, pid} ->
        pid

      {:ok, pid, _info} ->
        pid

      {:error, reason} ->
        raise "failed to start child with the spec #{inspect(child_spec_or_module)}.\n" <>
                "Reason: #{start_error(reason)}"
    end
  end

  defp start_error({{:EXIT, reason}, info}) when is_tuple(info), do: Exception.format_exit(reason)
  defp start_error({reason, info}) when is_tuple(info), do: Exception.format_exit(reason)
  defp start_error(reason), do: Exception.format_exit({:start_spec, reason})

  @doc "Like `start_supervised!/2`, and links the child to the test."
  @doc since: "1.14.0"
  @spec start_link_supervised!(Supervisor.child_spec() | module() | {module(), term()}, keyword()) ::
          pid()
  def start_link_supervised!(child_spec_or_module, opts \\ []) do
    pid = start_supervised!(child_spec_or_module, opts)
    Process.link(pid)
    pid
  end

  @doc "Stops a child of the test's supervisor."
  @doc since: "1.5.0"
  @spec stop_supervised(term()) :: :ok | {:error, :not_found}
  def stop_supervised(id) do
    case ExUnit.OnExitHandler.get_supervisor(self()) do
      {:ok, nil} ->
        {:error, :not_found}

      {:ok, supervisor} ->
        with {_id, pid, _type, _modules} when is_pid(pid) <-
               List.keyfind(Supervisor.which_children(supervisor), id, 0) do
          Process.unlink(pid)
        end

        with :ok <- Supervisor.terminate_child(supervisor, id) do
          # A temporary child is gone with its end.
          true = Supervisor.delete_child(supervisor, id) in [:ok, {:error, :not_found}]
          :ok
        end

      :error ->
        raise ArgumentError, "stop_supervised/1 can only be invoked from the test process"
    end
  end

  @doc "Like `stop_supervised/1`, or raises."
  @doc since: "1.10.0"
  @spec stop_supervised!(term()) :: :ok
  def stop_supervised!(id) do
    with {:error, :not_found} <- stop_supervised(id) do
      raise "could not stop child ID #{inspect(id)} because it was not found"
    end
  end
end

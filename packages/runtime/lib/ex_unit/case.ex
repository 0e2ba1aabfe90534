defmodule ExUnit.Case do
  @moduledoc """
  Modules of tests.

      defmodule StackTest do
        use ExUnit.Case, async: true

        setup do
          {:ok, stack: []}
        end

        describe "push" do
          @tag :slow
          test "adds on top", %{stack: stack} do
            assert [1 | stack] == [1]
          end
        end
      end

  Options of `use`: `:async` runs the module at the same time as others, `:group` not at the same time as those of its
  group, `:parameterize` once for each map of a list, `:register` says whether to run it at all.

  Tags are set with `@tag`, `@describetag` and `@moduletag`, reach tests in their context, and choose tests by
  `:include` and `:exclude` of `ExUnit.configure/1`. These mean something: `:capture_log`, `:skip` (with a reason),
  `:timeout`, `:tmp_dir`.
  """

  @type env :: module() | Macro.Env.t()
  @reserved [:module, :file, :line, :test, :async, :registered, :describe]
  @keys [:async, :group, :parameterize, :register]
  @registries [
    :ex_unit_registered_module_attributes,
    :ex_unit_registered_describe_attributes,
    :ex_unit_registered_test_attributes
  ]

  @doc false
  defmacro __using__(opts) do
    quote do
      ExUnit.Case.__register__(__MODULE__, unquote(opts))

      import ExUnit.Callbacks
      import ExUnit.Assertions
      import ExUnit.Case, only: [describe: 2, test: 1, test: 2, test: 3]
      import ExUnit.DocTest
    end
  end

  @doc false
  def __keys__(opts), do: Keyword.take(opts, @keys)

  @doc false
  def __register__(module, opts) do
    if not Keyword.keyword?(opts) do
      raise ArgumentError,
            ~s(the argument passed to "use ExUnit.Case" must be a list of options, ) <>
              ~s(got: #{inspect(opts)})
    end

    {register?, opts} = Keyword.pop(opts, :register, true)
    {known, unknown} = Keyword.split(opts, @keys)
    if unknown != [], do: IO.warn("unknown options given to ExUnit.Case: #{inspect(unknown)}")

    if not Module.has_attribute?(module, :ex_unit_tests) do
      if Enum.any?([:moduletag, :describetag, :tag], &Module.has_attribute?(module, &1)) do
        raise "you must set @tag, @describetag, and @moduletag after the call to \"use ExUnit.Case\""
      end

      for attribute <- [:ex_unit_tests, :tag, :describetag, :moduletag | @registries] do
        Module.register_attribute(module, attribute, accumulate: true)
      end

      if register?, do: Module.put_attribute(module, :after_compile, ExUnit.Case)
      ExUnit.Callbacks.__register__(module)
      Module.put_attribute(module, :before_compile, ExUnit.Case)
    end

    past = Module.get_attribute(module, :ex_unit_module, [])
    Module.put_attribute(module, :ex_unit_module, Keyword.merge(past, known))
    :ok
  end

  @doc "Defines a test with a name, a pattern for its context, and a body."
  defmacro test(message, var \\ quote(do: _), contents) do
    if not is_tuple(var) do
      IO.warn(
        "test context is always a map. The pattern " <>
          "#{inspect(Macro.to_string(var))} will never match",
        Macro.Env.stacktrace(__CALLER__)
      )
    end

    contents =
      case contents do
        [do: block] ->
          quote do
            unquote(block)
            :ok
          end

        _ ->
          quote do
            try(unquote(contents))
            :ok
          end
      end

    %{module: mod, file: file, line: line} = __CALLER__

    name =
      quote do
        name = ExUnit.Case.register_test(unquote(mod), unquote(file), unquote(line), :test, unquote(message), [])
      end

    # Written out, so that what is in the body has the place of the test as any macro's result has.
    definition = {:def, [], [{{:unquote, [], [quote(do: name)]}, [], [var]}, [do: contents]]}
    {:__block__, [], [name, definition]}
  end

  @doc "Defines a test that is still to be written, and fails."
  defmacro test(message) do
    %{module: mod, file: file, line: line} = __CALLER__

    quote bind_quoted: [mod: mod, file: file, line: line, message: message] do
      name = ExUnit.Case.register_test(mod, file, line, :test, message, [:not_implemented])
      def unquote(name)(_), do: flunk("Not implemented")
    end
  end

  @doc "Groups tests that share a name, tags and set-up."
  @doc since: "1.3.0"
  defmacro describe(message, do: block) do
    definition =
      quote unquote: false do
        defp unquote(name)(var!(context)), do: unquote(body)
      end

    quote do
      ExUnit.Callbacks.__describe__(__MODULE__, __ENV__.line, unquote(message), fn
        message, describes ->
          result = unquote(block)

          case ExUnit.Callbacks.__describe__(__MODULE__, message, describes) do
            {nil, nil} -> :ok
            {name, body} -> unquote(definition)
          end

          result
      end)
    end
  end

  @doc false
  defmacro __before_compile__(%{module: module}) do
    tests = module |> Module.get_attribute(:ex_unit_tests) |> Enum.reverse() |> Macro.escape()
    tags = module |> Module.get_attribute(:moduletag) |> to_map() |> check_tags()
    opts = Module.get_attribute(module, :ex_unit_module, [])
    async? = Keyword.get(opts, :async, false)
    parameters = Keyword.get(opts, :parameterize, nil)

    if not is_boolean(async?) do
      raise ArgumentError, ":async must be a boolean, got: #{inspect(async?)}"
    end

    if not (parameters == nil or (is_list(parameters) and Enum.all?(parameters, &is_map/1))) do
      raise ArgumentError, ":parameterize must be a list of maps, got: #{inspect(parameters)}"
    end

    {setup_all?, callbacks} = ExUnit.Callbacks.__callbacks__(module)

    quote do
      unquote(callbacks)

      def __ex_unit__ do
        %ExUnit.TestModule{
          file: __ENV__.file,
          name: __MODULE__,
          setup_all?: unquote(setup_all?),
          tags: unquote(Macro.escape(tags)),
          tests: unquote(tests)
        }
      end

      def __ex_unit__(:config) do
        %{
          async?: unquote(async?),
          group: unquote(Macro.escape(Keyword.get(opts, :group, nil))),
          parameterize: unquote(Macro.escape(parameters))
        }
      end
    end
  end

  @doc false
  def __after_compile__(%{module: module}, _bytecode) do
    if Process.whereis(ExUnit.Server) == nil do
      raise "cannot use ExUnit.Case without starting the ExUnit application, " <>
              "please call ExUnit.start() or explicitly start the :ex_unit app"
    end

    ExUnit.Server.add_module(module, module.__ex_unit__(:config))
  end

  @doc "Registers a test of a kind of one's own; returns the name of the function to define, of one parameter."
  @doc since: "1.11.0"
  @spec register_test(module(), String.t(), non_neg_integer(), atom(), String.t(), [term()]) ::
          atom()
  def register_test(mod, file, line, test_type, name, tags) do
    if not Module.has_attribute?(mod, :ex_unit_tests) do
      raise "cannot define #{test_type}. Please make sure you have invoked " <>
              "\"use ExUnit.Case\" in the current module"
    end

    registered =
      for key <- @registries, attribute <- Module.get_attribute(mod, key), into: %{} do
        {attribute, Module.get_attribute(mod, attribute)}
      end

    own_tags = Module.delete_attribute(mod, :tag)

    {name, describe, describe_line, describe_tags} =
      case Module.get_attribute(mod, :ex_unit_describe) do
        {line, describe, _counter} ->
          {"#{test_type} #{describe} #{name}", describe, line,
           Module.get_attribute(mod, :describetag)}

        nil ->
          {"#{test_type} #{name}", nil, nil, []}
      end

    name = test_name(name)

    if Module.defines?(mod, {name, 1}) do
      raise ArgumentError, ~s("#{name}" is already defined in #{inspect(mod)})
    end

    tags =
      (tags ++ own_tags ++ describe_tags ++ Module.get_attribute(mod, :moduletag))
      |> to_map()
      |> check_tags()
      |> Map.merge(%{
        line: line,
        file: file,
        registered: registered,
        describe: describe,
        describe_line: describe_line,
        test_type: test_type
      })

    Module.put_attribute(mod, :ex_unit_tests, %ExUnit.Test{
      name: name,
      case: mod,
      tags: tags,
      module: mod
    })

    for attribute <- Module.get_attribute(mod, :ex_unit_registered_test_attributes) do
      Module.delete_attribute(mod, attribute)
    end

    name
  end

  @deprecated "Use register_test/6 instead"
  @doc since: "1.3.0"
  def register_test(%{module: mod, file: file, line: line}, test_type, name, tags) do
    register_test(mod, file, line, test_type, name, tags)
  end

  @doc "Registers an attribute whose value for each test is in the test's context under `:registered`."
  @doc since: "1.3.0"
  @spec register_attribute(env, atom(), keyword()) :: :ok
  def register_attribute(env, name, opts \\ []) do
    register_attribute(:ex_unit_registered_test_attributes, env, name, opts)
  end

  @doc "Like `register_attribute/3`, for the tests of a describe block."
  @doc since: "1.10.0"
  @spec register_describe_attribute(env, atom(), keyword()) :: :ok
  def register_describe_attribute(env, name, opts \\ []) do
    register_attribute(:ex_unit_registered_describe_attributes, env, name, opts)
  end

  @doc "Like `register_attribute/3`, for all tests of the module."
  @doc since: "1.10.0"
  @spec register_module_attribute(env, atom(), keyword()) :: :ok
  def register_module_attribute(env, name, opts \\ []) do
    register_attribute(:ex_unit_registered_module_attributes, env, name, opts)
  end

  defp register_attribute(registry, %{module: mod}, name, opts) do
    register_attribute(registry, mod, name, opts)
  end

  defp register_attribute(registry, mod, name, opts)
       when is_atom(mod) and is_atom(name) and is_list(opts) do
    for key <- @registries, key != registry, name in Module.get_attribute(mod, key) do
      raise ArgumentError, "cannot register attribute #{inspect(name)} multiple times"
    end

    if Module.has_attribute?(mod, name) do
      raise "you must set @#{name} after it has been registered"
    end

    Module.register_attribute(mod, name, opts)
    Module.put_attribute(mod, registry, name)
  end

  @doc "The test that was registered last, or `nil`."
  @doc since: "1.15.0"
  @spec get_last_registered_test(env) :: ExUnit.Test.t() | nil
  def get_last_registered_test(%{module: mod}), do: get_last_registered_test(mod)

  def get_last_registered_test(mod) when is_atom(mod) do
    Module.get_last_attribute(mod, :ex_unit_tests)
  end

  defp check_tags(tags) do
    for tag <- @reserved, Map.has_key?(tags, tag) do
      raise "cannot set tag #{inspect(tag)} because it is reserved by ExUnit"
    end

    if not is_atom(tags[:test_type]), do: raise("value for tag \":test_type\" must be an atom")
    tags
  end

  defp test_name(name) do
    String.to_atom(name)
  rescue
    SystemLimitError ->
      raise SystemLimitError, """
      the computed name of a test (which includes its type, the name of its parent describe \
      block if present, and the test name itself) must be shorter than 255 characters, \
      got: #{inspect(name)}
      """
  end

  # The first of the list counts most.
  defp to_map(tags) do
    Enum.reduce(Enum.reverse(tags), %{}, fn
      {key, value}, acc -> Map.put(acc, key, value)
      tag, acc when is_atom(tag) -> Map.put(acc, tag, true)
      tags, acc when is_list(tags) -> Enum.into(tags, acc)
    end)
  end
end

defmodule ExUnit.DocTest do
  @moduledoc """
  Tests of the examples in documentation.

      defmodule MyModuleTest do
        use ExUnit.Case, async: true
        doctest MyModule
      end

  An example starts with `iex>`, goes on with `...>`, and is followed by the expected value, by `** (Error) message`, or by
  what `inspect/1` shows of the value if that is no Elixir, as in `#PID<0.1.0>`. Examples without an empty line between
  them are one test and share variables.
  """

  defmodule Error do
    @moduledoc "Raised when an example cannot be read."
    defexception [:message]

    @type t :: %__MODULE__{message: String.t()}

    @impl true
    def exception(opts) do
      message = Keyword.fetch!(opts, :message)

      case ExUnit.DocTest.Examples.source(Keyword.fetch!(opts, :module)) do
        nil -> %__MODULE__{message: message}
        file -> %__MODULE__{message: Exception.format_file_line(file, opts[:line]) <> " " <> message}
      end
    end
  end

  @doc "Defines a test for each example of a module. Options: `:only`, `:except` (functions), `:import`, `:tags`."
  defmacro doctest(module, opts \\ []) do
    caller = __CALLER__

    require =
      if is_atom(Macro.expand(module, caller)) do
        quote do
          require unquote(module)
        end
      end

    tests =
      quote bind_quoted: [
              module: module,
              opts: opts,
              env_line: caller.line,
              env_file: caller.file
            ] do
        file = ExUnit.DocTest.Examples.file(module)

        for {name, test, tags} <- ExUnit.DocTest.Examples.of_module(module, opts) do
          @file file
          doc = ExUnit.Case.register_test(__MODULE__, env_file, env_line, :doctest, name, tags)
          def unquote(doc)(_), do: unquote(test)
        end
      end

    [require, tests]
  end

  @doc "Defines a test for each example of a file."
  @doc since: "1.15.0"
  defmacro doctest_file(file, opts \\ []) do
    caller = __CALLER__

    quote bind_quoted: [file: file, opts: opts, env_line: caller.line, env_file: caller.file] do
      for {name, test, tags} <- ExUnit.DocTest.Examples.of_file(file, __MODULE__, opts) do
        doc = ExUnit.Case.register_test(__MODULE__, env_file, env_line, :doctest, name, tags)
        def unquote(doc)(_), do: unquote(test)
      end
    end
  end

  @doc false
  defmacro __assert__({:=, _, [left, right]} = assertion) do
    code = Macro.escape(assertion, prune_metadata: true)
    ExUnit.Assertions.__match__(left, right, code, :ok, __CALLER__)
  end
end

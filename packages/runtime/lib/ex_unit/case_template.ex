defmodule ExUnit.CaseTemplate do
  @moduledoc """
  What several modules of tests share.

      defmodule MyCase do
        use ExUnit.CaseTemplate

        using do
          quote do
            import MyCase.Helpers
          end
        end

        setup do
          {:ok, data: 1}
        end
      end

  A module that says `use MyCase, async: true` gets what `using` quotes and the set-up.
  """

  @doc false
  defmacro __using__(_opts) do
    quote do
      ExUnit.Callbacks.__register__(__MODULE__)
      import ExUnit.Callbacks
      import ExUnit.Assertions
      import ExUnit.CaseTemplate
      @before_compile ExUnit.CaseTemplate
    end
  end

  @doc "What is put into the modules that use the template: a block that returns a quoted expression."
  defmacro using(var \\ quote(do: _), do: block) do
    quote do
      defmacro __using__(unquote(var) = opts) do
        result = unquote(block)
        ExUnit.CaseTemplate.__proxy__(__MODULE__, opts, result)
      end
    end
  end

  @doc false
  def __proxy__(module, opts, result) do
    quote do
      use ExUnit.Case, ExUnit.Case.__keys__(unquote(opts))

      setup_all context do
        unquote(module).__ex_unit__(:setup_all, context)
      end

      setup context do
        unquote(module).__ex_unit__(:setup, context)
      end

      unquote(result)
    end
  end

  defmacro __before_compile__(env) do
    using =
      if not Module.defines?(env.module, {:__using__, 1}, :defmacro) do
        quote do
          defmacro __using__(opts) do
            unquote(__MODULE__).__proxy__(__MODULE__, opts, nil)
          end
        end
      end

    {_setup_all?, callbacks} = ExUnit.Callbacks.__callbacks__(env.module)

    quote do
      unquote(using)
      unquote(callbacks)
    end
  end
end

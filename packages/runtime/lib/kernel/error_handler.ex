# How a process that compiles one of several files waits for a module of another file; see `Kernel.ParallelCompiler`. The name
# of this module, as the process flag `error_handler`, is what makes the runtime call it.
defmodule Kernel.ErrorHandler do
  @moduledoc false

  @doc "What Erlang calls in place of a function of a module that is not there."
  def undefined_function(module, name, args) do
    ensure_loaded(module) or ensure_compiled(module, :module, :raise)
    :erlang.apply(module, name, args)
  end

  @doc "Whether there is such a module already."
  def ensure_loaded(module), do: match?({:module, _}, :code.ensure_loaded(module))

  @doc """
  Waits until another file has defined the module.

  When everybody waits, those whose `deadlock` is `:soft` go on first, without the module; then `:hard` and `:raise`.
  """
  def ensure_compiled(nil, _kind, _deadlock), do: :not_found

  def ensure_compiled(module, kind, deadlock) do
    {compiler, file} = :erlang.get(:elixir_compiler_info)
    ref = make_ref()
    defining = :elixir_module.compiler_modules()

    if module in defining do
      :not_found
    else
      send(compiler, {:waiting, self(), ref, file, {kind, module}, defining, deadlock})

      receive do
        {^ref, answer} -> answer
      end
    end
  end

  @doc "Waits until all files are compiled: only then can be told which modules are missing."
  def await_all do
    {compiler, file} = :erlang.get(:elixir_compiler_info)

    if file == self() do
      ref = make_ref()
      send(compiler, {:compiled, file, ref})

      receive do
        ^ref -> :ok
      end

      # What is told from here on is told of all files together.
      with {told, _log?} <- :erlang.get(:elixir_code_diagnostics),
           do: :erlang.put(:elixir_compile_warnings, length(told))

      :ok
    else
      :ok
    end
  end
end

# Compiling several files. There is one compiler here, so they are compiled one after another, in the given order.
defmodule Kernel.ParallelCompiler do
  @moduledoc "Compiles and requires several files."

  @doc "Runs `fun` in a task of its own, which may define modules."
  def async(fun) when is_function(fun, 0), do: Task.async(fun)

  @doc "Applies `fun` to every element, which may define modules."
  def pmap(collection, fun) when is_function(fun, 1), do: Enum.map(collection, fun)

  @doc "Compiles files: `{:ok, modules, warnings}` or `{:error, errors, warnings}`."
  def compile(files, options \\ []) when is_list(options), do: each(files, &Code.compile_file/1, options)

  @doc "Like `compile/2`; nothing is written, as modules are no files here."
  def compile_to_path(files, path, options \\ []) when is_binary(path) and is_list(options),
    do: compile(files, options)

  @doc "Requires files: like `compile/2`, once each."
  def require(files, options \\ []) when is_list(options), do: each(files, &Code.require_file/1, options)

  defp each(files, fun, options) do
    {result, diagnostics} =
      Code.with_diagnostics([log: true], fn ->
        try do
          {:ok, Enum.flat_map(files, fn file -> for {module, _} <- fun.(file) || [], do: module end)}
        rescue
          error -> {:error, error}
        end
      end)

    warnings = for %{severity: :warning} = diagnostic <- diagnostics, do: diagnostic
    info = %{runtime_warnings: [], compile_warnings: warnings}

    case result do
      {:ok, modules} ->
        {:ok, modules, if(options[:return_diagnostics], do: info, else: Enum.map(warnings, &triple/1))}

      {:error, error} ->
        errors = [
          %{
            severity: :error,
            message: Exception.message(error),
            file: Map.get(error, :file),
            source: Map.get(error, :file),
            position: Map.get(error, :line) || 0,
            span: nil,
            stacktrace: []
          }
        ]

        if options[:return_diagnostics],
          do: {:error, errors, info},
          else: {:error, Enum.map(errors, &triple/1), Enum.map(warnings, &triple/1)}
    end
  end

  defp triple(%{file: file, position: position, message: message}), do: {file, position, message}
end

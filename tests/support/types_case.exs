defmodule TypesCase do
  # Modules of the name `A`, one after the other, and what the compiler says of each.
  use ExUnit.CaseTemplate

  using do
    quote do
      import TypesCase
    end
  end

  setup do
    kept = Code.get_compiler_option(:ignore_module_conflict)
    Code.put_compiler_option(:ignore_module_conflict, true)
    on_exit(fn -> Code.put_compiler_option(:ignore_module_conflict, kept) end)
  end

  def said(code), do: ExUnit.CaptureIO.capture_io(:stderr, fn -> Code.compile_string(code, "a.ex") end)
end

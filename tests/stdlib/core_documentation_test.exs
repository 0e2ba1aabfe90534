defmodule CoreDocumentationTest do
  use ExUnit.Case, async: true

  for module <- [Code, Exception, Function, Kernel, Macro, Module, Tuple], do: doctest(module)
end

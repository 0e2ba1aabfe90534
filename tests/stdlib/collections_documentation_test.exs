defmodule CollectionsDocumentationTest do
  use ExUnit.Case, async: true

  for module <- [Agent, Calendar, Duration, Enum, Keyword, List, Range, Stream, Task] do
    doctest module
  end
end

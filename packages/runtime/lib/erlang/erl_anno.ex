defmodule :erl_anno do
  @moduledoc """
  Erlang's `:erl_anno`: where a piece of code stands. An annotation is a line, a pair of line and column, or a list of properties
  when more is known than the place.
  """

  defguardp is_line(line) when is_integer(line) and line >= 0
  defguardp is_location(at) when is_line(at) or (tuple_size(at) == 2 and is_line(elem(at, 0)) and elem(at, 1) >= 1)

  @properties [:column, :file, :generated, :line, :location, :record, :text, :end_location]

  @doc "An annotation of a place."
  def new(location) when is_location(location), do: location
  def new(location), do: :erlang.error(:badarg, [location])

  @doc "Whether a term is an annotation."
  def is_anno(at) when is_location(at), do: true
  def is_anno([_ | _] = properties), do: Enum.all?(properties, &match?({key, _} when key in @properties, &1))
  def is_anno(_), do: false

  @doc "The annotation that a term stands for."
  def from_term(list) when is_list(list), do: list
  def from_term(location), do: new(location)

  @doc "A term that stands for an annotation."
  def to_term(anno), do: anno

  @doc "The line."
  def line(anno) do
    case location(anno) do
      {line, _column} -> line
      line -> line
    end
  end

  @doc "The column, or `:undefined`."
  def column(anno) do
    case location(anno) do
      {_line, column} -> column
      _ -> :undefined
    end
  end

  @doc "The line, or line and column."
  def location(at) when is_location(at), do: at
  def location(list) when is_list(list), do: property(list, :location)

  @doc "The file, or `:undefined`."
  def file(anno), do: property(anno, :file)

  @doc "The text, or `:undefined`."
  def text(anno), do: property(anno, :text)

  @doc "Whether the code was generated."
  def generated(anno), do: property(anno, :generated) == true

  @doc "Whether the code is about a record."
  def record(anno), do: property(anno, :record) == true

  @doc "Where the text ends, or `:undefined`."
  def end_location(anno) do
    case property(anno, :end_location) do
      :undefined -> end_of(text(anno), line(anno), column(anno))
      location -> location
    end
  end

  defp end_of(:undefined, _line, _column), do: :undefined

  defp end_of(text, line, column) do
    Enum.reduce(text, if(column == :undefined, do: line, else: {line, column}), fn
      ?\n, {line, _} -> {line + 1, 1}
      ?\n, line -> line + 1
      _, {line, column} -> {line, column + 1}
      _, line -> line
    end)
  end

  @doc "Sets the file."
  def set_file(file, anno), do: set(:file, file, anno)

  @doc "Sets whether the code was generated."
  def set_generated(generated, anno), do: set(:generated, generated, anno)

  @doc "Sets the line."
  def set_line(line, anno) do
    case location(anno) do
      {_line, column} -> set_location({line, column}, anno)
      _ -> set_location(line, anno)
    end
  end

  @doc "Sets the line, or line and column."
  def set_location(location, anno) when is_list(anno), do: set(:location, location, anno)
  def set_location(location, _anno), do: location

  @doc "Sets whether the code is about a record."
  def set_record(record, anno), do: set(:record, record, anno)

  @doc "Sets the text."
  def set_text(text, anno), do: set(:text, text, anno)

  defp property(list, key) when is_list(list) do
    case List.keyfind(list, key, 0) do
      {_, value} -> value
      nil -> :undefined
    end
  end

  defp property(_anno, _key), do: :undefined

  defp set(key, value, anno) do
    properties = if is_list(anno), do: anno, else: [location: anno]

    case {List.keystore(properties, key, 0, {key, value}), value} do
      {set, false} when key in [:generated, :record] -> simplified(List.keydelete(set, key, 0))
      {set, _} -> Enum.sort(set)
    end
  end

  defp simplified(location: location), do: location
  defp simplified(properties), do: properties
end

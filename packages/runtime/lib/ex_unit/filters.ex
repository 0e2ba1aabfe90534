defmodule ExUnit.Filters do
  @moduledoc "Which tests run, by their tags."

  @type t :: [{atom(), Regex.t() | String.Chars.t()} | atom()]

  @doc "Takes line numbers off paths: `{paths, options of ExUnit}`."
  @spec parse_paths([String.t()]) :: {[String.t()], keyword()}
  def parse_paths(file_paths) do
    parsed = Enum.map(file_paths, &path_and_lines/1)
    locations = for {_path, lines} = location <- parsed, lines != [], do: {:location, location}

    options = if locations == [], do: [], else: [exclude: [:test], include: locations]
    {Enum.map(parsed, &elem(&1, 0)), options}
  end

  @doc "Like `parse_paths/1`, of one path."
  @spec parse_path(String.t()) :: {String.t(), keyword()}
  def parse_path(file_path) do
    {[path], options} = parse_paths([file_path])
    {path, options}
  end

  defp path_and_lines(file_path) do
    [path | parts] = file_path |> Path.relative_to_cwd() |> String.split(":")
    {path_parts, numbers} = Enum.split_while(parts, &(line(&1) == nil))

    for number <- numbers, line(number) == nil do
      IO.warn("invalid line number given as ExUnit filter: #{number}", [])
    end

    path = if parts == [], do: path, else: [path | path_parts] |> Enum.join(":") |> Path.split() |> Path.join()

    case for(number <- numbers, line = line(number), do: line) do
      [line] -> {path, line}
      lines -> {path, lines}
    end
  end

  defp line(text) do
    case Integer.parse(text) do
      {line, ""} when line > 0 -> line
      _ -> nil
    end
  end

  @doc "Takes duplicates out, and what is both included and excluded out of the latter."
  @spec normalize(t | nil, t | nil) :: {t, t}
  def normalize(include, exclude) do
    {include_atoms, include_tags} = split(include)
    {exclude_atoms, exclude_tags} = split(exclude)
    excluded = Map.new(exclude_tags)
    both = for tag <- include_tags, key = tag(tag, excluded), do: key
    exclude_tags = exclude_tags |> Keyword.drop(include_atoms) |> Keyword.drop(both)
    {include_atoms ++ include_tags, (exclude_atoms -- include_atoms) ++ exclude_tags}
  end

  defp split(filters), do: filters |> List.wrap() |> Enum.uniq() |> Enum.split_with(&is_atom/1)

  @doc "Filters from texts such as `tag` and `tag:value`."
  @spec parse([String.t()]) :: t
  def parse(filters) do
    Enum.map(filters, fn filter ->
      case :binary.split(filter, ":") do
        ["line", line] -> {:line, String.to_integer(line)}
        ["location", location] -> {:location, path_and_lines(location)}
        [key, value] -> {String.to_atom(key), value}
        [key] -> String.to_atom(key)
      end
    end)
  end

  @doc "Whether a test with these tags runs; `collection` are all tests of its module."
  @spec eval(t, t, map(), [ExUnit.Test.t()]) :: :ok | {:excluded | :skipped, String.t()}
  def eval(include, exclude, tags, collection) when is_map(tags) do
    excluded =
      if Enum.any?(include, &tag(&1, tags, collection)),
        do: nil,
        else: Enum.find_value(exclude, &tag(&1, tags, collection))

    if excluded, do: {:excluded, "due to #{excluded} filter"}, else: skip(include, tags, collection)
  end

  defp skip(include, %{skip: skip}, collection) when is_binary(skip) or skip == true do
    cond do
      Enum.any?(include, &tag(&1, %{skip: skip}, collection)) -> :ok
      is_binary(skip) -> {:skipped, skip}
      true -> {:skipped, "due to skip tag"}
    end
  end

  defp skip(_include, _tags, _collection), do: :ok

  # The key of the filter if the tags have it.
  defp tag({:location, {path, lines}}, %{line: _, describe_line: _} = tags, collection) do
    String.ends_with?(tags.file, path) and
      lines |> List.wrap() |> Enum.any?(&tag({:line, &1}, tags, collection)) and :location
  end

  # A line means the describe block or the test that it starts or is in.
  defp tag({:line, line}, %{line: _, describe_line: _} = tags, collection) when is_integer(line) do
    cond do
      tags.describe_line == line -> :line
      Enum.any?(collection, &(&1.tags.describe_line == line)) -> false
      true -> tags.line <= line and nearest(line, collection).tags.line == tags.line and :line
    end
  end

  defp tag(filter, tags, _collection), do: tag(filter, tags)

  defp tag({key, %Regex{} = regex}, tags) when is_atom(key) do
    case tags do
      %{^key => value} -> to_string(value) =~ regex and key
      %{} -> false
    end
  end

  defp tag({key, wanted}, tags) when is_atom(key) do
    case tags do
      %{^key => ^wanted} -> key
      %{^key => value} -> plain(to_string(value)) == plain(to_string(wanted)) and key
      %{} -> false
    end
  end

  defp tag(key, tags) when is_atom(key), do: is_map_key(tags, key) and key

  defp plain("Elixir." <> name), do: name
  defp plain(name), do: name

  defp nearest(line, collection) do
    Enum.min_by(collection, fn %{tags: %{line: test_line}} ->
      if test_line <= line, do: line - test_line, else: :infinity
    end)
  end
end

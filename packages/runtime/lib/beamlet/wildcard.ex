defmodule Beamlet.Wildcard do
  @moduledoc """
  The files that a pattern describes, for `Path.wildcard/2` and `:filelib.wildcard/1`.

  The parts before the first wildcard are a path that must exist, however it is spelled. All that follows is compared with what
  is in the folders, so that a hidden file needs `dot?` there even when it is named.
  """

  @doc "The paths, sorted. Relative ones are seen from a folder."
  def expand(glob, dot?, folder \\ ".") do
    {root, parts} =
      case Path.split(glob) do
        ["/" | parts] -> {"/", parts}
        parts -> {"", parts}
      end

    {fixed, parts} = parts |> Enum.reject(&(&1 == ".")) |> Enum.map(&compile/1) |> Enum.split_while(&is_binary/1)
    start = Enum.reduce(fixed, root, &child(&2, &1))
    view = %{dot?: dot?, folder: folder}

    cond do
      glob == "" -> []
      start == "" and parts == [] -> ["."]
      start == "" or File.exists?(seen(start, view)) -> [start] |> walk(parts, view) |> Enum.sort() |> Enum.dedup()
      true -> []
    end
  end

  defp seen("", view), do: view.folder
  defp seen("/" <> _ = path, _view), do: path
  defp seen(path, view), do: view.folder <> "/" <> path

  ## Folders

  defp walk(paths, [], _view), do: paths
  defp walk(paths, [:any_depth], view), do: Enum.flat_map(paths, &below(&1, view))

  defp walk(paths, [:any_depth, :any_depth | parts], view), do: walk(paths, [:any_depth | parts], view)

  defp walk(paths, [:any_depth, part | parts], view) do
    folders = paths ++ Enum.flat_map(paths, &Enum.filter(below(&1, view), fn path -> folder?(path, view) end))
    walk(for(folder <- folders, path <- matching(folder, part, view), do: path), parts, view)
  end

  defp walk(paths, [".." | parts], view) do
    walk(for(path <- paths, folder?(path, view), do: child(path, "..")), parts, view)
  end

  defp walk(paths, [part | parts], view) do
    walk(Enum.flat_map(paths, &matching(&1, part, view)), parts, view)
  end

  defp matching(folder, part, view) do
    for name <- names(folder, view), fits?(part, name), do: child(folder, name)
  end

  defp fits?(part, name) when is_binary(part), do: part == name
  defp fits?(regex, name), do: Regex.match?(regex, name)

  defp below(folder, view) do
    for name <- names(folder, view), path = child(folder, name), inner <- [path | below(path, view)], do: inner
  end

  defp names(folder, view) do
    case File.ls(seen(folder, view)) do
      {:ok, names} -> if view.dot?, do: names, else: Enum.reject(names, &String.starts_with?(&1, "."))
      {:error, _reason} -> []
    end
  end

  defp folder?(path, view), do: File.dir?(seen(path, view))

  defp child("", name), do: name
  defp child("/", name), do: "/" <> name
  defp child(folder, name), do: folder <> "/" <> name

  ## Patterns

  # A name as it is, a regular expression, or `:any_depth`.
  defp compile("**"), do: :any_depth

  defp compile(part) do
    pieces = pieces(String.to_charlist(part))

    if Enum.all?(pieces, &is_integer/1),
      do: List.to_string(pieces),
      else: Regex.compile!("\\A(?:#{source(pieces)})\\z", "us")
  end

  defp pieces([]), do: []
  defp pieces([?\\]), do: []
  defp pieces([?\\, char | rest]), do: [char | pieces(rest)]
  defp pieces([?? | rest]), do: ["." | pieces(rest)]
  defp pieces([?* | rest]), do: [".*" | pieces(rest)]

  defp pieces([?[ | rest]) do
    case set(rest, []) do
      {set, rest} -> [set | pieces(rest)]
      nil -> [?[ | pieces(rest)]
    end
  end

  defp pieces([?{ | rest]) do
    {alternatives, rest} = alternatives(rest, [], [])
    ["(?:" <> Enum.map_join(alternatives, "|", &source(pieces(&1))) <> ")" | pieces(rest)]
  end

  defp pieces([char | rest]), do: [char | pieces(rest)]

  defp source(pieces), do: Enum.map_join(pieces, &if(is_integer(&1), do: Regex.escape(<<&1::utf8>>), else: &1))

  # The characters up to a bracket, which as the first of them or the last of a range is one of them.
  defp set([?\\, char | rest], items), do: set(rest, [char | items])
  defp set([?] | rest], []), do: set(rest, [?]])
  defp set([?] | rest], items), do: {"[" <> Enum.map_join(items, &item/1) <> "]", rest}
  defp set([first, ?-, last | rest], items) when first <= last, do: set(rest, [{first, last} | items])
  defp set([char | rest], items), do: set(rest, [char | items])
  defp set([], _items), do: nil

  defp item({first, last}), do: item(first) <> "-" <> item(last)
  defp item(char), do: "\\x{" <> Integer.to_string(char, 16) <> "}"

  defp alternatives([?} | rest], read, found), do: {Enum.reverse([Enum.reverse(read) | found]), rest}
  defp alternatives([?, | rest], read, found), do: alternatives(rest, [], [Enum.reverse(read) | found])
  defp alternatives([?\\, char | rest], read, found), do: alternatives(rest, [char, ?\\ | read], found)

  # A comma in brackets separates nothing.
  defp alternatives([?[ | rest], read, found) do
    behind = with {_set, behind} <- set(rest, []), do: behind
    {inner, rest} = Enum.split(rest, if(behind, do: length(rest) - length(behind), else: 0))
    alternatives(rest, :lists.reverse(inner, [?[ | read]), found)
  end

  defp alternatives([char | rest], read, found), do: alternatives(rest, [char | read], found)
  defp alternatives([], _read, _found), do: :erlang.error({:badpattern, :missing_delimiter})
end

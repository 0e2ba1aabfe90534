defmodule Path do
  @moduledoc """
  Paths of files, as text: most functions never look at the file system.

  Paths are chardata and results strings; directories are separated by `/`.
  """

  @type t :: IO.chardata()

  ## Kinds

  @doc "`:absolute` or `:relative`."
  @spec type(t) :: :absolute | :relative
  def type("/" <> _), do: :absolute
  def type([?/ | _]), do: :absolute
  def type([name | rest]) when is_list(name), do: type(name ++ rest)
  def type(name) when is_list(name) or is_binary(name), do: :relative

  @doc "The path without the root."
  @spec relative(t) :: binary()
  def relative(name) do
    case opened(name) do
      root when root in ["/", ~c"/"] -> "."
      "/" <> rest -> rest
      [?/ | rest] -> IO.chardata_to_string(rest)
      path -> IO.chardata_to_string(path)
    end
  end

  # Only a slash of its own is the root, not one in a text of the list.
  defp opened([first | rest]) when is_list(first), do: opened(first ++ rest)
  defp opened(path), do: path

  ## Absolute paths

  @doc "The absolute path, seen from the working directory; `..` stays."
  @spec absname(t) :: binary()
  def absname(path), do: absname(path, &File.cwd!/0)

  @doc "The absolute path, seen from a directory or the result of a function."
  @spec absname(t, t | (-> t)) :: binary()
  def absname(path, relative_to) do
    path = IO.chardata_to_string(path)

    case type(path) do
      :absolute ->
        normalize(path)

      :relative ->
        base = if is_function(relative_to, 0), do: relative_to.(), else: relative_to
        base = IO.chardata_to_string(base)
        if path == "", do: normalize(base), else: normalize(base <> "/" <> path)
    end
  end

  # Without empty segments, nor "." between others.
  defp normalize(path) do
    [first | rest] = String.split(path, "/")
    rest = normalize_segments(rest)

    if first == "" and rest == [] and path != "", do: "/", else: Enum.join([first | rest], "/")
  end

  defp normalize_segments([]), do: []
  defp normalize_segments(["" | rest]), do: normalize_segments(rest)
  defp normalize_segments(["." | [_ | _] = rest]), do: normalize_segments(rest)
  defp normalize_segments([segment | rest]), do: [segment | normalize_segments(rest)]

  @doc "The absolute path with `.`, `..` and a leading `~` resolved."
  @spec expand(t) :: binary()
  def expand(path), do: path |> expand_home() |> absname(&File.cwd!/0) |> expand_dots()

  @doc "The absolute path, seen from a directory, with `.`, `..` and a leading `~` resolved."
  @spec expand(t, t) :: binary()
  def expand(path, relative_to) do
    path
    |> expand_home()
    |> absname(expand_home(relative_to))
    |> absname(&File.cwd!/0)
    |> expand_dots()
  end

  defp expand_home(path) do
    case IO.chardata_to_string(path) do
      "~" -> System.user_home!()
      "~/" <> rest -> System.user_home!() <> "/" <> rest
      path -> path
    end
  end

  defp expand_dots(path) do
    [root | segments] = String.split(path, "/")

    case resolve(segments, []) do
      [] -> root <> "/"
      segments -> Enum.join([root | segments], "/")
    end
  end

  defp resolve([], acc), do: Enum.reverse(acc)
  defp resolve(["" | rest], acc), do: resolve(rest, acc)
  defp resolve(["." | rest], acc), do: resolve(rest, acc)
  defp resolve([".." | rest], acc), do: resolve(rest, Enum.drop(acc, 1))
  defp resolve([segment | rest], acc), do: resolve(rest, [segment | acc])

  ## Relative paths

  @doc """
  The path as seen from the directory `cwd`, if it lies in it; else the path.

  With `force: true` it goes up with `..` where needed.
  """
  @spec relative_to(t, t, keyword()) :: binary()
  def relative_to(path, cwd, opts \\ []) when is_list(opts) do
    path = split(path)
    cwd = split(cwd)

    case {path, cwd} do
      {["/" | path], ["/" | cwd]} ->
        path = resolve(path, [])
        cwd = resolve(cwd, [])

        if Keyword.get(opts, :force, false),
          do: up_and_down(path, cwd, nil),
          else: below(path, cwd, ["/" | path])

      {path, cwd} when hd(path) == "/" or hd(cwd) == "/" ->
        join(resolve_relative(path, [], []))

      {path, cwd} ->
        # Nothing may be left of a relative path; Elixir then fails to join it.
        up_and_down(resolve_relative(path, [], []), resolve_relative(cwd, [], []), [])
    end
  end

  defp below(path, path, _original), do: "."
  defp below([segment | path], [segment | cwd], original), do: below(path, cwd, original)
  defp below([_ | _] = path, [], _original), do: join(path)
  defp below(_path, _cwd, original), do: join(original)

  defp up_and_down(path, path, _unjoinable), do: "."
  defp up_and_down(["."], _cwd, _unjoinable), do: "."
  defp up_and_down(path, ["."], _unjoinable), do: join(path)
  defp up_and_down([segment | path], [segment | cwd], unjoinable), do: up_and_down(path, cwd, unjoinable)
  defp up_and_down(path, _cwd, path), do: join(path)
  defp up_and_down(path, cwd, _unjoinable), do: join(List.duplicate("..", length(cwd)) ++ path)

  defp resolve_relative([".." | rest], [_ | acc], up), do: resolve_relative(rest, acc, up)
  defp resolve_relative([".." | rest], [], up), do: resolve_relative(rest, [], [".." | up])
  defp resolve_relative(["." | rest], acc, up), do: resolve_relative(rest, acc, up)
  defp resolve_relative([segment | rest], acc, up), do: resolve_relative(rest, [segment | acc], up)
  defp resolve_relative([], [], []), do: ["."]
  defp resolve_relative([], acc, up), do: up ++ Enum.reverse(acc)

  @doc "The path as seen from the working directory: see `relative_to/3`."
  @spec relative_to_cwd(t, keyword()) :: binary()
  def relative_to_cwd(path, opts \\ []) when is_list(opts) do
    case File.cwd() do
      {:ok, cwd} -> relative_to(path, cwd, opts)
      _ -> path
    end
  end

  @doc "`{:ok, path}` with `.` and `..` resolved if the path stays within the directory, else `:error`."
  @doc since: "1.14.0"
  @spec safe_relative(t, t) :: {:ok, binary()} | :error
  def safe_relative(path, relative_to \\ File.cwd!()) do
    _ = IO.chardata_to_string(relative_to)

    case split(path) do
      ["/" | _] -> :error
      segments -> safe(segments, [])
    end
  end

  defp safe([], []), do: {:ok, ""}
  defp safe([], acc), do: {:ok, join(Enum.reverse(acc))}
  defp safe(["." | rest], acc), do: safe(rest, acc)
  defp safe([".." | _rest], []), do: :error
  defp safe([".." | rest], [_ | acc]), do: safe(rest, acc)
  defp safe([segment | rest], acc), do: safe(rest, [segment | acc])

  @doc deprecated: "Use safe_relative/2 instead"
  @doc since: "1.14.0"
  @spec safe_relative_to(t, t) :: {:ok, binary()} | :error
  def safe_relative_to(path, cwd), do: safe_relative(path, cwd)

  ## Parts

  @doc "The last part of the path."
  @spec basename(t) :: binary()
  def basename(path) do
    case split(path) do
      [] -> ""
      ["/"] -> ""
      segments -> List.last(segments)
    end
  end

  @doc "The last part of the path, without the extension if it has it."
  @spec basename(t, t) :: binary()
  def basename(path, extension),
    do: :filename.basename(IO.chardata_to_string(path), IO.chardata_to_string(extension))

  @doc "The path without its last part."
  @spec dirname(t) :: binary()
  def dirname(path) do
    path = IO.chardata_to_string(path)

    case :binary.matches(path, "/") do
      [] -> "."
      slashes -> path |> binary_part(0, elem(List.last(slashes), 0)) |> without_slashes(path)
    end
  end

  defp without_slashes(dir, path) do
    case String.trim_trailing(dir, "/") do
      "" -> if String.starts_with?(path, "/"), do: "/", else: "."
      dir -> dir
    end
  end

  @doc "The extension of the last part, with its dot; `\"\"` if it has none."
  @spec extname(t) :: binary()
  def extname(path) do
    path = IO.chardata_to_string(path)
    {_root, extension} = split_extension(path)
    extension
  end

  # The dot of an extension neither starts the last part nor lies before it.
  defp split_extension(path) do
    name = path |> String.split("/") |> List.last()

    case :binary.matches(name, ".") do
      [] ->
        {path, ""}

      dots ->
        case List.last(dots) do
          {0, 1} ->
            {path, ""}

          {dot, 1} ->
            :erlang.split_binary(path, byte_size(path) - byte_size(name) + dot)
        end
    end
  end

  @doc "The path without its extension."
  @spec rootname(t) :: binary()
  def rootname(path) do
    case path |> IO.chardata_to_string() |> split_extension() do
      # A bare name of which the dot is the first character counts as nothing but an extension.
      {"." <> rest = name, ""} -> if String.contains?(rest, ["/", "."]), do: name, else: ""
      {root, _extension} -> root
    end
  end

  @doc "The path without the extension if it has it."
  @spec rootname(t, t) :: binary()
  def rootname(path, extension) do
    path = IO.chardata_to_string(path)
    extension = IO.chardata_to_string(extension)

    with true <- String.ends_with?(path, extension),
         root = binary_part(path, 0, byte_size(path) - byte_size(extension)),
         # A name in a folder that is nothing but the extension stays.
         false <- String.ends_with?(root, "/") do
      root
    else
      _ -> path
    end
  end

  @doc "Joins the paths of a list."
  @spec join(nonempty_list(t)) :: binary()
  def join([name1, name2 | rest]), do: join([join(name1, name2) | rest])
  def join([name]), do: IO.chardata_to_string(name)

  @doc "Joins two paths: the right one counts as relative, and a slash at the end is dropped."
  @spec join(t, t) :: binary()
  def join(left, right) do
    left = IO.chardata_to_string(left)
    right = IO.chardata_to_string(right)

    joined =
      case {left, right} do
        {left, "/"} -> drop_slash(left)
        {"", right} -> relative(right)
        {"/", right} -> "/" <> relative(right)
        {left, right} -> drop_slash(left) <> "/" <> relative(right)
      end

    drop_slash(joined)
  end

  defp drop_slash("/"), do: "/"

  defp drop_slash(path) do
    if String.ends_with?(path, "/"), do: binary_part(path, 0, byte_size(path) - 1), else: path
  end

  @doc "The parts of a path, the root being `\"/\"`."
  @spec split(t) :: [binary()]
  def split(path) do
    path = IO.chardata_to_string(path)
    segments = String.split(path, "/", trim: true)
    if String.starts_with?(path, "/"), do: ["/" | segments], else: segments
  end

  @doc """
  The files that a pattern matches: `?` and `*` within a part, `**` any parts, `[abc]`, `{one,two}`.

  Files that start with a dot only match with `match_dot: true`.
  """
  @spec wildcard(t, keyword()) :: [binary()]
  def wildcard(glob, opts \\ []) when is_list(opts) do
    glob = IO.chardata_to_string(glob)

    if String.contains?(glob, "\0") do
      raise ArgumentError,
            "cannot execute Path.wildcard/2 for path with null byte, got: #{inspect(glob)}"
    end

    Beamlet.Wildcard.expand(glob, Keyword.get(opts, :match_dot, false))
  end
end

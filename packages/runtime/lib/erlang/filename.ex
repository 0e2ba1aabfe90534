defmodule :filename do
  @moduledoc """
  Erlang's `:filename`: names of files as text. A name is a string or a list of characters, atoms and lists; the result is of
  the same kind.
  """

  # Work is done on strings; `like` gives back the kind that came in.
  defp text(name) when is_binary(name), do: name
  defp text(name) when is_atom(name), do: Atom.to_string(name)
  defp text(name) when is_list(name), do: name |> do_flatten([]) |> :unicode.characters_to_binary()

  defp do_flatten([part | rest], tail) when is_list(part) or is_atom(part), do: do_flatten(part, do_flatten(rest, tail))
  defp do_flatten([char | rest], tail) when is_integer(char), do: [char | do_flatten(rest, tail)]
  defp do_flatten([], tail), do: tail
  defp do_flatten(name, tail) when is_atom(name), do: Atom.to_charlist(name) ++ tail

  defp like(text, name) when is_binary(name), do: text
  defp like(text, _name), do: String.to_charlist(text)

  # Of two, one that is a string makes the result one.
  defp like_one(text, name, other) when is_binary(name) or is_binary(other), do: text
  defp like_one(text, _name, _other), do: String.to_charlist(text)

  @doc "The name as a string or a flat list of characters."
  def flatten(name) when is_binary(name), do: name
  def flatten(name), do: do_flatten(name, [])

  @doc "The name from the root on."
  def absname(name) do
    {:ok, here} = :beamlet_file.get_cwd()
    absname(name, String.to_charlist(here))
  end

  def absname(name, folder) do
    case pathtype(name) do
      :absolute -> like_one(clean(text(name)), name, folder)
      :relative -> join(folder, name)
    end
  end

  @doc "Joins a folder and a relative name."
  def absname_join(folder, name), do: join(folder, name)

  @doc "Appends without looking at what is appended."
  def append(folder, name), do: like_one(text(folder) <> "/" <> text(name), folder, name)

  @doc "The last part."
  def basename(name), do: like(last_part(text(name)), name)

  @doc "The last part without an extension."
  def basename(name, extension) when not is_binary(name) or not is_atom(extension) do
    {text, ending} = {text(name), text(extension)}
    base = last_part(text)
    length = byte_size(base) - byte_size(ending)
    folder? = is_list(name) and String.ends_with?(text, "/")

    # As Erlang does it, the ending is looked for behind the last slash, too.
    base =
      if length >= 0 and not folder? and String.ends_with?(text, ending),
        do: binary_part(text, byte_size(text) - byte_size(ending) - length, length),
        else: base

    if is_atom(name), do: String.to_charlist(base), else: like_one(base, name, extension)
  end

  defp last_part(text), do: text |> String.split("/", trim: true) |> List.last("")

  @doc "All but the last part."
  def dirname(name) do
    text = text(name)

    result =
      case text |> String.split("/") |> Enum.split(-1) do
        {[], _} -> "."
        {parts, [""]} when parts != [""] -> parts |> Enum.join("/") |> trim_slashes("/")
        {[""], _} -> "/"
        {parts, _} -> parts |> Enum.join("/") |> trim_slashes("/")
      end

    like(result, name)
  end

  defp trim_slashes(text, otherwise) do
    case String.trim_trailing(text, "/") do
      "" -> otherwise
      trimmed -> trimmed
    end
  end

  @doc "The extension with its dot, or nothing."
  def extension(name), do: like(extension_of(text(name)), name)

  defp extension_of(text) do
    base = text |> String.split("/") |> List.last()

    case :binary.matches(base, ".") do
      [] -> ""
      matches -> extension_at(base, elem(List.last(matches), 0))
    end
  end

  # A dot at the beginning hides a file and starts no extension.
  defp extension_at(_base, 0), do: ""
  defp extension_at(base, at), do: binary_part(base, at, byte_size(base) - at)

  @doc "The name without its extension."
  def rootname(name) do
    text = text(name)
    like(String.replace_suffix(text, extension_of(text), ""), name)
  end

  @doc "The name without an extension, if it has it."
  def rootname(name, extension) do
    text = text(name)
    root = String.replace_suffix(text, text(extension), "")
    like_one(if(String.ends_with?(root, "/"), do: text, else: root), name, extension)
  end

  @doc "Joins parts; one that begins at the root drops those before."
  def join([single]), do: like(clean(text(single)), if(is_atom(single), do: [], else: single))
  def join([first, second | rest]), do: join([join(first, second) | rest])

  def join(first, second) do
    {folder, name} = {text(first), text(second)}

    joined =
      cond do
        String.starts_with?(name, "/") -> name
        name == "" -> folder
        true -> folder <> "/" <> name
      end

    like_one(clean(joined), first, second)
  end

  # One slash where there are several, none at the end, and no dot between them.
  defp clean(text), do: text |> String.replace(~r{/+(\./+)*}, "/") |> trim_slashes(if(text == "", do: "", else: "/"))

  @doc "The name as the system writes it."
  def nativename(name), do: like(clean(text(name)), name)

  @doc "`:absolute` or `:relative`."
  def pathtype(name), do: if(String.starts_with?(text(name), "/"), do: :absolute, else: :relative)

  @doc "The parts."
  def split(name) do
    text = text(name)
    parts = String.split(text, "/", trim: true)
    parts = if String.starts_with?(text, "/"), do: ["/" | parts], else: parts
    Enum.map(parts, &like(&1, name))
  end

  @doc "Whether a term is a name of a file."
  def validate(name) when is_binary(name), do: name != "" and not String.contains?(name, <<0>>)

  def validate(name) when is_list(name) or is_atom(name) do
    validate(text(name))
  rescue
    _ -> false
  end

  @doc "Where a program keeps its files."
  def basedir(type, application), do: basedir(type, application, %{})

  def basedir(type, application, options) when is_map(options) and (is_list(application) or is_binary(application)) do
    home = System.get_env("HOME", "")
    under = fn variable, otherwise -> System.get_env(variable, Path.join(home, otherwise)) end
    parts = [text(application) | List.wrap(options[:version] && text(options[:version]))]
    path = fn folder -> like(Path.join([folder | parts]), application) end

    case type do
      :user_cache -> path.(under.("XDG_CACHE_HOME", ".cache"))
      :user_config -> path.(under.("XDG_CONFIG_HOME", ".config"))
      :user_data -> path.(under.("XDG_DATA_HOME", ".local/share"))
      :user_log -> like(Path.join([under.("XDG_CACHE_HOME", ".cache") | parts] ++ ["log"]), application)
      :site_config -> [like(Path.join(["/etc/xdg" | parts]), application)]
      :site_data -> Enum.map(["/usr/local/share/", "/usr/share/"], path)
    end
  end
end

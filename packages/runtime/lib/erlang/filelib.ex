defmodule :filelib do
  @moduledoc "Erlang's `:filelib`: what is in folders."

  defp text(name), do: IO.chardata_to_string(if is_atom(name), do: Atom.to_charlist(name), else: name)
  defp like(text, name) when is_binary(name), do: text
  defp like(text, _name), do: String.to_charlist(text)

  @doc "Whether there is a folder of this name."
  def is_dir(name), do: File.dir?(text(name))
  def is_dir(name, _module), do: is_dir(name)

  @doc "Whether there is a file or folder of this name."
  def is_file(name), do: File.exists?(text(name))
  def is_file(name, _module), do: is_file(name)

  @doc "Whether there is a file of this name."
  def is_regular(name), do: File.regular?(text(name))
  def is_regular(name, _module), do: is_regular(name)

  @doc "The size of a file, 0 when there is none."
  def file_size(name) do
    case File.stat(text(name)) do
      {:ok, %{size: size}} -> size
      _ -> 0
    end
  end

  def file_size(name, _module), do: file_size(name)

  @doc "When a file was last changed, 0 when there is none."
  def last_modified(name) do
    case File.stat(text(name), time: :local) do
      {:ok, %{mtime: time}} -> time
      _ -> 0
    end
  end

  def last_modified(name, _module), do: last_modified(name)

  @doc "Makes the folder that a file is to be in."
  def ensure_dir(name), do: File.mkdir_p(Path.dirname(text(name)))

  @doc "Makes a folder and those around it."
  def ensure_path(name), do: File.mkdir_p(text(name))

  @doc "The files whose names a pattern describes, those that begin with a dot among them."
  def wildcard(pattern) when is_list(pattern), do: wildcard(pattern, ".")

  @doc "The same, seen from a folder."
  def wildcard(pattern, folder) when is_list(pattern) and not is_atom(folder) do
    text(pattern) |> Beamlet.Wildcard.expand(true, text(folder)) |> Enum.map(&String.to_charlist/1)
  end

  def wildcard(pattern, _module), do: wildcard(pattern)
  def wildcard(pattern, folder, _module), do: wildcard(pattern, folder)

  @doc "Folds over the files below a folder whose names a regular expression matches."
  def fold_files(folder, regex, recursive, fun, acc) do
    {:ok, regex} = :re.compile(regex, [:unicode])

    case File.ls(text(folder)) do
      {:ok, names} -> Enum.reduce(Enum.sort(names), acc, &fold_file(&1, &2, folder, regex, recursive, fun))
      _ -> acc
    end
  end

  defp fold_file(name, acc, folder, regex, recursive, fun) do
    path = Path.join(text(folder), name)

    cond do
      File.dir?(path) -> if recursive, do: fold_files(path, regex, true, fun, acc), else: acc
      :re.run(name, regex, capture: :none) == :match -> fun.(like(path, folder), acc)
      true -> acc
    end
  end

  @doc "A relative name without `..`, or `:unsafe` when it would lead out of the folder."
  def safe_relative_path(name, folder) do
    case Path.safe_relative(text(name), text(folder)) do
      {:ok, path} -> like(path, name)
      :error -> :unsafe
    end
  end

  @doc "A file in the place where its kind belongs."
  def find_file(name, folder) do
    path = Path.join(text(folder), text(name))
    if File.regular?(path), do: {:ok, like(path, name)}, else: {:error, :not_found}
  end
end

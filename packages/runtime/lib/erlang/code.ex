defmodule :code do
  @moduledoc "Erlang's `:code`: functions that few programs call. The others are native."

  @doc "The documentation of a module: `{:ok, docs}`, `{:error, :missing}` or `{:error, :non_existing}`."
  def get_doc(module) when is_atom(module) do
    case Code.fetch_docs(module) do
      {:error, :chunk_not_found} -> {:error, :missing}
      {:error, :module_not_found} -> if(known?(module), do: {:error, :missing}, else: {:error, :non_existing})
      {:error, _} = error -> error
      docs -> {:ok, docs}
    end
  end

  defp known?(module), do: match?({:module, _}, :code.ensure_loaded(module))

  @doc "The file of a name in the folders of a path."
  def where_is_file([], _name), do: :non_existing

  def where_is_file([folder | path], name) do
    file = :filename.append(folder, name)
    if :filelib.is_regular(file), do: file, else: where_is_file(path, name)
  end

  @doc "The MD5 of object code, `:undefined` of what is none."
  def module_md5(code) when not is_binary(code), do: :erlang.error(:badarg, [code])

  def module_md5(code) do
    case :beam_lib.md5(code) do
      {:ok, {_module, md5}} -> md5
      {:error, _, _} -> :undefined
    end
  end

  def get_chunk(code, chunk) when is_binary(code) do
    case :beam_lib.chunks(code, [chunk]) do
      {:ok, {_module, [{_, data}]}} -> data
      {:error, _, _} -> :undefined
    end
  end

  @doc "Whether the module is of the system, and cannot be replaced."
  def is_sticky(module) when is_atom(module) do
    :erlang.module_loaded(module) and match?({:error, :sticky_directory}, :code.load_file(module))
  end

  # What the system has stays sticky, and nothing else becomes so.
  def stick_dir(folder), do: folder_exists(folder)
  def unstick_dir(folder), do: folder_exists(folder)
  def stick_mod(module) when is_atom(module), do: true
  def unstick_mod(module) when is_atom(module), do: true

  defp folder_exists(folder) when is_list(folder) or is_binary(folder) do
    if :filelib.is_dir(folder), do: :ok, else: :error
  end

  @doc "The modules that are loaded, each with whether its file is another now."
  def module_status, do: module_status(for {module, _} <- :code.all_loaded(), do: module)

  def module_status(modules) when is_list(modules), do: for(module <- modules, do: {module, module_status(module)})

  def module_status(module) when is_atom(module) do
    if :erlang.module_loaded(module), do: file_status(module, :code.which(module)), else: :not_loaded
  end

  defp file_status(module, [_ | _] = file) do
    case :file.read_file(file) do
      {:ok, code} -> if code == loaded_code(module), do: :loaded, else: :modified
      {:error, _} -> :removed
    end
  end

  defp file_status(_module, _which), do: :loaded

  defp loaded_code(module), do: with({_, code, _} <- :code.get_object_code(module), do: code)

  def modified_modules, do: for({module, :modified} <- module_status(), do: module)

  @doc "Prints which modules are found in two folders of the path."
  def clash do
    names = for folder <- :code.get_path(), {:ok, files} <- [:file.list_dir(folder)], file <- files, :filename.extension(file) == ~c".beam", do: {file, folder}

    clashes =
      for {file, folder} <- names, {^file, other} <- tl(:lists.dropwhile(&(&1 != {file, folder}), names)), do: {file, folder, other}

    for {file, folder, other} <- clashes, do: :io.format(~c"** ~ts hides ~ts~n", [:filename.join(folder, file), :filename.join(other, file)])
    :io.format(~c"** Found ~w name clashes in code paths ~n", [length(clashes)])
  end

  def replace_path(name, folder) when (is_atom(name) or is_list(name)) and (is_list(folder) or is_binary(folder)) do
    named = :lists.filter(&(application_of(&1) == to_string(name)), :code.get_path())

    cond do
      not :filelib.is_dir(folder) -> {:error, :bad_directory}
      to_string(name) != application_of(folder) -> {:error, :bad_name}
      true ->
        :code.del_paths(named)
        :code.add_pathz(folder)
    end
  end

  # The name without a version, of the folder or, below it, of `ebin`.
  defp application_of(folder) do
    parts = :lists.reverse(:filename.split(to_string(folder)))
    parts = if hd(parts) == "ebin", do: tl(parts), else: parts
    hd(String.split(hd(parts ++ [""]), "-", parts: 2))
  end

  @doc "Loads the module of a file, whose name has no extension here."
  def load_abs(file) when is_list(file) or is_atom(file),
    do: load_abs(file, :erlang.list_to_atom(:filename.basename(file)))

  def load_abs(file, module) when (is_list(file) or is_atom(file)) and is_atom(module) do
    path = to_charlist(file) ++ ~c".beam"

    case :file.read_file(path) do
      {:ok, code} -> :code.load_binary(module, path, code)
      {:error, _} -> {:error, :nofile}
    end
  end

  @doc "Loads those modules that are not loaded."
  def ensure_modules_loaded(modules) when is_list(modules) do
    case failures(modules, &:code.ensure_loaded/1) do
      [] -> :ok
      failed -> {:error, failed}
    end
  end

  @doc "Loads all modules, or none if one of them cannot be loaded."
  def atomic_load(modules) do
    with {:ok, prepared} <- prepare_loading(modules), do: finish_loading(prepared)
  end

  def prepare_loading(modules) when is_list(modules) do
    found = :lists.map(&prepared/1, modules)

    case for({:error, module, reason} <- found, do: {module, reason}) do
      [] -> {:ok, {:"$prepared$", found}}
      failed -> {:error, failed}
    end
  end

  defp prepared({module, file, code}), do: {module, {code, file}}

  defp prepared(module) when is_atom(module) do
    case :code.get_object_code(module) do
      {_, code, file} -> {module, {code, file}}
      :error -> {:error, module, :nofile}
    end
  end

  def finish_loading({:"$prepared$", found}) do
    case for({module, {code, file}} <- found, {:error, reason} <- [:code.load_binary(module, file, code)], do: {module, reason}) do
      [] -> :ok
      failed -> {:error, failed}
    end
  end

  defp failures(modules, load), do: for(module <- modules, {:error, reason} <- [load.(module)], do: {module, reason})

  def is_module_native(module) when is_atom(module), do: if(:erlang.module_loaded(module), do: false, else: :undefined)

  @doc "No module is native, so there is nothing to load."
  def load_native_partial(_module, _code), do: []
  def load_native_sticky(module, code, _loaded), do: load_native_partial(module, code)

  def set_primary_archive(file, content, _info, _parser) when is_list(file) and is_binary(content),
    do: {:error, :enotsup}
end

# Erlang's `file`: functions on devices speak the I/O protocol; those on paths ask the host, `:beamlet_file`.
# All answer `:ok`, `{:ok, result}` or `{:error, reason}` with a POSIX name as the reason.
defmodule :file do
  @moduledoc false

  # Where the record of a file has its times; and the seconds before 1970.
  @times [4, 5, 6]
  @epoch 62_167_219_200

  ## Devices

  def read(device, count) do
    case :io.request(device, {:get_chars, :latin1, [], count}) do
      data when is_binary(data) or is_list(data) -> {:ok, data}
      other -> device_reply(other)
    end
  end

  def read_line(device) do
    case :io.request(device, {:get_line, :latin1, []}) do
      data when is_binary(data) or is_list(data) -> {:ok, data}
      other -> device_reply(other)
    end
  end

  def write(device, data) do
    case bytes(data) do
      {:ok, binary} -> device_reply(:io.request(device, {:put_chars, :latin1, binary}))
      :error -> {:error, :badarg}
    end
  end

  defp device_reply({:error, :arguments}), do: {:error, :badarg}
  defp device_reply({:error, {:no_translation, _, _}}), do: {:error, :no_translation}
  defp device_reply(reply), do: reply

  defp bytes(data) do
    {:ok, :erlang.iolist_to_binary(data)}
  rescue
    ArgumentError -> :error
  end

  def close(device) when is_pid(device) do
    ref = make_ref()
    monitor = :erlang.monitor(:process, device)
    send(device, {:file_request, self(), ref, :close})

    receive do
      {:file_reply, ^ref, reply} ->
        :erlang.demonitor(monitor, [:flush])
        reply

      # What has been closed already is closed.
      {:DOWN, ^monitor, _, _, _} ->
        :ok
    end
  end

  def close(_device), do: {:error, :badarg}

  def position(device, location), do: file_request(device, {:position, location})

  def pread(device, location, count), do: file_request(device, {:pread, location, count})

  def pread(device, places) do
    Enum.reduce_while(places, {:ok, []}, fn {location, count}, {:ok, read} ->
      case pread(device, location, count) do
        {:ok, data} -> {:cont, {:ok, [data | read]}}
        :eof -> {:cont, {:ok, [:eof | read]}}
        error -> {:halt, error}
      end
    end)
    |> then(&with {:ok, read} <- &1, do: {:ok, Enum.reverse(read)})
  end

  def pwrite(device, location, data) do
    case bytes(data) do
      {:ok, binary} -> file_request(device, {:pwrite, location, binary})
      :error -> {:error, :badarg}
    end
  end

  def pwrite(device, places) do
    Enum.reduce_while(Enum.with_index(places), :ok, fn {{location, data}, done}, :ok ->
      case pwrite(device, location, data) do
        :ok -> {:cont, :ok}
        {:error, reason} -> {:halt, {:error, {done, reason}}}
      end
    end)
  end

  def truncate(device), do: file_request(device, :truncate)
  # What is written is with the host at once.
  def sync(device), do: with({:ok, _} <- position(device, :cur), do: :ok)
  def datasync(device), do: sync(device)
  def advise(device, _offset, _length, _advice), do: sync(device)
  def allocate(device, _offset, _length), do: sync(device)

  defp file_request(device, request) when is_pid(device) do
    ref = make_ref()
    monitor = :erlang.monitor(:process, device)
    send(device, {:file_request, self(), ref, request})

    receive do
      {:file_reply, ^ref, reply} ->
        :erlang.demonitor(monitor, [:flush])
        reply

      {:DOWN, ^monitor, _, _, _} ->
        {:error, :terminated}
    end
  end

  defp file_request(_device, _request), do: {:error, :badarg}

  ## Paths

  def open(path, modes) do
    if :ram in modes,
      do: File.Device.open(:erlang.iolist_to_binary(path), modes),
      else: File.Device.open(name(path), modes)
  end

  def path_open(folders, path, modes) do
    found_in(folders, path, fn full -> with {:ok, device} <- open(full, modes), do: {:ok, device, full} end)
  end

  defp found_in(folders, path, read) do
    folders = if Path.type(name(path)) == :absolute, do: [""], else: folders

    Enum.find_value(folders, {:error, :enoent}, fn folder ->
      case read.(:filename.join(folder, path)) do
        {:error, :enoent} -> nil
        result -> result
      end
    end)
  end

  ## Files of Erlang terms

  @doc "The terms of a file, each of which ends with a dot."
  def consult(path) do
    with {:ok, tokens} <- tokens(path), do: terms(tokens, [], [])
  end

  def path_consult(folders, path) do
    found_in(folders, path, fn full -> with {:ok, terms} <- consult(full), do: {:ok, terms, full} end)
  end

  defp terms([], _form, terms), do: {:ok, Enum.reverse(terms)}

  defp terms([{:dot, _} = dot | tokens], form, terms) do
    with {:ok, term} <- :erl_parse.parse_term(Enum.reverse([dot | form])), do: terms(tokens, [], [term | terms])
  end

  defp terms([token | tokens], form, terms), do: terms(tokens, [token | form], terms)

  defp tokens(path) do
    with {:ok, text} <- read_file(path) do
      case :erl_scan.string(String.to_charlist(text <> "\n")) do
        {:ok, tokens, _line} -> {:ok, tokens}
        {:error, problem, _line} -> {:error, problem}
      end
    end
  end

  @doc "Evaluates the expressions of a file."
  def eval(path), do: eval(path, :erl_eval.new_bindings())
  def eval(path, bindings), do: with({:ok, _value} <- script(path, bindings), do: :ok)

  @doc "Evaluates the expressions of a file; the value of the last one."
  def script(path), do: script(path, :erl_eval.new_bindings())

  def script(path, bindings) do
    with {:ok, tokens} <- tokens(path) do
      tokens
      |> Enum.chunk_while([], &until_dot/2, &{:cont, &1})
      |> Enum.reduce_while({:ok, :undefined, bindings}, fn form, {:ok, _value, bindings} ->
        case :erl_parse.parse_exprs(form) do
          {:ok, exprs} ->
            {:value, value, bindings} = :erl_eval.exprs(exprs, bindings)
            {:cont, {:ok, value, bindings}}

          error ->
            {:halt, error}
        end
      end)
      |> then(&with {:ok, value, _bindings} <- &1, do: {:ok, value})
    end
  end

  defp until_dot({:dot, _} = dot, form), do: {:cont, Enum.reverse([dot | form]), []}
  defp until_dot(token, form), do: {:cont, [token | form]}

  ## Folders and names

  def get_cwd, do: charlist(:beamlet_file.get_cwd())

  defp charlist({:ok, text}), do: {:ok, String.to_charlist(text)}
  defp charlist(error), do: error

  def set_cwd(path), do: :beamlet_file.set_cwd(name(path))
  def read_file(path), do: :beamlet_file.read_file(name(path))
  def read_file(path, _options), do: read_file(path)
  def get_cwd(_drive), do: get_cwd()
  def list_dir_all(path), do: list_dir(path)
  def read_link_all(path), do: read_link(path)
  def delete(path, _options), do: delete(path)
  def del_dir_r(path), do: with({:error, reason, _file} <- File.rm_rf(name(path)), do: {:error, reason}) |> removed()
  defp removed({:ok, []}), do: {:error, :enoent}
  defp removed({:ok, _files}), do: :ok
  defp removed(error), do: error

  def list_dir(path) do
    with {:ok, names} <- :beamlet_file.list_dir(name(path)), do: {:ok, Enum.map(names, &String.to_charlist/1)}
  end

  def make_dir(path), do: :beamlet_file.make_dir(name(path))
  def del_dir(path), do: :beamlet_file.del_dir(name(path))
  def delete(path), do: :beamlet_file.delete(name(path))
  def rename(from, to), do: :beamlet_file.rename(name(from), name(to))
  def read_link(path), do: charlist(:beamlet_file.read_link(name(path)))
  def make_symlink(existing, new), do: :beamlet_file.make_symlink(name(existing), name(new))
  def make_link(existing, new), do: :beamlet_file.make_link(name(existing), name(new))
  def change_mode(path, mode), do: :beamlet_file.change_mode(name(path), mode)
  def change_owner(path, user), do: :beamlet_file.change_owner(name(path), user, nil)
  def change_owner(path, user, group), do: :beamlet_file.change_owner(name(path), user, group)
  def change_group(path, group), do: :beamlet_file.change_owner(name(path), nil, group)
  def read_file_info(path, opts \\ []), do: info(:beamlet_file.read_info(name(path), true), opts)
  def read_link_info(path, opts \\ []), do: info(:beamlet_file.read_info(name(path), false), opts)

  # The host tells times in seconds; here they are dates unless a program asks for seconds.
  defp info({:ok, record}, opts) do
    case time_option(opts) do
      :error -> {:error, :badarg}
      :posix -> {:ok, record}
      kind -> {:ok, Enum.reduce(@times, record, fn at, record -> put_elem(record, at, date(elem(record, at), kind)) end)}
    end
  end

  defp info(error, _opts), do: error

  defp time_option(opts) do
    time = for {:time, time} <- opts, do: time
    if time in [[], [:local], [:universal], [:posix]], do: List.first(time, :local), else: :error
  end

  defp date(seconds, :universal), do: :calendar.system_time_to_universal_time(seconds, :second)
  defp date(seconds, :local), do: :calendar.system_time_to_local_time(seconds, :second)

  defp seconds(seconds, :posix), do: seconds
  defp seconds(date, :universal), do: :calendar.datetime_to_gregorian_seconds(date) - @epoch
  defp seconds(date, :local), do: seconds(:erlang.localtime_to_universaltime(date), :universal)

  def change_time(path, modified) do
    with {:ok, info} <- read_file_info(path), do: change_time(path, elem(info, 4), modified)
  end

  def change_time(path, accessed, modified) do
    :beamlet_file.change_time(name(path), seconds(accessed, :local), seconds(modified, :local))
  end

  def write_file_info(path, info, opts \\ []) do
    [:file_info, _size, _type, _access, accessed, modified, _changed, mode | rest] = Tuple.to_list(info)
    [_links, _major, _minor, _inode, user, group] = rest
    time = time_option(opts)

    with :ok <- if(time == :error, do: {:error, :badarg}, else: :ok),
         :ok <- unless_unknown(mode, &change_mode(path, &1)),
         :ok <- unless_unknown(user, &change_owner(path, &1)),
         :ok <- unless_unknown(group, &change_group(path, &1)) do
      unless_unknown(modified, fn modified ->
        accessed = if accessed == :undefined, do: modified, else: accessed
        :beamlet_file.change_time(name(path), seconds(accessed, time), seconds(modified, time))
      end)
    end
  end

  defp unless_unknown(:undefined, _change), do: :ok
  defp unless_unknown(value, change), do: change.(value)

  def write_file(path, data), do: write_file(path, data, [])

  def write_file(path, data, modes) do
    case bytes(data) do
      {:ok, binary} ->
        :beamlet_file.write_file(name(path), binary, :append in modes, :exclusive in modes)

      :error ->
        {:error, :badarg}
    end
  end

  def copy(source, destination, most \\ :infinity) do
    with {:ok, data} <- read_file(source),
         data = if(most == :infinity, do: data, else: binary_part(data, 0, min(most, byte_size(data)))),
         :ok <- write_file(destination, data) do
      {:ok, byte_size(data)}
    end
  end

  defp name(path) when is_atom(path), do: Atom.to_string(path)
  defp name(path), do: IO.chardata_to_string(path)

  ## Errors

  @errors %{
    eacces: ~c"permission denied",
    eagain: ~c"resource temporarily unavailable",
    ebadf: ~c"bad file number",
    ebusy: ~c"file busy",
    eexist: ~c"file already exists",
    efbig: ~c"file too large",
    einval: ~c"invalid argument",
    eio: ~c"I/O error",
    eisdir: ~c"illegal operation on a directory",
    eloop: ~c"too many levels of symbolic links",
    emfile: ~c"too many open files",
    emlink: ~c"too many links",
    enametoolong: ~c"file name too long",
    enoent: ~c"no such file or directory",
    enospc: ~c"no space left on device",
    enotdir: ~c"not a directory",
    enotempty: ~c"directory not empty",
    enotsup: ~c"operation not supported",
    eperm: ~c"not owner",
    erofs: ~c"read-only file system",
    exdev: ~c"cross-domain link",
    badarg: ~c"bad argument",
    terminated: ~c"the file device was terminated",
    system_limit: ~c"a system limit was hit, probably not enough ports",
    no_translation: ~c"no translation"
  }

  def native_name_encoding, do: :utf8

  def format_error(reason) do
    case @errors do
      %{^reason => text} -> text
      %{} when is_atom(reason) -> ~c"unknown POSIX error"
      %{} -> ~c"unknown error"
    end
  end
end

defmodule File do
  @moduledoc """
  Files and directories.

  Functions answer `:ok`, `{:ok, result}` or `{:error, reason}` with a POSIX name such as `:enoent`; those with `!` raise
  a `File.Error`. A browser has no files: there all of them answer `{:error, :enotsup}`.
  """

  @type posix :: :file.posix()
  @type io_device :: :file.io_device()
  @type file_descriptor :: :file.fd()
  @type encoding_mode ::
          :utf8
          | {:encoding,
             :latin1 | :unicode | :utf8 | :utf16 | :utf32 | {:utf16, :big | :little} | {:utf32, :big | :little}}
  @type mode ::
          :append
          | :binary
          | :charlist
          | :compressed
          | :delayed_write
          | :exclusive
          | :raw
          | :read
          | :read_ahead
          | :sync
          | :write
          | {:read_ahead, pos_integer()}
          | {:delayed_write, non_neg_integer(), non_neg_integer()}
          | encoding_mode()
  @type read_offset_mode :: {:read_offset, non_neg_integer()}
  @type stream_mode ::
          encoding_mode()
          | read_offset_mode()
          | :append
          | :compressed
          | :delayed_write
          | :trim_bom
          | {:read_ahead, pos_integer() | false}
          | {:delayed_write, non_neg_integer(), non_neg_integer()}
  @type erlang_time ::
          {{year :: non_neg_integer(), month :: 1..12, day :: 1..31},
           {hour :: 0..23, minute :: 0..59, second :: 0..59}}
  @type posix_time :: integer()
  @type stat_options :: [time: :local | :universal | :posix]
  @type on_conflict_callback :: (Path.t(), Path.t() -> boolean())

  # In place, so that the function that was called is the one in the stack trace.
  defmacrop value!(result, action, path) do
    quote do
      case unquote(result) do
        {:ok, value} -> value
        {:error, reason} -> raise File.Error, reason: reason, action: unquote(action), path: IO.chardata_to_string(unquote(path))
      end
    end
  end

  defmacrop ok!(result, action, path) do
    quote do
      case unquote(result) do
        :ok -> :ok
        {:error, reason} -> raise File.Error, reason: reason, action: unquote(action), path: IO.chardata_to_string(unquote(path))
      end
    end
  end

  ## What there is

  @doc "Whether there is a file of any kind."
  @spec exists?(Path.t(), [term()]) :: boolean()
  def exists?(path, _opts \\ []), do: type(path) != nil

  @doc "Whether there is a regular file."
  @spec regular?(Path.t(), [term()]) :: boolean()
  def regular?(path, _opts \\ []), do: type(path) == :regular

  @doc "Whether there is a directory."
  @spec dir?(Path.t(), [term()]) :: boolean()
  def dir?(path, _opts \\ []), do: type(path) == :directory

  defp type(path) do
    case :file.read_file_info(IO.chardata_to_string(path), time: :posix) do
      {:ok, info} -> elem(info, 2)
      {:error, _reason} -> nil
    end
  end

  @doc "What is known of a file: `File.Stat`. The option `:time` is `:universal` (default), `:local` or `:posix`."
  @spec stat(Path.t(), stat_options) :: {:ok, File.Stat.t()} | {:error, posix}
  def stat(path, opts \\ []), do: stat_of(:file.read_file_info(path, time: :posix), opts)

  @doc "Like `stat/2`, of a link itself."
  @spec lstat(Path.t(), stat_options) :: {:ok, File.Stat.t()} | {:error, posix}
  def lstat(path, opts \\ []), do: stat_of(:file.read_link_info(path, time: :posix), opts)

  defp stat_of({:ok, record}, opts) do
    stat = File.Stat.from_record(record)

    if Keyword.get(opts, :time, :universal) == :posix do
      {:ok, stat}
    else
      {:ok, %{stat | atime: datetime(stat.atime), mtime: datetime(stat.mtime), ctime: datetime(stat.ctime)}}
    end
  end

  defp stat_of(error, _opts), do: error

  defp datetime(seconds) do
    time = DateTime.from_unix!(seconds)
    {{time.year, time.month, time.day}, {time.hour, time.minute, time.second}}
  end

  @doc "Like `stat/2`, or raises."
  @spec stat!(Path.t(), stat_options) :: File.Stat.t()
  def stat!(path, opts \\ []), do: value!(stat(path, opts), "read file stats", path)

  @doc "Like `lstat/2`, or raises."
  @spec lstat!(Path.t(), stat_options) :: File.Stat.t()
  def lstat!(path, opts \\ []), do: value!(lstat(path, opts), "read file stats", path)

  @doc "Sets mode and times of a file to those of a stat."
  @spec write_stat(Path.t(), File.Stat.t(), stat_options) :: :ok | {:error, posix}
  def write_stat(path, %File.Stat{} = stat, _opts \\ []) do
    with :ok <- :file.change_mode(path, stat.mode) do
      :beamlet_file.change_time(IO.chardata_to_string(path), posix(stat.atime), posix(stat.mtime))
    end
  end

  defp posix(seconds) when is_integer(seconds), do: seconds

  defp posix({date, time}) do
    {date, time} |> NaiveDateTime.from_erl!() |> DateTime.from_naive!("Etc/UTC") |> DateTime.to_unix()
  end

  @doc "Like `write_stat/3`, or raises."
  @spec write_stat!(Path.t(), File.Stat.t(), stat_options) :: :ok
  def write_stat!(path, stat, opts \\ []), do: ok!(write_stat(path, stat, opts), "write file stats", path)

  @doc "Sets the times of a file, and makes it if it is not there."
  @spec touch(Path.t(), :calendar.datetime() | integer()) :: :ok | {:error, posix}
  def touch(path, time \\ System.os_time(:second)) do
    path = IO.chardata_to_string(path)
    time = posix(time)

    with {:error, :enoent} <- :beamlet_file.change_time(path, time, time),
         :ok <- write(path, "", [:append]) do
      :beamlet_file.change_time(path, time, time)
    end
  end

  @doc "Like `touch/2`, or raises."
  @spec touch!(Path.t(), :calendar.datetime() | integer()) :: :ok
  def touch!(path, time \\ System.os_time(:second)), do: ok!(touch(path, time), "touch", path)

  ## Contents

  @doc "The contents of a file."
  @spec read(Path.t()) :: {:ok, binary()} | {:error, posix}
  def read(path), do: :file.read_file(path)

  @doc "Like `read/1`, or raises."
  @spec read!(Path.t()) :: binary()
  def read!(path), do: value!(read(path), "read file", path)

  @doc "Writes the contents of a file; `:append` adds to them."
  @spec write(Path.t(), iodata(), [mode]) :: :ok | {:error, posix}
  def write(path, content, modes \\ []) do
    content = if :utf8 in modes or {:encoding, :utf8} in modes, do: IO.chardata_to_string(content), else: content
    :file.write_file(path, content, modes)
  end

  @doc "Like `write/3`, or raises."
  @spec write!(Path.t(), iodata(), [mode]) :: :ok
  def write!(path, content, modes \\ []), do: ok!(write(path, content, modes), "write to file", path)

  @doc "Opens a file as a device for `IO`; with a function, calls it with the device and closes that."
  @spec open(Path.t(), [mode] | (io_device -> res)) :: {:ok, io_device | res} | {:error, posix}
        when res: var
  def open(path, modes_or_function \\ [])
  def open(path, modes) when is_list(modes), do: :file.open(path, device_modes(modes))
  def open(path, function) when is_function(function, 1), do: open(path, [], function)

  @doc "Opens a file with modes, calls the function with the device and closes that."
  @spec open(Path.t(), [mode], (io_device -> res)) :: {:ok, res} | {:error, posix} when res: var
  def open(path, modes, function) when is_list(modes) and is_function(function, 1) do
    with {:ok, device} <- open(path, modes) do
      try do
        {:ok, function.(device)}
      after
        :ok = close(device)
      end
    end
  end

  defp device_modes(modes) do
    modes = Enum.map(modes, fn mode -> if mode == :utf8, do: {:encoding, :utf8}, else: mode end)
    if :charlist in modes, do: List.delete(modes, :charlist), else: [:binary | modes]
  end

  @doc "Like `open/2`, or raises."
  @spec open!(Path.t(), [mode] | (io_device -> res)) :: io_device | res when res: var
  def open!(path, modes_or_function \\ []), do: value!(open(path, modes_or_function), "open", path)

  @doc "Like `open/3`, or raises."
  @spec open!(Path.t(), [mode], (io_device -> res)) :: res when res: var
  def open!(path, modes, function), do: value!(open(path, modes, function), "open", path)

  @doc "Closes a device."
  @spec close(io_device) :: :ok | {:error, posix | :badarg | :terminated}
  def close(io_device), do: :file.close(io_device)

  @doc "A file as a stream of lines, or of parts of a number of bytes; it can also be collected into."
  @spec stream!(Path.t(), :line | pos_integer() | [mode], [mode]) :: File.Stream.t()
  @spec stream!(Path.t(), :line | pos_integer() | [stream_mode()]) :: File.Stream.t()
  def stream!(path, line_or_bytes_modes \\ [])
  def stream!(path, modes) when is_list(modes), do: stream!(path, :line, modes)
  def stream!(path, line_or_bytes), do: stream!(path, line_or_bytes, [])

  def stream!(path, modes, line_or_bytes) when is_list(modes) do
    stream!(path, line_or_bytes, modes)
  end

  def stream!(path, line_or_bytes, modes)
      when line_or_bytes == :line or (is_integer(line_or_bytes) and line_or_bytes > 0) do
    modes = Enum.map(modes, fn mode -> if mode == :utf8, do: {:encoding, :utf8}, else: mode end)
    modes = if :charlist in modes, do: modes -- [:charlist], else: Enum.uniq(modes ++ [:binary])
    File.Stream.__build__(IO.chardata_to_string(path), line_or_bytes, modes)
  end

  ## Copying and moving

  @doc "Copies at most `bytes_count` bytes of a file or device into another; returns how many."
  @spec copy(Path.t() | io_device, Path.t() | io_device, pos_integer() | :infinity) ::
          {:ok, non_neg_integer()} | {:error, posix}
  def copy(source, destination, bytes_count \\ :infinity) do
    with {:ok, data} <- source_data(source),
         data = if(bytes_count == :infinity, do: data, else: binary_part(data, 0, min(bytes_count, byte_size(data)))),
         :ok <- if(is_pid(destination), do: IO.binwrite(destination, data), else: write(destination, data)) do
      {:ok, byte_size(data)}
    end
  end

  defp source_data(device) when is_pid(device) do
    case IO.binread(device, :eof) do
      :eof -> {:ok, ""}
      {:error, _reason} = error -> error
      data -> {:ok, IO.iodata_to_binary(data)}
    end
  end

  defp source_data(path), do: read(path)

  @doc "Like `copy/3`, or raises."
  @spec copy!(Path.t() | io_device, Path.t() | io_device, pos_integer() | :infinity) :: non_neg_integer()
  def copy!(source, destination, bytes_count \\ :infinity) do
    case copy(source, destination, bytes_count) do
      {:ok, count} -> count
      {:error, reason} -> copy_error!(reason, "copy", source, destination, "")
    end
  end

  @doc "Renames or moves a file or directory."
  @spec rename(Path.t(), Path.t()) :: :ok | {:error, posix}
  def rename(source, destination) do
    with {:error, :enotempty} <- :file.rename(source, destination), do: {:error, :eexist}
  end

  @doc "Like `rename/2`, or raises."
  @spec rename!(Path.t(), Path.t()) :: :ok
  def rename!(source, destination) do
    with {:error, reason} <- rename(source, destination) do
      raise File.RenameError,
        reason: reason,
        action: "rename",
        source: IO.chardata_to_string(source),
        destination: IO.chardata_to_string(destination)
    end
  end

  @doc "Copies a file with its mode. The function of `:on_conflict` says whether to replace an existing one."
  @spec cp(Path.t(), Path.t(), keyword()) :: :ok | {:error, posix}
  def cp(source_file, destination_file, options \\ []) do
    source = IO.chardata_to_string(source_file)
    destination = IO.chardata_to_string(destination_file)

    case copy_file(source, destination, on_conflict(options)) do
      {:error, reason, _file} -> {:error, reason}
      _ -> :ok
    end
  end

  @doc "Like `cp/3`, or raises."
  @spec cp!(Path.t(), Path.t(), keyword()) :: :ok
  def cp!(source_file, destination_file, options \\ []) do
    with {:error, reason} <- cp(source_file, destination_file, options) do
      copy_error!(reason, "copy", source_file, destination_file, "")
    end
  end

  defp on_conflict(function) when is_function(function, 2), do: function
  defp on_conflict(options), do: Keyword.get(options, :on_conflict, fn _source, _destination -> true end)

  # The file if it was copied, `nil` if not.
  defp copy_file(same, same, _on_conflict), do: if(exists?(same), do: nil, else: {:error, :enoent, same})

  defp copy_file(source, destination, on_conflict) do
    with {:ok, %{mode: mode, type: type}} <- stat(source, time: :posix),
         true <- type == :regular or {:error, if(type == :directory, do: :eisdir, else: :eperm)},
         {:ok, data} <- read(source) do
      if exists?(destination) and not on_conflict.(source, destination) do
        nil
      else
        with :ok <- write(destination, data), :ok <- chmod(destination, mode) do
          destination
        else
          {:error, reason} -> {:error, reason, destination}
        end
      end
    else
      {:error, reason} -> {:error, reason, source}
    end
  end

  @doc "Copies a file or a directory with all it contains; returns the copies."
  @spec cp_r(Path.t(), Path.t(), keyword()) :: {:ok, [binary()]} | {:error, posix, binary()}
  def cp_r(source, destination, options \\ []) do
    source = source |> IO.chardata_to_string() |> no_null!("File.cp_r/3")
    destination = destination |> IO.chardata_to_string() |> no_null!("File.cp_r/3")
    follow? = is_list(options) and Keyword.get(options, :dereference_symlinks, false)

    case copy_tree(source, destination, {on_conflict(options), follow?}, []) do
      {:error, _reason, _file} = error -> error
      copied -> {:ok, copied}
    end
  end

  # Of what was copied, the last is the first.
  defp copy_tree(source, destination, {on_conflict, follow?} = options, copied) do
    type = with {:ok, %{type: type}} <- if(follow?, do: stat(source), else: lstat(source)), do: type

    cond do
      type == :symlink ->
        case copy_link(source, destination, on_conflict) do
          nil -> copied
          {:error, _reason, _file} = error -> error
          file -> [file | copied]
        end

      dir?(source) ->
        with {:ok, names} <- ls(source),
             made when made in [:ok, {:error, :eexist}] <- mkdir(destination) do
          Enum.reduce_while(names, [destination | copied], fn name, copied ->
            case copy_tree(Path.join(source, name), Path.join(destination, name), options, copied) do
              {:error, _reason, _file} = error -> {:halt, error}
              copied -> {:cont, copied}
            end
          end)
        else
          {:error, reason} -> {:error, reason, destination}
        end

      true ->
        case copy_file(source, destination, on_conflict) do
          nil -> copied
          {:error, _reason, _file} = error -> error
          file -> [file | copied]
        end
    end
  end

  # A link is copied as a link.
  defp copy_link(source, destination, on_conflict) do
    if match?({:ok, _}, lstat(destination)) and not on_conflict.(source, destination) do
      nil
    else
      rm(destination)

      with {:ok, target} <- read_link(source), :ok <- ln_s(target, destination) do
        destination
      else
        {:error, reason} -> {:error, reason, source}
      end
    end
  end

  defp no_null!(path, operation) do
    if :binary.match(path, <<0>>) != :nomatch,
      do: raise(ArgumentError, "cannot execute #{operation} for path with null byte, got: #{inspect(path)}")

    path
  end

  @doc "Like `cp_r/3`, or raises."
  @spec cp_r!(Path.t(), Path.t(), keyword()) :: [binary()]
  def cp_r!(source, destination, options \\ []) do
    case cp_r(source, destination, options) do
      {:ok, files} -> files
      {:error, reason, file} -> copy_error!(reason, "copy recursively", source, destination, file)
    end
  end

  @spec copy_error!(posix, binary(), Path.t() | io_device, Path.t() | io_device, binary()) :: no_return()
  defp copy_error!(reason, action, source, destination, on) do
    raise File.CopyError,
      reason: reason,
      action: action,
      on: on,
      source: name(source),
      destination: name(destination)
  end

  defp name(path) when is_pid(path), do: path
  defp name(path), do: IO.chardata_to_string(path)

  ## Links

  @doc "Makes a hard link."
  @spec ln(Path.t(), Path.t()) :: :ok | {:error, posix}
  def ln(existing, new), do: :file.make_link(existing, new)

  @doc "Like `ln/2`, or raises."
  @spec ln!(Path.t(), Path.t()) :: :ok
  def ln!(existing, new), do: link!(ln(existing, new), "create hard link", existing, new)

  @doc "Makes a symbolic link."
  @spec ln_s(Path.t(), Path.t()) :: :ok | {:error, posix}
  def ln_s(existing, new), do: :file.make_symlink(existing, new)

  @doc "Like `ln_s/2`, or raises."
  @spec ln_s!(Path.t(), Path.t()) :: :ok
  def ln_s!(existing, new), do: link!(ln_s(existing, new), "create symlink", existing, new)

  defp link!(:ok, _action, _existing, _new), do: :ok

  defp link!({:error, reason}, action, existing, new) do
    raise File.LinkError, reason: reason, action: action, existing: name(existing), new: name(new)
  end

  @doc "Where a symbolic link leads."
  @spec read_link(Path.t()) :: {:ok, binary()} | {:error, posix}
  def read_link(path), do: with({:ok, target} <- :file.read_link(path), do: {:ok, IO.chardata_to_string(target)})

  @doc "Like `read_link/1`, or raises."
  @spec read_link!(Path.t()) :: binary()
  def read_link!(path), do: value!(read_link(path), "read link", path)

  ## Directories

  @doc "The names in a directory."
  @spec ls(Path.t()) :: {:ok, [binary()]} | {:error, posix}
  def ls(path \\ ".") do
    with {:ok, names} <- :file.list_dir(path), do: {:ok, Enum.map(names, &IO.chardata_to_string/1)}
  end

  @doc "Like `ls/1`, or raises."
  @spec ls!(Path.t()) :: [binary()]
  def ls!(path \\ "."), do: value!(ls(path), "list directory", path)

  @doc "Makes a directory."
  @spec mkdir(Path.t()) :: :ok | {:error, posix}
  def mkdir(path), do: :file.make_dir(path)

  @doc "Like `mkdir/1`, or raises."
  @spec mkdir!(Path.t()) :: :ok
  def mkdir!(path), do: ok!(mkdir(path), "make directory", path)

  @doc "Makes a directory and those above it."
  @spec mkdir_p(Path.t()) :: :ok | {:error, posix}
  def mkdir_p(path) do
    path = IO.chardata_to_string(path)
    parent = Path.dirname(path)

    cond do
      dir?(path) -> :ok
      parent == path -> {:error, :einval}
      true -> make_dir_below(mkdir_p(parent), path)
    end
  end

  defp make_dir_below(:ok, path), do: :file.make_dir(path)
  # What stands where a parent should be is no directory.
  defp make_dir_below({:error, :eexist}, _path), do: {:error, :enotdir}
  defp make_dir_below(error, _path), do: error

  @doc "Like `mkdir_p/1`, or raises."
  @spec mkdir_p!(Path.t()) :: :ok
  def mkdir_p!(path), do: ok!(mkdir_p(path), "make directory (with -p)", path)

  @doc "The working directory."
  @spec cwd() :: {:ok, binary()} | {:error, posix}
  def cwd, do: with({:ok, here} <- :file.get_cwd(), do: {:ok, IO.chardata_to_string(here)})

  @doc "Like `cwd/0`, or raises."
  @spec cwd!() :: binary()
  def cwd! do
    case cwd() do
      {:ok, cwd} -> cwd
      {:error, reason} -> raise File.Error, reason: reason, action: "get current working directory"
    end
  end

  @doc "Changes the working directory."
  @spec cd(Path.t()) :: :ok | {:error, posix}
  def cd(path), do: :file.set_cwd(path)

  @doc "Like `cd/1`, or raises."
  @spec cd!(Path.t()) :: :ok
  def cd!(path), do: ok!(cd(path), "set current working directory to", path)

  @doc "Changes the working directory while the function runs."
  @spec cd!(Path.t(), (-> res)) :: res when res: var
  def cd!(path, function) do
    old = cwd!()
    cd!(path)

    try do
      function.()
    after
      cd!(old)
    end
  end

  ## Removing

  @doc "Removes a file."
  @spec rm(Path.t()) :: :ok | {:error, posix}
  def rm(path) do
    # Erlang does not tell a folder from a file that must not be removed.
    with {:error, :eisdir} <- :file.delete(path), do: {:error, :eperm}
  end

  @doc "Like `rm/1`, or raises."
  @spec rm!(Path.t()) :: :ok
  def rm!(path), do: ok!(rm(path), "remove file", path)

  @doc "Removes an empty directory."
  @spec rmdir(Path.t()) :: :ok | {:error, posix}
  def rmdir(path) do
    with {:error, :enotempty} <- :file.del_dir(path), do: {:error, :eexist}
  end

  @doc "Like `rmdir/1`, or raises."
  @spec rmdir!(Path.t()) :: :ok
  def rmdir!(path), do: ok!(rmdir(path), "remove directory", path)

  @doc "Removes files and directories with all they contain; returns what was removed."
  @spec rm_rf(Path.t()) :: {:ok, [binary()]} | {:error, posix, binary()}
  def rm_rf(path) do
    case path |> IO.chardata_to_string() |> no_null!("File.rm_rf/1") |> remove_tree([]) do
      {:error, _reason, _file} = error -> error
      removed -> {:ok, removed}
    end
  end

  defp remove_tree(path, removed) do
    directory? = match?({:ok, %{type: :directory}}, lstat(path, time: :posix))

    with names when is_list(names) <- if(directory?, do: ls!(path), else: []),
         removed when is_list(removed) <-
           Enum.reduce_while(names, removed, fn name, removed ->
             case remove_tree(Path.join(path, name), removed) do
               {:error, _reason, _file} = error -> {:halt, error}
               removed -> {:cont, removed}
             end
           end) do
      case if(directory?, do: rmdir(path), else: rm(path)) do
        :ok -> [path | removed]
        {:error, reason} when reason in [:enoent, :enotdir] -> removed
        {:error, reason} -> {:error, reason, path}
      end
    end
  end

  @doc "Like `rm_rf/1`, or raises."
  @spec rm_rf!(Path.t()) :: [binary()]
  def rm_rf!(path) do
    case rm_rf(path) do
      {:ok, files} ->
        files

      {:error, reason, _file} ->
        raise File.Error,
          reason: reason,
          path: IO.chardata_to_string(path),
          action: "remove files and directories recursively from"
    end
  end

  ## Rights

  @doc "Sets the mode of a file."
  @spec chmod(Path.t(), non_neg_integer()) :: :ok | {:error, posix}
  def chmod(path, mode), do: :file.change_mode(path, mode)

  @doc "Like `chmod/2`, or raises."
  @spec chmod!(Path.t(), non_neg_integer()) :: :ok
  def chmod!(path, mode), do: ok!(chmod(path, mode), "change mode for", path)

  @doc "Changes the group of a file."
  @spec chgrp(Path.t(), non_neg_integer()) :: :ok | {:error, posix}
  def chgrp(path, gid), do: :file.change_group(path, gid)

  @doc "Like `chgrp/2`, or raises."
  @spec chgrp!(Path.t(), non_neg_integer()) :: :ok
  def chgrp!(path, gid), do: ok!(chgrp(path, gid), "change group for", path)

  @doc "Changes the owner of a file."
  @spec chown(Path.t(), non_neg_integer()) :: :ok | {:error, posix}
  def chown(path, uid), do: :file.change_owner(path, uid)

  @doc "Like `chown/2`, or raises."
  @spec chown!(Path.t(), non_neg_integer()) :: :ok
  def chown!(path, uid), do: ok!(chown(path, uid), "change owner for", path)
end

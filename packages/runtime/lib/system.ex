# The system around the program: time, environment variables, arguments, versions.
defmodule System.EnvError do
  @moduledoc "An environment variable is not set."
  defexception [:env]

  @impl true
  def message(%{env: env}),
    do: "could not fetch environment variable #{inspect(env)} because it is not set"
end

defmodule System do
  @moduledoc "Functions on the system that the program runs on."

  @type signal ::
          :sigabrt
          | :sigalrm
          | :sigchld
          | :sighup
          | :sigquit
          | :sigstop
          | :sigterm
          | :sigtstp
          | :sigusr1
          | :sigusr2
  @type time_unit :: :second | :millisecond | :microsecond | :nanosecond | pos_integer

  @version "1.18.4"

  ## Versions

  @doc "Returns the version of Elixir that the library follows."
  @spec version() :: String.t()
  def version, do: @version

  @doc "Returns the version with what it was built on."
  @spec build_info() :: %{
          build: String.t(),
          date: String.t(),
          revision: String.t(),
          version: String.t(),
          otp_release: String.t()
        }
  def build_info do
    %{
      build: "#{@version} (compiled with Erlang/OTP #{otp_release()})",
      date: "",
      revision: "",
      version: @version,
      otp_release: otp_release()
    }
  end

  @doc "Returns the Erlang/OTP release that the system follows."
  @spec otp_release() :: String.t()
  def otp_release, do: List.to_string(:erlang.system_info(:otp_release))

  @doc "Returns the byte order of the machine."
  @spec endianness() :: :little | :big
  def endianness, do: :erlang.system_info(:endian)

  @doc "Returns the byte order of the machine that compiled the library."
  @spec compiled_endianness() :: :little | :big
  def compiled_endianness, do: :little

  @doc "Returns the number of schedulers."
  @spec schedulers() :: pos_integer()
  def schedulers, do: :erlang.system_info(:schedulers)

  @doc "Returns the number of schedulers in use."
  @spec schedulers_online() :: pos_integer()
  def schedulers_online, do: :erlang.system_info(:schedulers_online)

  ## Arguments and end

  @doc "Returns the arguments of the command line."
  @spec argv() :: [String.t()]
  def argv, do: :persistent_term.get({System, :argv}, [])

  @doc "Replaces the arguments of the command line."
  @spec argv([String.t()]) :: :ok
  def argv(args) when is_list(args), do: :persistent_term.put({System, :argv}, args)

  @doc "Tells whether the system goes on when its script ends."
  @spec no_halt() :: boolean()
  def no_halt, do: :persistent_term.get({System, :no_halt}, false)

  @doc "Sets whether the system goes on when its script ends."
  @spec no_halt(boolean()) :: :ok
  def no_halt(boolean) when is_boolean(boolean), do: :persistent_term.put({System, :no_halt}, boolean)

  @doc "Has a function called with the exit status when the system ends."
  @spec at_exit((non_neg_integer() -> any())) :: :ok
  def at_exit(fun) when is_function(fun, 1),
    do: :persistent_term.put({System, :at_exit}, [fun | :persistent_term.get({System, :at_exit}, [])])

  @doc "Ends the system at once."
  @spec halt(non_neg_integer() | binary() | :abort) :: no_return()
  @spec halt() :: no_return()
  def halt(status \\ 0)
  def halt(status) when is_integer(status) or status == :abort, do: :erlang.halt(status)
  def halt(status) when is_binary(status), do: :erlang.halt(String.to_charlist(status))

  @doc "Ends the system after its applications."
  @spec stop(non_neg_integer() | binary()) :: :ok
  def stop(status \\ 0)
  def stop(status) when is_integer(status), do: :erlang.halt(status)
  def stop(status) when is_binary(status), do: :erlang.halt(String.to_charlist(status))

  @doc "Returns the number of the operating system's process, as a string."
  @spec pid() :: String.t()
  def pid, do: List.to_string(:os.getpid())

  @doc "Ends the system; the host starts no other."
  @spec restart() :: :ok
  defdelegate restart(), to: :init

  @doc false
  @deprecated "Use System.pid/0 instead"
  @spec get_pid() :: binary()
  def get_pid, do: pid()

  @doc false
  @deprecated "Use File.cwd/0 instead"
  @spec cwd() :: String.t() | nil
  def cwd, do: with({:ok, folder} <- File.cwd(), do: folder, else: (_ -> nil))

  @doc false
  @deprecated "Use File.cwd!/0 instead"
  @spec cwd!() :: String.t()
  def cwd!, do: File.cwd!()

  @signals [:sigabrt, :sigalrm, :sigchld, :sighup, :sigquit, :sigstop, :sigterm, :sigtstp, :sigusr1, :sigusr2]

  @doc """
  Has a function called when the operating system sends a signal, under an identity of one's own or a new one. It returns `:ok`; one
  that fails is not called again. Browsers have no signals.
  """
  @spec trap_signal(signal(), id, (-> :ok)) ::
          {:ok, id} | {:error, :already_registered} | {:error, :not_sup}
        when id: term()
  @spec trap_signal(signal(), (-> :ok)) :: {:ok, reference()} | {:error, :not_sup}
  def trap_signal(signal, id \\ make_ref(), fun) when signal in @signals and is_function(fun, 0) do
    handlers = :persistent_term.get({System, :signals}, %{})

    if is_map_key(handlers, {signal, id}) do
      {:error, :already_registered}
    else
      :persistent_term.put({System, :signals}, Map.put(handlers, {signal, id}, fun))
      :os.set_signal(signal, :handle)
      {:ok, id}
    end
  end

  @doc "Takes away the handler of a signal."
  @spec untrap_signal(signal(), id) :: :ok | {:error, :not_found} when id: term()
  def untrap_signal(signal, id) when signal in @signals do
    handlers = :persistent_term.get({System, :signals}, %{})

    if is_map_key(handlers, {signal, id}) do
      handlers = Map.delete(handlers, {signal, id})
      :persistent_term.put({System, :signals}, handlers)
      unless Enum.any?(handlers, &match?({{^signal, _}, _}, &1)), do: :os.set_signal(signal, :default)
      :ok
    else
      {:error, :not_found}
    end
  end

  # Called by the runtime in a process of its own.
  @doc false
  def __signal__(signal) do
    for {{^signal, id}, fun} <- :persistent_term.get({System, :signals}, %{}) do
      try do
        :ok = fun.()
      catch
        kind, reason ->
          stacktrace = __STACKTRACE__
          untrap_signal(signal, id)
          # Reported as the crash that it is, which the other handlers do not share.
          spawn(fn -> :erlang.raise(kind, reason, stacktrace) end)
      end
    end
  end

  @doc "Returns an empty list; use `__STACKTRACE__/0`."
  @deprecated "Use __STACKTRACE__ instead"
  def stacktrace, do: []

  ## Environment

  @doc "Returns all environment variables as a map."
  @spec get_env() :: %{optional(String.t()) => String.t()}
  def get_env do
    Map.new(:os.env(), fn {name, value} ->
      {IO.chardata_to_string(name), IO.chardata_to_string(value)}
    end)
  end

  @doc "Returns an environment variable, or the default."
  @spec get_env(String.t(), String.t()) :: String.t()
  @spec get_env(String.t(), nil) :: String.t() | nil
  def get_env(varname, default \\ nil)
      when is_binary(varname) and (is_binary(default) or is_nil(default)) do
    case :os.getenv(String.to_charlist(varname)) do
      false -> default
      value -> List.to_string(value)
    end
  end

  @doc "Fetches an environment variable."
  @spec fetch_env(String.t()) :: {:ok, String.t()} | :error
  def fetch_env(varname) when is_binary(varname) do
    case get_env(varname) do
      nil -> :error
      value -> {:ok, value}
    end
  end

  @doc "Returns an environment variable, or raises."
  @spec fetch_env!(String.t()) :: String.t()
  def fetch_env!(varname) when is_binary(varname), do: get_env(varname) || raise(System.EnvError, env: varname)

  @doc "Sets an environment variable."
  @spec put_env(binary(), binary()) :: :ok
  def put_env(varname, value) when is_binary(varname) and is_binary(value) do
    if String.contains?(varname, "=") do
      raise ArgumentError,
            "cannot execute System.put_env/2 for key with \"=\", got: #{inspect(varname)}"
    end

    :os.putenv(String.to_charlist(varname), String.to_charlist(value))
    :ok
  end

  @doc "Sets several environment variables; `nil` deletes one."
  @spec put_env(Enumerable.t()) :: :ok
  def put_env(enum) do
    Enum.each(enum, fn
      {name, nil} -> :os.unsetenv(to_charlist(name))
      {name, value} -> put_env(to_string(name), to_string(value))
    end)
  end

  @doc "Deletes an environment variable."
  @spec delete_env(String.t()) :: :ok
  def delete_env(varname) do
    :os.unsetenv(String.to_charlist(varname))
    :ok
  end

  @doc "Returns the user's home directory."
  @spec user_home() :: String.t() | nil
  def user_home, do: get_env("HOME")

  @doc "Returns the user's home directory, or raises."
  @spec user_home!() :: String.t()
  def user_home!,
    do: user_home() || raise("could not find the user home, please set the HOME environment variable")

  @doc "Returns a directory for temporary files."
  @spec tmp_dir() :: String.t() | nil
  def tmp_dir, do: get_env("TMPDIR") || get_env("TEMP") || get_env("TMP") || "/tmp"

  @doc "Returns a directory for temporary files."
  @spec tmp_dir!() :: String.t()
  def tmp_dir!, do: tmp_dir()

  @doc "The path of a program among the folders of `PATH`, or `nil`."
  @spec find_executable(binary()) :: binary() | nil
  def find_executable(program) when is_binary(program) do
    no_null!(program, "System.find_executable/1 for program")

    case :os.find_executable(String.to_charlist(program)) do
      false -> nil
      path -> List.to_string(path)
    end
  end

  @doc """
  Runs a program and waits for its end: `{output, exit status}`.

  The options are `:into`, `:lines`, `:cd`, `:env`, `:stderr_to_stdout` and `:use_stdio`. Where the host runs no programs, as in a
  browser, `ErlangError` says `:enotsup`.
  """
  @spec cmd(binary(), [binary()], keyword()) :: {Collectable.t(), exit_status :: non_neg_integer()}
  def cmd(command, args, opts \\ []) when is_binary(command) and is_list(args) do
    no_null!(command, "System.cmd/3 for program")

    if not Enum.all?(args, &is_binary/1),
      do: raise(ArgumentError, "all arguments for System.cmd/3 must be binaries")

    path =
      if Path.type(command) == :absolute,
        do: command,
        else: find_executable(command) || :erlang.error(:enoent, [command, args, opts])

    run(path, args, opts, [command, args, opts])
  end

  @doc "Runs a command by the shell `sh`: `{output, exit status}`. Options are those of `cmd/3`."
  @spec shell(
          binary(),
          keyword()
        ) :: {Collectable.t(), exit_status :: non_neg_integer()}
  def shell(command, opts \\ []) when is_binary(command) do
    command |> String.trim() |> no_null!("System.shell/2 for command")
    run("/bin/sh", ["-c", command], opts, [command, opts])
  end

  defp no_null!(text, what) do
    if :binary.match(text, <<0>>) != :nomatch,
      do: raise(ArgumentError, "cannot execute #{what} with null byte, got: #{inspect(text)}")
  end

  defp run(path, args, opts, called) do
    stderr_to_stdout? = opts[:stderr_to_stdout] == true

    settings =
      Enum.reduce(opts, %{into: "", lines: nil, cd: nil, env: [], merge: false}, fn
        {:into, into}, settings -> %{settings | into: into}
        {:lines, most}, settings when is_integer(most) and most > 0 -> %{settings | lines: most}
        {:cd, folder}, settings when is_binary(folder) -> %{settings | cd: folder}
        {:stderr_to_stdout, merge}, settings when is_boolean(merge) -> %{settings | merge: merge}
        {:env, env}, settings -> %{settings | env: Enum.map(env, &variable!/1)}
        {:use_stdio, false}, _settings when stderr_to_stdout? ->
          raise ArgumentError, "cannot use \"stderr_to_stdout: true\" and \"use_stdio: false\""

        {option, _}, settings when option in [:arg0, :parallelism, :use_stdio, :close_stdin] -> settings
        {key, value}, _settings -> raise ArgumentError, "invalid option #{inspect(key)} with value #{inspect(value)}"
      end)

    {initial, collect} = Collectable.into(settings.into)

    try do
      case :beamlet_program.run(path, args, settings.cd, settings.env, settings.merge) do
        {:ok, output, status} ->
          acc = Enum.reduce(pieces(output, settings.lines), initial, &collect.(&2, {:cont, &1}))
          {collect.(acc, :done), status}

        {:error, reason} ->
          :erlang.error(reason, called)
      end
    catch
      kind, reason ->
        collect.(initial, :halt)
        :erlang.raise(kind, reason, __STACKTRACE__)
    end
  end

  defp variable!({name, value}) when is_binary(name) and (is_binary(value) or value == nil), do: {name, value}
  defp variable!({name, value}), do: {to_string(name), value && to_string(value)}

  defp pieces("", _lines), do: []
  defp pieces(output, nil), do: [output]

  defp pieces(output, _most) do
    lines = String.split(output, ["\r\n", "\n"])
    if List.last(lines) == "", do: Enum.drop(lines, -1), else: lines
  end

  ## Time

  @doc "Returns a time that never goes back, in native units."
  @spec monotonic_time() :: integer()
  def monotonic_time, do: :erlang.monotonic_time()

  @doc "Returns a time that never goes back."
  @spec monotonic_time(time_unit() | :native) :: integer()
  def monotonic_time(unit), do: :erlang.monotonic_time(unit!(unit))

  @doc "Returns the time since 1970, in native units."
  @spec system_time() :: integer()
  def system_time, do: :erlang.system_time()

  @doc "Returns the time since 1970."
  @spec system_time(time_unit() | :native) :: integer()
  def system_time(unit), do: :erlang.system_time(unit!(unit))

  @doc "Returns the operating system's time since 1970, in native units."
  @spec os_time() :: integer()
  def os_time, do: :os.system_time()

  @doc "Returns the operating system's time since 1970."
  @spec os_time(time_unit() | :native) :: integer()
  def os_time(unit), do: :os.system_time(unit!(unit))

  @doc "Returns the difference of system time and monotonic time, in native units."
  @spec time_offset() :: integer()
  def time_offset, do: :erlang.time_offset()

  @doc "Returns the difference of system time and monotonic time."
  @spec time_offset(time_unit() | :native) :: integer()
  def time_offset(unit), do: :erlang.time_offset(unit!(unit))

  @doc "Converts a time between units, rounding down."
  @spec convert_time_unit(integer(), time_unit() | :native, time_unit() | :native) :: integer()
  def convert_time_unit(time, from_unit, to_unit),
    do: :erlang.convert_time_unit(time, unit!(from_unit), unit!(to_unit))

  @doc "Returns an integer that has not been returned before."
  @spec unique_integer([:positive | :monotonic]) :: integer()
  def unique_integer(modifiers \\ []), do: :erlang.unique_integer(modifiers)

  defp unit!(unit) when unit in [:native, :second, :millisecond, :microsecond, :nanosecond], do: unit
  defp unit!(unit) when is_integer(unit) and unit > 0, do: unit

  defp unit!(:seconds), do: deprecated(:seconds, :second)
  defp unit!(:milliseconds), do: deprecated(:milliseconds, :millisecond)
  defp unit!(:microseconds), do: deprecated(:microseconds, :microsecond)
  defp unit!(:nanoseconds), do: deprecated(:nanoseconds, :nanosecond)
  defp unit!(:milli_seconds), do: deprecated(:milli_seconds, :millisecond)
  defp unit!(:micro_seconds), do: deprecated(:micro_seconds, :microsecond)
  defp unit!(:nano_seconds), do: deprecated(:nano_seconds, :nanosecond)

  defp unit!(other) do
    raise ArgumentError,
          "unsupported time unit. Expected :second, :millisecond, :microsecond, :nanosecond, " <>
            "or a positive integer, got #{inspect(other)}"
  end

  defp deprecated(unit, replacement) do
    message = fn ->
      "deprecated time unit: #{inspect(unit)}. A time unit should be " <>
        ":second, :millisecond, :microsecond, :nanosecond, or a positive integer"
    end

    IO.warn_once({__MODULE__, unit}, message, 5)

    replacement
  end
end

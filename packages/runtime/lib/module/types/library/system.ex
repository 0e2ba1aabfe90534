defmodule Module.Types.Library.System do
  @moduledoc false

  def of(Agent) do
    ~S"""
    child_spec(_) :: dynamic(%{id: Agent, start: {Agent, :start_link, non_empty_list(term())}})
    """
  end

  def of(Application) do
    ~S"""
    compile_env(dynamic(%Macro.Env{}), _, _, _) :: _
    compile_env!(dynamic(%Macro.Env{}), _, _) :: _
    ensure_loaded(_) :: dynamic(:ok or {:error, term()})
    fetch_env(_, _) :: dynamic(:error or {:ok, term()})
    """
  end

  def of(DynamicSupervisor) do
    ~S"""
    child_spec(_) :: dynamic(%{id: term(), start: {DynamicSupervisor, :start_link, non_empty_list(term())}, type: :supervisor})
    init(_) :: dynamic({:ok, %{extra_arguments: term(), intensity: term(), max_children: term(), period: term(), strategy: term()}})
    init(dynamic({term(), term(), term()})) :: dynamic(:ignore or {:ok, term()} or {:stop, {:bad_return, {term(), :init, term()}} or {:supervisor_data, term()}})
    """
  end

  def of(ExUnit) do
    ~S"""
    async_run() :: dynamic(%Task{mfa: {term(), term(), integer()}, owner: pid()})
    configuration() :: dynamic(non_empty_list(term(), term()))
    fetch_test_supervisor() :: dynamic(:error or {:ok, term()})
    start() :: dynamic(:ok)
    start(_) :: dynamic(:ok)
    """
  end

  def of(ExUnit.AssertionError) do
    ~S"""
    no_value() :: :ex_unit_no_meaningful_value
    """
  end

  def of(ExUnit.Assertions) do
    ~S"""
    assert(_, _) :: _ or true
    refute(_, _) :: dynamic(boolean())
    refute_in_delta(_, _, _) :: dynamic(boolean())
    refute_in_delta(_, _, _, _) :: dynamic(boolean())
    """
  end

  def of(ExUnit.Callbacks) do
    ~S"""
    on_exit stop_supervised!(_) :: dynamic(:ok)
    on_exit(_, _) :: dynamic(:ok)
    """
  end

  def of(ExUnit.CaptureIO) do
    ~S"""
    with_io(_) :: dynamic({term(), term()})
    with_io(_, _) :: dynamic({term(), term()})
    with_io(_, _, _) :: dynamic({term(), term()})
    """
  end

  def of(ExUnit.CaptureLog) do
    ~S"""
    with_log(_) :: dynamic({term(), term()})
    with_log(_, _) :: dynamic({term(), term()})
    """
  end

  def of(ExUnit.Case) do
    ~S"""
    register_attribute register_describe_attribute register_module_attribute(dynamic(%{..., module: term()}), _, _) :: _
    register_attribute register_describe_attribute register_module_attribute(_, _, _) :: dynamic(:ok)
    register_test(_, _, _, _, _, _) :: dynamic(atom())
    register_test(dynamic(%{..., file: term(), line: term(), module: term()}), _, _, _) :: dynamic(atom())
    """
  end

  def of(ExUnit.Filters) do
    ~S"""
    eval(_, _, _, _) :: dynamic(:ok or {:excluded, binary()} or {:skipped, term()})
    normalize(_, _) :: dynamic({list(term(), term()), list(term(), term())})
    parse_path parse_paths(_) :: dynamic({term(), list({:exclude, non_empty_list(:test)} or {:include, term()})})
    """
  end

  def of(ExUnit.Formatter) do
    ~S"""
    format_assertion_diff(dynamic(%ExUnit.AssertionError{context: {:mailbox, term(), empty_list()}}), _, _, _) :: empty_list()
    format_assertion_diff(dynamic(%ExUnit.AssertionError{context: {:mailbox, term(), term()}}), _, _, _) :: dynamic(non_empty_list({:mailbox, term()}))
    format_assertion_diff(dynamic(%ExUnit.AssertionError{}), _, _, _) :: _
    format_filters(_, _) :: binary()
    format_test_all_failure format_test_failure(_, _, _, _, _) :: binary()
    format_times(_) :: binary()
    """
  end

  def of(File) do
    ~S"""
    cd! mkdir! mkdir_p! rm! rmdir! touch!(_) :: dynamic(:ok)
    chgrp! chmod! chown! cp! ln! ln_s! rename! touch! write! write_stat!(_, _) :: dynamic(:ok)
    cp! write! write_stat!(_, _, _) :: dynamic(:ok)
    cwd ls() :: dynamic({:error or :ok, term()})
    dir? exists? regular?(_) :: dynamic(boolean())
    dir? exists? regular?(_, _) :: dynamic(boolean())
    ls(_) :: dynamic({:error or :ok, term()})
    rm_rf(_) :: dynamic({:error, term(), term()} or {:ok, term()})
    """
  end

  def of(File.Stat) do
    ~S"""
    from_record(dynamic({:file_info, term(), term(), term(), term(), term(), term(), term(), term(), term(), term(), term(), term(), term()})) :: dynamic(%File.Stat{})
    to_record(dynamic(%File.Stat{})) :: dynamic({:file_info, term(), term(), term(), term(), term(), term(), term(), term(), term(), term(), term(), term(), term()})
    """
  end

  def of(GenServer) do
    ~S"""
    abcast(_, _) :: dynamic(:abcast)
    abcast(_, _, _) :: :abcast
    cast(dynamic({:global, term()}), _) :: dynamic(:ok)
    cast(dynamic({:via, term(), term()}), _) :: dynamic(:ok)
    cast(dynamic({term(), term()}), _) :: dynamic(:ok)
    cast(_, _) :: dynamic(:ok)
    """
  end

  def of(IO) do
    ~S"""
    warn(_, dynamic(%Macro.Env{})) :: _
    warn(_, dynamic(non_empty_list(term(), term()))) :: _
    warn(_, empty_list()) :: _
    """
  end

  def of(IO.ANSI) do
    ~S"""
    black black_background blink_off blink_rapid blink_slow blue blue_background bright clear clear_line conceal crossed_out cyan cyan_background default_background default_color encircled faint font_1 font_2 font_3 font_4 font_5 font_6 font_7 font_8 font_9 framed green green_background home inverse inverse_off italic light_black light_black_background light_blue light_blue_background light_cyan light_cyan_background light_green light_green_background light_magenta light_magenta_background light_red light_red_background light_white light_white_background light_yellow light_yellow_background magenta magenta_background no_underline normal not_framed_encircled not_italic not_overlined overlined primary_font red red_background reset reverse reverse_off underline white white_background yellow yellow_background() :: binary()
    color color_background cursor_down cursor_left cursor_right cursor_up(_) :: binary()
    color color_background(_, _, _) :: binary()
    cursor(_, _) :: binary()
    cursor_down cursor_left cursor_right cursor_up() :: binary()
    """
  end

  def of(Logger) do
    ~S"""
    add_translator remove_translator(dynamic({term(), term()})) :: dynamic(:ok)
    bare_log(_, _) :: dynamic(:ok)
    bare_log(_, _, _) :: :ok
    configure delete_process_level(_) :: :ok
    disable enable metadata reset_metadata(_) :: dynamic(:ok)
    enabled?(_) :: dynamic(boolean())
    flush() :: :ok
    levels() :: non_empty_list(:alert or :critical or :debug or :emergency or :error or :info or :notice or :warning)
    put_process_level(_, _) :: :ok
    reset_metadata() :: dynamic(:ok)
    """
  end

  def of(Logger.Formatter) do
    ~S"""
    format_date(dynamic({term(), term(), term()})) :: dynamic(non_empty_list(binary() or integer() or non_empty_list(binary() or integer())))
    format_event(dynamic(%{..., meta: term(), msg: term()}), _) :: _
    format_time(dynamic({term(), term(), term(), term()})) :: dynamic(non_empty_list(binary() or integer() or non_empty_list(binary() or integer())))
    new() :: dynamic({Logger.Formatter, %Logger.Formatter{colors: %{alert: term(), critical: term(), debug: term(), emergency: term(), enabled: term(), error: term(), info: term(), notice: term(), warning: term()}}})
    new(_) :: dynamic({Logger.Formatter, %Logger.Formatter{colors: %{alert: term(), critical: term(), debug: term(), emergency: term(), enabled: term(), error: term(), info: term(), notice: term(), warning: term()}}})
    prune(_) :: _ or binary()
    prune(dynamic(non_empty_list(term(), term()))) :: dynamic(non_empty_list(term(), term()))
    prune(empty_list()) :: empty_list()
    system_time_to_date_time_ms(_) :: dynamic({term(), {term(), term(), term(), integer()}})
    system_time_to_date_time_ms(_, _) :: dynamic({term(), {term(), term(), term(), integer()}})
    """
  end

  def of(Node) do
    ~S"""
    self() :: atom()
    """
  end

  def of(Path) do
    ~S"""
    join(dynamic(non_empty_list(term(), term()))) :: _
    join(dynamic(non_empty_list(term()))) :: _
    safe_relative(_) :: dynamic(:error or {:ok, term()})
    safe_relative safe_relative_to(_, _) :: dynamic(:error or {:ok, term()})
    """
  end

  def of(Process) do
    ~S"""
    set_label(_) :: :ok
    """
  end

  def of(Registry) do
    ~S"""
    child_spec(_) :: dynamic(%{id: term(), start: {Registry, :start_link, non_empty_list(term())}, type: :supervisor})
    delete_meta(_, _) :: dynamic(:ok)
    dispatch put_meta unregister_match(_, _, _) :: dynamic(:ok)
    dispatch unregister_match(_, _, _, _) :: :ok
    meta(_, _) :: dynamic(:error or {:ok, term()})
    register(_, _, _) :: dynamic({:error, term()} or {:ok, term()})
    unregister(_, _) :: :ok
    update_value(_, _, _) :: dynamic(:error or {term(), term()})
    """
  end

  def of(Supervisor) do
    ~S"""
    init(_, _) :: dynamic({:ok, {%{auto_shutdown: term(), intensity: term(), period: term(), strategy: term()}, term()}})
    """
  end

  def of(System) do
    ~S"""
    at_exit delete_env(_) :: :ok
    build_info() :: dynamic(%{build: binary(), date: binary(), otp_release: binary(), revision: binary(), version: binary()})
    cmd(_, _) :: dynamic({term(), term()})
    cmd(_, _, _) :: dynamic({term(), term()})
    compiled_endianness() :: :little
    fetch_env(_) :: dynamic(:error or {:ok, term()})
    put_env(_, _) :: dynamic(:ok)
    shell(_) :: dynamic({binary(), integer()} or {term(), term()})
    shell(_, _) :: dynamic({binary(), integer()} or {term(), term()})
    stacktrace() :: empty_list()
    version() :: binary()
    """
  end

  def of(Task) do
    ~S"""
    __struct__() :: %Task{mfa: nil, owner: nil, pid: nil, ref: nil}
    async(_) :: dynamic(%Task{mfa: {term(), term(), integer()}, owner: pid()})
    async(_, _, _) :: dynamic(%Task{mfa: {term(), term(), integer()}, owner: pid()})
    async_stream(_, _) :: fun()
    async_stream(_, _, _) :: fun()
    async_stream(_, _, _, _) :: fun()
    async_stream(_, _, _, _, _) :: fun()
    await yield(dynamic(%Task{}), _) :: _
    child_spec(_) :: dynamic(%{id: Task, restart: :temporary, start: {Task, :start_link, non_empty_list(term())}})
    completed(_) :: %Task{mfa: {Task, :completed, integer()}, owner: pid(), pid: nil, ref: reference()}
    ignore(dynamic(%Task{})) :: _
    shutdown(dynamic(%Task{pid: nil}), _) :: _
    shutdown(dynamic(%Task{}), _) :: _
    shutdown(dynamic(%Task{}), dynamic(:brutal_kill)) :: _
    """
  end

  def of(Task.Supervisor) do
    ~S"""
    async async_nolink(_, _) :: dynamic(%Task{mfa: {term(), term(), integer()}, owner: pid()})
    async async_nolink(_, _, _) :: dynamic(%Task{mfa: {term(), term(), integer()}, owner: pid()})
    async async_nolink(_, _, _, _) :: dynamic(%Task{mfa: {term(), term(), integer()}, owner: pid()})
    async async_nolink(_, _, _, _, _) :: dynamic(%Task{mfa: {term(), term(), integer()}, owner: pid()})
    async_stream async_stream_nolink(_, _, _) :: fun()
    async_stream async_stream_nolink(_, _, _, _) :: fun()
    async_stream async_stream_nolink(_, _, _, _, _) :: fun()
    async_stream async_stream_nolink(_, _, _, _, _, _) :: fun()
    """
  end

  def of(_module), do: ""
end

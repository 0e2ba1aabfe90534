defmodule Module.Types.Library.Code do
  @moduledoc false

  def of(Code) do
    ~S"""
    append_path ensure_loaded? prepend_path(_) :: dynamic(boolean())
    append_path prepend_path(_, _) :: dynamic(boolean())
    available_compiler_options() :: non_empty_list(:debug_info or :docs or :ignore_already_consolidated or :ignore_module_conflict or :infer_signatures or :no_warn_undefined or :on_undefined_variable or :parser_options or :relative_paths or :tracers)
    can_await_module_compilation?() :: dynamic(boolean())
    delete_paths(_) :: :ok
    ensure_all_loaded! print_diagnostic(_) :: dynamic(:ok)
    eval_file eval_quoted eval_string with_diagnostics(_) :: dynamic({term(), term()})
    eval_file eval_quoted eval_string with_diagnostics(_, _) :: dynamic({term(), term()})
    eval_quoted(_, _, _) :: dynamic({term(), term()})
    eval_quoted_with_env(_, _, dynamic(%Macro.Env{}), _) :: _
    eval_string(_, _, dynamic(%Macro.Env{})) :: dynamic({term(), term()})
    eval_string(_, _, _) :: dynamic({term(), term()})
    format_file!(_) :: dynamic(non_empty_list(term()))
    format_file!(_, _) :: dynamic(non_empty_list(term()))
    print_diagnostic(_, _) :: :ok
    put_compiler_option(_, _) :: dynamic(:ok) or :ok
    put_compiler_option(dynamic(:warnings_as_errors), _) :: :ok
    put_compiler_option(dynamic(:no_warn_undefined), _) :: :ok
    put_compiler_option(dynamic(:on_undefined_variable), _) :: :ok
    """
  end

  def of(Code.Fragment) do
    ~S"""
    surround_context(_, dynamic({term(), term()}), _) :: _
    """
  end

  def of(Config.Provider) do
    ~S"""
    validate_config_path!(dynamic({:system, term(), term()})) :: :ok
    validate_config_path!(_) :: dynamic(:ok)
    """
  end

  def of(EEx.Engine) do
    ~S"""
    handle_begin(_) :: dynamic(%{..., binary: empty_list(), dynamic: empty_list()})
    handle_body handle_end(_) :: dynamic({:__block__, empty_list(), term()})
    handle_expr(_, binary(), _) :: dynamic(%{..., dynamic: non_empty_list(term(), term())})
    handle_expr(_, _, _) :: none()
    handle_text(_, _, _) :: dynamic(%{..., binary: non_empty_list(term(), term())})
    init(_) :: %{binary: empty_list(), dynamic: empty_list(), vars_count: integer()}
    """
  end

  def of(Exception) do
    ~S"""
    blame(dynamic(:error), _, _) :: _
    blame(_, _, _) :: dynamic({term(), term()})
    format format_banner format_file_line(_, _) :: binary()
    format(dynamic({:EXIT, term()}), _, _) :: binary()
    format(_, _, _) :: binary()
    format_banner(dynamic(:error), _, _) :: binary()
    format_banner(dynamic(:throw), _, _) :: binary()
    format_banner(dynamic(:exit), _, _) :: binary()
    format_banner(dynamic({:EXIT, term()}), _, _) :: binary()
    format_fa(_, _) :: binary()
    format_file_line format_file_line_column format_mfa(_, _, _) :: binary()
    format_file_line_column(_, _, _, _) :: binary()
    format_stacktrace() :: binary()
    format_stacktrace(_) :: binary()
    format_stacktrace_entry(dynamic({term(), :__MODULE__, integer(), term()})) :: binary()
    format_stacktrace_entry(dynamic({term(), :__FILE__, integer(), term()})) :: binary()
    format_stacktrace_entry(dynamic({term(), term(), term(), term()})) :: binary()
    format_stacktrace_entry(dynamic({term(), term(), term()})) :: binary()
    message(dynamic(%{..., __exception__: true, __struct__: atom()})) :: _
    """
  end

  def of(Inspect.Algebra) do
    ~S"""
    break() :: dynamic({:doc_break, term(), :strict})
    break(_) :: dynamic({:doc_break, term(), :strict})
    collapse_lines(_) :: dynamic({:doc_collapse, term()})
    color(_, _) :: dynamic({:doc_color, term(), term()})
    color_doc(_, _, dynamic(%Inspect.Opts{})) :: _
    concat flex_glue glue line space(_, _) :: dynamic({:doc_cons, term(), term()})
    container_doc(_, _, _, _, _) :: dynamic({:doc_cons or :doc_group, term(), term()})
    container_doc(_, _, _, _, _, _) :: dynamic({:doc_cons or :doc_group, term(), term()})
    empty() :: :doc_nil
    flex_break() :: dynamic({:doc_break, term(), :flex})
    flex_break(_) :: dynamic({:doc_break, term(), :flex})
    flex_glue glue(_, _, _) :: dynamic({:doc_cons, term(), term()})
    fold(empty_list(), _) :: dynamic(:doc_nil)
    fold(dynamic(non_empty_list(term())), _) :: _
    fold(dynamic(non_empty_list(term(), term())), _) :: _
    force_unfit(_) :: dynamic({:doc_force, term()})
    group(_) :: dynamic({:doc_group, term(), term()})
    group(_, _) :: dynamic({:doc_group, term(), term()})
    line() :: :doc_line
    nest(_, dynamic(:cursor), _) :: dynamic({:doc_nest, term(), :cursor, term()})
    nest(_, dynamic(:reset), _) :: dynamic({:doc_nest, term(), :reset, term()})
    nest(_, integer(), _) :: _
    nest(_, _, _) :: dynamic({:doc_nest, term(), term(), term()})
    next_break_fits(_) :: dynamic({:doc_fits, term(), term()})
    next_break_fits(_, _) :: dynamic({:doc_fits, term(), term()})
    no_limit(_) :: dynamic({:doc_limit, term(), :infinity})
    string(_) :: dynamic({:doc_string, term(), term()})
    to_doc(dynamic(%{..., __struct__: atom()}), dynamic(%Inspect.Opts{})) :: _
    to_doc(_, dynamic(%Inspect.Opts{})) :: _
    """
  end

  def of(Kernel) do
    ~S"""
    binary_slice(_, _, _) :: binary()
    binary_slice(_, dynamic(%{..., __struct__: Range, first: term(), last: term(), step: term()})) :: _
    get_and_update_in(_, dynamic(non_empty_list(term())), _) :: _
    get_and_update_in(_, dynamic(non_empty_list(term(), term())), _) :: _
    get_in(dynamic(nil), dynamic(non_empty_list(term(), term()))) :: nil
    get_in(_, dynamic(non_empty_list(term()))) :: _
    get_in(_, dynamic(non_empty_list(term(), term()))) :: _
    is_map_key(_, _) :: dynamic(boolean())
    pop_in(dynamic(nil), dynamic(non_empty_list(term(), term()))) :: none()
    pop_in(_, dynamic(non_empty_list(term(), term()))) :: _
    put_elem(_, _, _) :: dynamic({...})
    put_in update_in(_, dynamic(non_empty_list(term(), term())), _) :: _
    """
  end

  def of(Kernel.ParallelCompiler) do
    ~S"""
    compile require(_) :: dynamic({term(), term(), term()})
    compile compile_to_path require(_, _) :: dynamic({term(), term(), term()})
    compile_to_path(_, _, _) :: dynamic({term(), term(), term()})
    """
  end

  def of(Macro) do
    ~S"""
    camelize(binary()) :: _ or binary()
    classify_atom(_) :: dynamic(:alias or :identifier or :quoted or :unquoted)
    dbg(_, _, dynamic(%Macro.Env{})) :: dynamic({:__block__, empty_list(), non_empty_list({:= or {:., empty_list(), non_empty_list(term())}, empty_list(), non_empty_list(term())})})
    decompose_call(dynamic({:{}, term(), term()})) :: :error
    decompose_call(dynamic({{:., term(), non_empty_list(term())}, term(), term()})) :: dynamic({term(), term(), term()})
    decompose_call(dynamic({term(), term(), term()})) :: dynamic({term(), term()})
    decompose_call(_) :: :error
    inspect_atom(dynamic(:literal), _, _) :: _
    inspect_atom(dynamic(:key), _, _) :: _
    inspect_atom(dynamic(:remote_call), _, _) :: _
    operator?(dynamic(:..//), integer()) :: true
    operator?(_, integer()) :: dynamic(boolean())
    operator?(dynamic(:..), integer()) :: true
    operator?(dynamic(:...), integer()) :: true
    operator?(_, _) :: false
    pipe(_, dynamic({:&, term(), term()}), _) :: none()
    pipe(_, dynamic({term(), term(), term()}), _) :: dynamic({term(), term(), term()})
    pipe(_, dynamic({:__aliases__, term(), term()}), _) :: none()
    pipe(_, dynamic({:<<>>, term(), term()}), _) :: none()
    pipe(_, dynamic({term(), term(), empty_list()}), _) :: none()
    pipe(_, dynamic({:fn, term(), term()}), _) :: none()
    pipe(_, dynamic({term(), term(), non_empty_list(term())}), _) :: none()
    pipe(_, dynamic({{term(), term(), non_empty_list(Access or :get)}, term(), non_empty_list(term())}), _) :: dynamic({non_empty_list(Access or :get), term(), term()})
    pipe(_, _, _) :: none()
    postwalker prewalker(_) :: fun()
    unique_var(_, _) :: dynamic({term(), non_empty_list({:counter, term()}), term()})
    var(_, _) :: dynamic({term(), empty_list(), term()})
    """
  end

  def of(Macro.Env) do
    ~S"""
    define_alias define_import define_require(_, _, _) :: dynamic({:error or :ok, term()})
    define_alias define_import define_require(_, _, _, _) :: dynamic({:error or :ok, term()})
    expand_alias(_, _, _) :: dynamic(:error or {:alias, term()})
    expand_alias(_, _, _, _) :: dynamic(:error or {:alias, term()})
    expand_import(_, _, _, _) :: dynamic({:error, term()} or {:function, term(), term()} or {:macro, term(), fun()})
    expand_import(_, _, _, _, _) :: dynamic({:error, term()} or {:function, term(), term()} or {:macro, term(), fun()})
    expand_require(_, _, _, _, _) :: dynamic(:error or {:macro, term(), fun()})
    expand_require(_, _, _, _, _, _) :: dynamic(:error or {:macro, term(), fun()})
    has_var?(dynamic(%{..., __struct__: Macro.Env, versioned_vars: term()}), _) :: _
    in_guard? in_match?(dynamic(%{..., __struct__: Macro.Env, context: term()})) :: dynamic(boolean())
    location(dynamic(%{..., __struct__: Macro.Env, file: term(), line: term()})) :: dynamic(non_empty_list({:file or :line, term()}))
    lookup_alias_as(dynamic(%{..., __struct__: Macro.Env, aliases: term()}), _) :: _
    lookup_import(dynamic(%{..., __struct__: Macro.Env, functions: term(), macros: term()}), dynamic({term(), term()})) :: dynamic(list(term(), term()))
    prepend_tracer(dynamic(%{..., __struct__: Macro.Env, tracers: term()}), _) :: dynamic(%{..., __struct__: Macro.Env, tracers: non_empty_list(term(), term())})
    prune_compile_info(_) :: dynamic(%{..., lexical_tracker: nil, tracers: empty_list()})
    required?(dynamic(%{..., __struct__: Macro.Env, requires: term()}), _) :: _
    stacktrace(dynamic(%{..., __struct__: Macro.Env})) :: dynamic(non_empty_list({term(), term(), term(), non_empty_list({:file or :line, term()})}))
    to_guard(dynamic(%{..., __struct__: Macro.Env})) :: dynamic(%{..., __struct__: Macro.Env, context: :guard})
    to_match(dynamic(%{..., __struct__: Macro.Env})) :: dynamic(%{..., __struct__: Macro.Env, context: :match})
    vars(dynamic(%{..., __struct__: Macro.Env, versioned_vars: term()})) :: _
    """
  end

  def of(Module) do
    ~S"""
    defines?(_, dynamic({term(), term()})) :: _
    defines?(_, dynamic({term(), term()}), _) :: dynamic(boolean())
    delete_definition overridable?(_, dynamic({term(), term()})) :: dynamic(boolean())
    eval_quoted(_, _) :: dynamic({term(), term()})
    eval_quoted(_, _, _) :: dynamic({term(), term()})
    eval_quoted(dynamic(%Macro.Env{}), _, _, _) :: dynamic({term(), term()})
    eval_quoted(_, _, _, dynamic(%Macro.Env{})) :: dynamic({term(), term()})
    eval_quoted(_, _, _, _) :: dynamic({term(), term()})
    get_definition(_, _) :: dynamic(nil or {:v1, term(), term(), term()})
    get_definition(_, dynamic({term(), term()}), _) :: dynamic(nil or {:v1, term(), term(), term()})
    put_attribute(_, _, _) :: dynamic(:ok)
    register_attribute(_, _, _) :: :ok
    """
  end

  def of(OptionParser) do
    ~S"""
    parse! parse_head!(_) :: dynamic({term(), term()})
    parse! parse_head!(_, _) :: dynamic({term(), term()})
    """
  end

  def of(Protocol) do
    ~S"""
    assert_impl!(_, _) :: dynamic(:ok)
    assert_protocol!(_) :: dynamic(:ok)
    consolidated?(_) :: boolean()
    """
  end

  def of(_module), do: ""
end

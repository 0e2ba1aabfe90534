defmodule Module.Types.Library.Data do
  @moduledoc false

  def of(Access) do
    ~S"""
    all() :: fun()
    at at! elem filter find key!(_) :: fun()
    fetch(dynamic(%{..., __struct__: atom()}), _) :: _
    fetch(_, _) :: dynamic(:error or {:ok, term()})
    fetch(dynamic(nil), _) :: :error
    key(_) :: fun()
    key(_, _) :: fun()
    slice(dynamic(%Range{})) :: fun()
    """
  end

  def of(Base) do
    ~S"""
    decode16(_) :: dynamic(:error or {:ok, term()})
    decode16(_, _) :: dynamic(:error or {:ok, term()})
    decode32 decode64 hex_decode32 url_decode64(_) :: dynamic(:error or {:ok, binary()})
    decode32 decode64 hex_decode32 url_decode64(_, _) :: dynamic(:error or {:ok, binary()})
    decode32! decode64! hex_decode32! url_decode64!(_) :: binary()
    decode32! decode64! hex_decode32! url_decode64!(_, _) :: binary()
    """
  end

  def of(Enum) do
    ~S"""
    each(_, _) :: _ or :ok
    fetch(_, _) :: dynamic(:error or {:ok, term()})
    flat_map_reduce(_, _, _) :: dynamic({term(), term()})
    shuffle(_) :: dynamic(list(term(), term()))
    slice(_, dynamic(%{..., __struct__: Range, first: term(), last: term(), step: term()})) :: _
    slice(_, dynamic(%{..., __struct__: Range, first: term(), last: term()})) :: _
    split_with(_, _) :: dynamic({term(), term()})
    unzip(dynamic(non_empty_list(term(), term()))) :: _
    unzip(empty_list()) :: {empty_list(), empty_list()}
    unzip(_) :: dynamic({term(), term()})
    """
  end

  def of(Float) do
    ~S"""
    max_finite min_finite() :: float()
    ratio(_) :: dynamic({term(), integer()}) or {integer(), integer()}
    """
  end

  def of(Integer) do
    ~S"""
    floor_div(_, _) :: integer()
    mod(_, _) :: dynamic(float() or integer())
    parse(_) :: dynamic(:error or {integer(), term()})
    parse(_, _) :: dynamic(:error or {integer(), term()})
    """
  end

  def of(Keyword) do
    ~S"""
    equal?(_, _) :: dynamic(boolean())
    fetch(_, _) :: dynamic(:error or {:ok, term()})
    intersect(dynamic(non_empty_list(term(), term())), _, _) :: _
    intersect(empty_list(), _, _) :: empty_list()
    keyword?(dynamic(non_empty_list(term(), term()))) :: _
    keyword?(empty_list()) :: true
    keyword?(_) :: false
    merge(_, empty_list()) :: _
    merge(empty_list(), _) :: _
    merge(_, _) :: dynamic(list(term(), term()))
    new() :: empty_list()
    pop pop! pop_first split(_, _) :: dynamic({term(), term()})
    pop pop_first pop_lazy(_, _, _) :: dynamic({term(), term()})
    put replace! update!(_, _, _) :: dynamic(non_empty_list(term(), term()))
    replace replace_lazy(_, _, _) :: dynamic(list(term(), term()))
    update(_, _, _, _) :: dynamic(non_empty_list(term(), term()))
    """
  end

  def of(List) do
    ~S"""
    delete(dynamic(non_empty_list(term(), term())), _) :: _
    delete(empty_list(), _) :: empty_list()
    first(empty_list(), _) :: _
    first(dynamic(non_empty_list(term(), term())), _) :: _
    improper?(_) :: boolean()
    insert_at(_, _, _) :: dynamic(list(term(), term()))
    keytake(_, _, _) :: dynamic(nil or {term(), term()})
    last(empty_list(), _) :: _
    last(dynamic(non_empty_list(term())), _) :: _
    last(dynamic(non_empty_list(term(), term())), _) :: _
    starts_with?(dynamic(non_empty_list(term(), term())), dynamic(non_empty_list(term(), term()))) :: _
    starts_with?(_, empty_list()) :: true
    starts_with?(_, dynamic(non_empty_list(term(), term()))) :: false
    """
  end

  def of(Map) do
    ~S"""
    equal?(dynamic(%{...}), dynamic(%{...})) :: dynamic(boolean())
    equal?(dynamic(%{...}), _) :: none()
    equal?(_, _) :: none()
    get_and_update pop pop_lazy(_, _, _) :: dynamic({term(), term()})
    get_and_update!(_, _, _) :: dynamic({term(), term()})
    new() :: empty_map()
    pop pop!(_, _) :: dynamic({term(), term()})
    update!(_, _, _) :: dynamic(%{...})
    """
  end

  def of(MapSet) do
    ~S"""
    delete filter put reject(dynamic(%MapSet{}), _) :: dynamic(%MapSet{})
    difference intersection symmetric_difference union(dynamic(%MapSet{}), dynamic(%MapSet{})) :: dynamic(%MapSet{})
    disjoint? subset?(dynamic(%MapSet{}), dynamic(%MapSet{})) :: _
    equal?(dynamic(%MapSet{}), dynamic(%MapSet{})) :: dynamic(boolean())
    member?(dynamic(%MapSet{}), _) :: _
    new() :: %MapSet{map: empty_map()}
    new(_, _) :: dynamic(%MapSet{})
    new(dynamic(%MapSet{})) :: dynamic(%MapSet{})
    new(_) :: dynamic(%MapSet{})
    size to_list(dynamic(%MapSet{})) :: _
    split_with(dynamic(%MapSet{}), _) :: dynamic({%MapSet{}, %MapSet{}})
    """
  end

  def of(Range) do
    ~S"""
    disjoint?(dynamic(%{..., __struct__: Range, first: term(), last: term(), step: term()}), dynamic(%{..., __struct__: Range, first: term(), last: term(), step: term()})) :: dynamic(boolean())
    new(_, _) :: dynamic(%Range{step: integer()})
    new(_, _, _) :: dynamic(%Range{})
    shift(dynamic(%{..., __struct__: Range, first: term(), last: term(), step: term()}), _) :: dynamic(%Range{})
    size(dynamic(%{..., __struct__: Range, first: term(), last: term(), step: term()})) :: integer() or integer()
    size(dynamic(%{..., __struct__: Range, first: term(), last: term()})) :: _
    split(dynamic(%{..., __struct__: Range, first: term(), last: term(), step: term()}), _) :: dynamic({term(), term()})
    to_list(dynamic(%{..., __struct__: Range, first: term(), last: term(), step: term()})) :: _ or empty_list()
    to_list(dynamic(%{..., __struct__: Range, first: term(), last: term()})) :: _
    """
  end

  def of(Regex) do
    ~S"""
    match?(dynamic(%Regex{}), _) :: dynamic(boolean())
    names opts re_pattern recompile source(dynamic(%Regex{})) :: _
    replace(dynamic(%Regex{}), _, _, _) :: _
    run scan(dynamic(%Regex{}), _, _) :: _
    split(dynamic(%Regex{}), binary(), _) :: dynamic(list(binary()))
    split(dynamic(%Regex{}), _, _) :: _
    version() :: dynamic({term(), term()})
    """
  end

  def of(Stream) do
    ~S"""
    chunk_while(_, _, _, _) :: dynamic(%Stream{accs: non_empty_list(term(), term()), funs: non_empty_list(term(), term())})
    concat from_index interval(_) :: fun()
    concat duplicate flat_map into iterate(_, _) :: fun()
    cycle(empty_list()) :: none()
    cycle(_) :: fun() or fun()
    dedup uniq with_index(_) :: dynamic(%Stream{accs: non_empty_list(term(), term()), done: nil, funs: non_empty_list(term(), term())})
    dedup_by drop drop_while scan uniq_by with_index(_, _) :: dynamic(%Stream{accs: non_empty_list(term(), term()), done: nil, funs: non_empty_list(term(), term())})
    drop_every(_, integer()) :: dynamic(%Stream{accs: empty_list(), done: nil, funs: empty_list()})
    drop_every(empty_list(), _) :: %Stream{accs: empty_list(), done: nil, enum: empty_list(), funs: empty_list()}
    drop_every(_, _) :: dynamic(%Stream{accs: non_empty_list(term(), term()), done: nil, funs: non_empty_list(term(), term())})
    each filter map reject take_while(_, _) :: dynamic(%Stream{done: nil, funs: non_empty_list(term(), term())})
    from_index() :: fun()
    into resource transform(_, _, _) :: fun()
    map_every(_, _, _) :: dynamic(%Stream{accs: empty_list(), done: nil, funs: empty_list()} or %Stream{done: nil, funs: non_empty_list(term(), term())})
    repeatedly(_) :: fun()
    run(_) :: :ok
    scan(_, _, _) :: dynamic(%Stream{accs: non_empty_list(term(), term()), done: nil, funs: non_empty_list(term(), term())})
    take(_, _) :: dynamic(%Stream{accs: empty_list(), done: nil, enum: empty_list(), funs: empty_list()} or %Stream{accs: non_empty_list(term(), term()), done: nil, funs: non_empty_list(term(), term())} or fun())
    take_every(_, _) :: dynamic(%Stream{accs: empty_list(), done: nil, enum: empty_list(), funs: empty_list()} or %Stream{accs: non_empty_list(term(), term()), done: nil, funs: non_empty_list(term(), term())})
    timer(_) :: dynamic(%Stream{accs: empty_list(), done: nil, enum: empty_list(), funs: empty_list()} or %Stream{accs: non_empty_list(term(), term()), done: nil, funs: non_empty_list(term(), term())} or fun())
    transform(_, _, _, _) :: fun()
    transform(_, _, _, _, _) :: fun()
    unfold(_, _) :: fun()
    zip_with(_, _, _) :: _ or fun()
    """
  end

  def of(String) do
    ~S"""
    bag_distance(_, binary()) :: float()
    bag_distance(binary(), _) :: float()
    bag_distance(_, _) :: float()
    byte_slice(_, _, _) :: binary()
    codepoints graphemes(_) :: dynamic(list(term(), term()))
    equivalent?(_, _) :: dynamic(boolean())
    jaro_distance(_, _) :: _ or float()
    jaro_distance(_, binary()) :: float()
    jaro_distance(binary(), _) :: float()
    next_codepoint(binary()) :: nil or {binary(), binary()}
    next_grapheme(_) :: dynamic(nil or {term(), term()})
    next_grapheme_size(_) :: dynamic(nil or {term(), term()})
    normalize(_, dynamic(:nfd)) :: _
    normalize(_, dynamic(:nfc)) :: _
    normalize(_, dynamic(:nfkd)) :: _
    normalize(_, dynamic(:nfkc)) :: _
    slice(_, _, integer()) :: binary()
    slice(_, _, _) :: binary()
    slice(_, dynamic(%{..., __struct__: Range, first: term(), last: term(), step: term()})) :: _
    slice(_, dynamic(%{..., __struct__: Range, first: term(), last: term()})) :: _
    split_at(_, _) :: dynamic({binary(), term()})
    valid?(binary(), dynamic(:default)) :: _
    valid?(binary(), dynamic(:fast_ascii)) :: _
    """
  end

  def of(StringIO) do
    ~S"""
    open(_, _, _) :: dynamic({:ok, term()})
    """
  end

  def of(Tuple) do
    ~S"""
    delete_at(_, _) :: dynamic({...})
    insert_at(_, _, _) :: dynamic({...})
    product sum(_) :: dynamic(float() or integer())
    """
  end

  def of(URI) do
    ~S"""
    __struct__() :: %URI{authority: nil, fragment: nil, host: nil, path: nil, port: nil, query: nil, scheme: nil, userinfo: nil}
    append_path(dynamic(%URI{}), binary()) :: dynamic(%URI{path: binary()})
    append_path(dynamic(%URI{}), _) :: none()
    append_query(dynamic(%URI{}), _) :: dynamic(%URI{})
    new(dynamic(%URI{})) :: dynamic({:ok, %URI{}})
    new(_) :: dynamic({:error or :ok, term()})
    parse(dynamic(%URI{})) :: dynamic(%URI{})
    parse(_) :: dynamic(%URI{authority: nil or binary(), query: nil or binary()})
    """
  end

  def of(Version) do
    ~S"""
    __struct__() :: %Version{build: nil, major: nil, minor: nil, patch: nil, pre: empty_list()}
    compare(_, _) :: dynamic(:eq or :gt or :lt)
    parse(_) :: dynamic(:error or {:ok, %Version{}})
    parse!(_) :: dynamic(%Version{})
    parse_requirement(_) :: dynamic(:error or {:ok, term()})
    to_string(dynamic(%Version{})) :: binary()
    """
  end

  def of(_module), do: ""
end

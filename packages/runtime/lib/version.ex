import Kernel, except: [match?: 2]

defmodule Version do
  @moduledoc """
  Versions as of Semantic Versioning 2.0, and requirements on them.

      iex> Version.match?("2.1.0", "~> 2.0")
      true
      iex> Version.compare("2.0.1-alpha1", "2.0.1")
      :lt

  A requirement is made of comparisons (`==`, `!=`, `>`, `>=`, `<`, `<=`, `~>`) joined by `and` and `or`. `~> 2.1` means
  `>= 2.1.0 and < 3.0.0`, `~> 2.1.3` means `>= 2.1.3 and < 2.2.0`.
  """

  @enforce_keys [:major, :minor, :patch]
  @derive {Inspect, optional: [:pre, :build]}
  defstruct [:major, :minor, :patch, pre: [], build: nil]

  @type version :: String.t() | t
  @type requirement :: String.t() | Version.Requirement.t()
  @type major :: non_neg_integer()
  @type minor :: non_neg_integer()
  @type patch :: non_neg_integer()
  @type pre :: [String.t() | non_neg_integer()]
  @type build :: String.t() | nil
  @type t :: %__MODULE__{major: major, minor: minor, patch: patch, pre: pre, build: build}

  defmodule Requirement do
    @moduledoc "A requirement that `Version.parse_requirement/1` has parsed."

    defstruct [:source, :lexed]

    @opaque t :: %__MODULE__{source: String.t(), lexed: list()}

    @doc false
    def new(source, lexed), do: %__MODULE__{source: source, lexed: lexed}

    @doc false
    def compile_requirement(%Requirement{} = requirement), do: requirement

    # `lexed` is [operator, version, :and | :or, operator, version, …], taken from left to right.
    @doc false
    def match?(%__MODULE__{lexed: [operator, version | rest]}, matchable) do
      match_rest?(rest, matchable, satisfies?(operator, version, matchable))
    end

    defp match_rest?([], _matchable, result), do: result

    defp match_rest?([:and, operator, version | rest], matchable, result) do
      match_rest?(rest, matchable, result and satisfies?(operator, version, matchable))
    end

    defp match_rest?([:or, operator, version | rest], matchable, result) do
      result or match_rest?(rest, matchable, satisfies?(operator, version, matchable))
    end

    defp satisfies?(:==, required, version), do: Version.order(version, required) == :eq
    defp satisfies?(:!=, required, version), do: Version.order(version, required) != :eq
    defp satisfies?(:<, required, version), do: Version.order(version, required) == :lt
    defp satisfies?(:<=, required, version), do: Version.order(version, required) != :gt

    defp satisfies?(:>, required, version) do
      Version.order(version, required) == :gt and pre_allowed?(required, version)
    end

    defp satisfies?(:>=, required, version) do
      Version.order(version, required) != :lt and pre_allowed?(required, version)
    end

    defp satisfies?(:~>, {major, minor, patch, pre, _} = required, version) do
      limit =
        if patch == nil,
          do: {major + 1, 0, 0, [0], nil},
          else: {major, minor + 1, 0, [0], nil}

      Version.order(version, {major, minor, patch || 0, pre, nil}) != :lt and
        Version.order(version, limit) == :lt and pre_allowed?(required, version)
    end

    defp pre_allowed?({_, _, _, required_pre, _}, {_, _, _, pre, allow_pre?}) do
      allow_pre? or required_pre != [] or pre == []
    end
  end

  defmodule InvalidRequirementError do
    @moduledoc "Raised when a requirement cannot be parsed."

    defexception [:requirement]

    @impl true
    def exception(requirement) when is_binary(requirement) do
      %__MODULE__{requirement: requirement}
    end

    @impl true
    def message(%{requirement: requirement}), do: "invalid requirement: #{inspect(requirement)}"
  end

  defmodule InvalidVersionError do
    @moduledoc "Raised when a version cannot be parsed."

    defexception [:version]

    @impl true
    def exception(version) when is_binary(version), do: %__MODULE__{version: version}

    @impl true
    def message(%{version: version}), do: "invalid version: #{inspect(version)}"
  end

  @doc "Whether a version satisfies a requirement. With `allow_pre: false` pre-releases only where it names one."
  @spec match?(version, requirement, keyword()) :: boolean()
  def match?(version, requirement, opts \\ [])

  def match?(version, requirement, opts) when is_binary(requirement) do
    match?(version, parse_requirement!(requirement), opts)
  end

  def match?(version, requirement, opts) do
    Requirement.match?(requirement, matchable(version, Keyword.get(opts, :allow_pre, true)))
  end

  @doc "Compares two versions: `:gt`, `:eq` or `:lt`. Build information does not count."
  @spec compare(version, version) :: :gt | :eq | :lt
  def compare(version1, version2) do
    order(matchable(version1, true), matchable(version2, true))
  end

  @doc false
  def order({major1, minor1, patch1, pre1, _}, {major2, minor2, patch2, pre2, _}) do
    release1 = {major1, minor1, patch1}
    release2 = {major2, minor2, patch2}

    cond do
      release1 > release2 -> :gt
      release1 < release2 -> :lt
      pre1 == pre2 -> :eq
      # A release is later than its pre-releases.
      pre1 == [] -> :gt
      pre2 == [] -> :lt
      pre1 > pre2 -> :gt
      true -> :lt
    end
  end

  @doc "Parses a version."
  @spec parse(String.t()) :: {:ok, t} | :error
  def parse(string) when is_binary(string) do
    with {:ok, {major, minor, patch, pre, build}} <- Version.Parser.parse_version(string) do
      build = if build == [], do: nil, else: Enum.join(build, ".")
      {:ok, %Version{major: major, minor: minor, patch: patch, pre: pre, build: build}}
    end
  end

  @doc "Parses a version or raises a `Version.InvalidVersionError`."
  @spec parse!(String.t()) :: t
  def parse!(string) when is_binary(string) do
    case parse(string) do
      {:ok, version} -> version
      :error -> raise InvalidVersionError, string
    end
  end

  @doc "Parses a requirement."
  @spec parse_requirement(String.t()) :: {:ok, Requirement.t()} | :error
  def parse_requirement(string) when is_binary(string) do
    with {:ok, lexed} <- Version.Parser.parse_requirement(string) do
      {:ok, Requirement.new(string, lexed)}
    end
  end

  @doc "Parses a requirement or raises a `Version.InvalidRequirementError`."
  @doc since: "1.8.0"
  @spec parse_requirement!(String.t()) :: Requirement.t()
  def parse_requirement!(string) when is_binary(string) do
    case parse_requirement(string) do
      {:ok, requirement} -> requirement
      :error -> raise InvalidRequirementError, string
    end
  end

  @doc "Returns the requirement: parsing is all the preparation there is."
  @spec compile_requirement(Requirement.t()) :: Requirement.t()
  defdelegate compile_requirement(requirement), to: Requirement

  defp matchable(%Version{major: major, minor: minor, patch: patch, pre: pre}, allow_pre?) do
    {major, minor, patch, pre, allow_pre?}
  end

  defp matchable(string, allow_pre?) do
    case Version.Parser.parse_version(string) do
      {:ok, {major, minor, patch, pre, _build}} -> {major, minor, patch, pre, allow_pre?}
      :error -> raise InvalidVersionError, string
    end
  end

  @doc "The version as a string."
  @doc since: "1.14.0"
  @spec to_string(t) :: String.t()
  def to_string(%Version{} = version) do
    pre = if version.pre == [], do: "", else: "-" <> Enum.map_join(version.pre, ".", &"#{&1}")
    build = if version.build, do: "+#{version.build}", else: ""
    "#{version.major}.#{version.minor}.#{version.patch}#{pre}#{build}"
  end

  defmodule Parser do
    @moduledoc false

    ## Versions: {major, minor, patch, pre, build}, the patch nil only where an approximate one will do

    def parse_version(string, approximate? \\ false) when is_binary(string) do
      {release, build} = cut(string, "+")
      {release, pre} = cut(release, "-")

      with {:ok, {major, minor, patch}} <- release(String.split(release, "."), approximate?),
           {:ok, pre} <- identifiers(pre),
           {:ok, pre} <- pre_release(pre, []),
           {:ok, build} <- identifiers(build) do
        {:ok, {major, minor, patch, pre, build}}
      end
    end

    defp cut(string, separator) do
      case String.split(string, separator, parts: 2) do
        [left, right] -> {left, right}
        [left] -> {left, nil}
      end
    end

    defp release([major, minor], true), do: numbers(major, minor, nil)
    defp release([major, minor, patch], _approximate?), do: numbers(major, minor, patch)
    defp release(_parts, _approximate?), do: :error

    defp numbers(major, minor, patch) do
      with {:ok, major} <- number(major),
           {:ok, minor} <- number(minor),
           {:ok, patch} <- if(patch == nil, do: {:ok, nil}, else: number(patch)) do
        {:ok, {major, minor, patch}}
      end
    end

    defp number(string) do
      if leading_zero?(string) or not digits?(string),
        do: :error,
        else: {:ok, String.to_integer(string)}
    end

    defp leading_zero?(<<?0, _, _::binary>>), do: true
    defp leading_zero?(_string), do: false

    defp digits?(""), do: false
    defp digits?(string), do: for(<<char <- string>>, char not in ?0..?9, do: char) == []

    defp identifiers(nil), do: {:ok, []}

    defp identifiers(string) do
      parts = String.split(string, ".")
      if Enum.all?(parts, &identifier?/1), do: {:ok, parts}, else: :error
    end

    defp identifier?(""), do: false
    defp identifier?(part), do: identifier_chars?(part)

    defp identifier_chars?(<<char, rest::binary>>)
         when char in ?0..?9 or char in ?a..?z or char in ?A..?Z or char == ?- do
      identifier_chars?(rest)
    end

    defp identifier_chars?(rest), do: rest == ""

    defp pre_release([], acc), do: {:ok, Enum.reverse(acc)}

    defp pre_release([part | parts], acc) do
      cond do
        not digits?(part) -> pre_release(parts, [part | acc])
        leading_zero?(part) -> :error
        true -> pre_release(parts, [String.to_integer(part) | acc])
      end
    end

    ## Requirements

    def parse_requirement(source), do: source |> lexer() |> clauses([])

    @doc false
    # Operators and versions, the last one first; a version without an operator means `==`.
    def lexer(string), do: lexer(string, "", [])

    for {text, operator} <- [
          {">=", :>=},
          {"<=", :<=},
          {"~>", :~>},
          {">", :>},
          {"<", :<},
          {"==", :==},
          {" or ", :or},
          {" and ", :and}
        ] do
      defp lexer(unquote(text) <> rest, buffer, acc) do
        lexer(rest, "", [unquote(operator) | version(buffer, acc)])
      end
    end

    defp lexer("!=" <> rest, buffer, acc) do
      IO.warn("!= inside Version requirements is deprecated, use ~> or >= instead")
      lexer(rest, "", [:!= | version(buffer, acc)])
    end

    defp lexer("!" <> rest, buffer, acc) do
      IO.warn("! inside Version requirements is deprecated, use ~> or >= instead")
      lexer(rest, "", [:!= | version(buffer, acc)])
    end

    defp lexer(" " <> rest, buffer, acc), do: lexer(rest, "", version(buffer, acc))

    defp lexer(<<char::utf8, rest::binary>>, buffer, acc) do
      lexer(rest, <<buffer::binary, char::utf8>>, acc)
    end

    defp lexer(<<>>, buffer, acc), do: version(buffer, acc)

    defp version("", acc), do: acc

    defp version(buffer, [operator | _] = acc) when is_atom(operator) and operator not in [:and, :or] do
      [buffer | acc]
    end

    defp version(buffer, acc), do: [buffer, :== | acc]

    defp clauses([version, operator | rest], acc) when is_binary(version) and is_atom(operator) do
      with {:ok, version} <- required(operator, version) do
        case rest do
          [] -> {:ok, [operator, version | acc]}
          [join | rest] when join in [:and, :or] -> clauses(rest, [join, operator, version | acc])
          _ -> :error
        end
      end
    end

    defp clauses(_lexed, _acc), do: :error

    defp required(operator, version) do
      case parse_version(version, operator == :~>) do
        {:ok, parsed} -> {:ok, parsed}
        :error -> :error
      end
    end
  end
end

defimpl String.Chars, for: Version do
  defdelegate to_string(version), to: Version
end

defimpl String.Chars, for: Version.Requirement do
  def to_string(%Version.Requirement{source: source}), do: source
end

defimpl Inspect, for: Version.Requirement do
  def inspect(%Version.Requirement{source: source}, opts) do
    source = Inspect.Algebra.color_doc("\"" <> source <> "\"", :string, opts)
    Inspect.Algebra.concat(["Version.parse_requirement!(", source, ")"])
  end
end

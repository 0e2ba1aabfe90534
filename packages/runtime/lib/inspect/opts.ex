defmodule Inspect.Opts do
  @moduledoc """
  The options of `inspect/2` and `IO.inspect/2`, passed to every implementation of `Inspect`.

    * `:base` - how integers are shown: `:decimal`, `:binary`, `:octal` or `:hex`
    * `:binaries` - `:infer` shows printable binaries as strings; or `:as_strings`, `:as_binaries`
    * `:charlists` - `:infer` shows printable ASCII lists as `~c""`; or `:as_charlists`, `:as_lists`
    * `:custom_options` - a keyword list for implementations in user code
    * `:inspect_fun` - the function that turns a term into a document
    * `:limit` - how many elements of a collection are shown
    * `:pretty` - whether to break what is wider than `:width`
    * `:printable_limit` - how many characters of a string or charlist are shown
    * `:safe` - whether an error inside an implementation is shown in place of the struct
    * `:structs` - `false` shows structs as the maps they are
    * `:syntax_colors` - colours by kind of value
    * `:width` - the columns of a line
  """

  defstruct base: :decimal,
            binaries: :infer,
            char_lists: :infer,
            charlists: :infer,
            custom_options: [],
            inspect_fun: &Inspect.inspect/2,
            limit: 50,
            pretty: false,
            printable_limit: 4096,
            safe: true,
            structs: true,
            syntax_colors: [],
            width: 80

  @type color_key :: atom
  @type t :: %__MODULE__{
          base: :decimal | :binary | :hex | :octal,
          binaries: :infer | :as_binaries | :as_strings,
          char_lists: term,
          charlists: :infer | :as_lists | :as_charlists,
          custom_options: keyword,
          inspect_fun: (any, t -> Inspect.Algebra.t()),
          limit: non_neg_integer | :infinity,
          pretty: boolean,
          printable_limit: non_neg_integer | :infinity,
          safe: boolean,
          structs: boolean,
          syntax_colors: [{color_key, IO.ANSI.ansidata()}],
          width: non_neg_integer | :infinity
        }

  @doc "Builds the options from a keyword list; unknown keys are ignored."
  @spec new(keyword()) :: t
  def new([]), do: %Inspect.Opts{inspect_fun: default_inspect_fun()}
  def new(opts), do: struct(%Inspect.Opts{inspect_fun: default_inspect_fun()}, opts)

  @doc "The function that inspects terms unless `:inspect_fun` is given."
  @spec default_inspect_fun() :: (term(), t -> Inspect.Algebra.t())
  def default_inspect_fun do
    :persistent_term.get({__MODULE__, :inspect_fun}, &Inspect.inspect/2)
  end

  @doc "Replaces the function that inspects terms, for the whole system."
  @spec default_inspect_fun((term(), t -> Inspect.Algebra.t())) :: :ok
  def default_inspect_fun(fun) when is_function(fun, 2) do
    :persistent_term.put({__MODULE__, :inspect_fun}, fun)
  end
end

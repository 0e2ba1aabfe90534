defmodule EEx.SyntaxError do
  defexception [:file, :line, :column, :snippet, message: "syntax error"]

  @impl true
  def message(%{file: file, line: line, column: column, message: message, snippet: snippet}) do
    place = Exception.format_file_line_column(file && Path.relative_to_cwd(file), line, column, " ")
    "#{place}#{message}#{snippet}"
  end
end

defmodule EEx do
  @moduledoc """
  Templates: text with Elixir in it.

      iex> EEx.eval_string("Dear <%= name %>,", name: "Ada")
      "Dear Ada,"

  | tag | what it does |
  |---|---|
  | `<% code %>` | runs the code |
  | `<%= code %>` | runs the code and puts its value into the text |
  | `<%% text %>` | is the text `<% text %>` |
  | `<%!-- text --%>` | a comment |

  The tags `<%|` and `<%/` are read, and left to engines that give them a meaning.

  ## Options

    * `:file`, `:line`: where the template is said to come from; `"nofile"` and 1 unless given
    * `:indentation`: columns to add after each line break
    * `:engine`: the module that builds the code, `EEx.SmartEngine` unless given (see `EEx.Engine`)
    * `:trim`: whether blanks around a tag are removed where there is a line break among them
    * `:parser_options`: options of `Code.string_to_quoted/2` for the code in the tags
  """

  @type line :: non_neg_integer
  @type column :: non_neg_integer
  @type marker :: [?=] | [?/] | [?|] | []
  @type metadata :: %{column: column, line: line}
  @type token ::
          {:comment, charlist, metadata}
          | {:text, charlist, metadata}
          | {:expr | :start_expr | :middle_expr | :end_expr, marker, charlist, metadata}
          | {:eof, metadata}

  @doc """
  Defines a function of a template.

  `kind` is `:def` or `:defp`; `args` are the names of the parameters, which are variables in the template.
  """
  defmacro function_from_string(kind, name, template, args \\ [], options \\ []) do
    quote bind_quoted: [kind: kind, name: name, template: template, args: args, options: options] do
      options = Keyword.merge([file: __ENV__.file, line: __ENV__.line], options)
      body = EEx.compile_string(template, options)
      parameters = Enum.map(args, &{&1, [line: options[:line]], nil})

      case kind do
        :def -> def unquote(name)(unquote_splicing(parameters)), do: unquote(body)
        :defp -> defp unquote(name)(unquote_splicing(parameters)), do: unquote(body)
      end
    end
  end

  @doc "Defines a function of a template in a file, as `function_from_string/5` does."
  defmacro function_from_file(kind, name, file, args \\ [], options \\ []) do
    quote bind_quoted: [kind: kind, name: name, file: file, args: args, options: options] do
      options = Keyword.merge([file: IO.chardata_to_string(file), line: 1], options)
      body = EEx.compile_file(file, options)
      parameters = Enum.map(args, &{&1, [line: 1], nil})

      @external_resource file
      @file file
      case kind do
        :def -> def unquote(name)(unquote_splicing(parameters)), do: unquote(body)
        :defp -> defp unquote(name)(unquote_splicing(parameters)), do: unquote(body)
      end
    end
  end

  @doc """
  The quoted expression of a template; its variables are those of the place where it is evaluated.

      iex> quoted = EEx.compile_string("<%= a * b %>")
      iex> {text, _} = Code.eval_quoted(quoted, a: 6, b: 7)
      iex> text
      "42"

  """
  @spec compile_string(String.t(), keyword) :: Macro.t()
  def compile_string(source, options \\ []) when is_binary(source) and is_list(options) do
    case tokenize(source, options) do
      {:ok, tokens} ->
        EEx.Compiler.compile(tokens, source, options)

      {:error, message, %{line: line, column: column}} ->
        file = options[:file] || "nofile"
        raise EEx.SyntaxError, message: message, file: file, line: line, column: column
    end
  end

  @doc "The quoted expression of the template in a file."
  @spec compile_file(Path.t(), keyword) :: Macro.t()
  def compile_file(filename, options \\ []) when is_list(options) do
    filename = IO.chardata_to_string(filename)
    compile_string(File.read!(filename), Keyword.merge([file: filename, line: 1], options))
  end

  @doc "The text of a template whose variables have the values of `bindings`."
  @spec eval_string(String.t(), keyword, keyword) :: String.t()
  def eval_string(source, bindings \\ [], options \\ [])
      when is_binary(source) and is_list(bindings) and is_list(options) do
    evaluate(compile_string(source, options), bindings, options)
  end

  @doc "The text of the template in a file."
  @spec eval_file(Path.t(), keyword, keyword) :: String.t()
  def eval_file(filename, bindings \\ [], options \\ []) when is_list(bindings) and is_list(options) do
    filename = IO.chardata_to_string(filename)
    options = Keyword.put_new(options, :file, filename)
    evaluate(compile_file(filename, options), bindings, options)
  end

  defp evaluate(quoted, bindings, options) do
    {text, _bindings} = Code.eval_quoted(quoted, bindings, options)
    text
  end

  @doc """
  The tokens of a template: `{:ok, tokens}` or `{:error, message, place}`.

      iex> EEx.tokenize("hi <%= you %>")
      {:ok,
       [
         {:text, ~c"hi ", %{line: 1, column: 1}},
         {:expr, ~c"=", ~c" you ", %{line: 1, column: 4}},
         {:eof, %{line: 1, column: 14}}
       ]}

  """
  @doc since: "1.14.0"
  @spec tokenize([char()] | String.t(), keyword) :: {:ok, [token()]} | {:error, String.t(), metadata()}
  def tokenize(contents, opts \\ []), do: EEx.Tokenizer.tokenize(contents, opts)
end

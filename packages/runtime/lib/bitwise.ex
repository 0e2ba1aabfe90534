defmodule Bitwise do
  @moduledoc """
  Operations on the bits of integers, as functions and as operators. All are allowed in guards.

      iex> import Bitwise
      iex> 9 &&& 3
      1
  """

  @doc false
  @deprecated "import Bitwise instead"
  defmacro __using__(options) do
    except =
      cond do
        Keyword.get(options, :only_operators) ->
          [bnot: 1, band: 2, bor: 2, bxor: 2, bsl: 2, bsr: 2]

        Keyword.get(options, :skip_operators) ->
          ["~~~": 1, &&&: 2, |||: 2, "^^^": 2, <<<: 2, >>>: 2]

        true ->
          []
      end

    quote do
      import Bitwise, except: unquote(except)
    end
  end

  @doc guard: true
  @doc "Every bit inverted."
  @spec bnot(integer()) :: integer()
  def bnot(expr), do: :erlang.bnot(expr)

  @doc false
  def unquote(:"~~~")(expr), do: :erlang.bnot(expr)

  @doc guard: true
  @doc "The bits set in both."
  @spec band(integer(), integer()) :: integer()
  def band(left, right), do: :erlang.band(left, right)

  @doc guard: true
  @doc "The bits set in both: see `band/2`."
  @spec integer() &&& integer() :: integer()
  def left &&& right, do: :erlang.band(left, right)

  @doc guard: true
  @doc "The bits set in either."
  @spec bor(integer(), integer()) :: integer()
  def bor(left, right), do: :erlang.bor(left, right)

  @doc guard: true
  @doc "The bits set in either: see `bor/2`."
  @spec integer() ||| integer() :: integer()
  def left ||| right, do: :erlang.bor(left, right)

  @doc guard: true
  @doc "The bits set in one of the two only."
  @spec bxor(integer(), integer()) :: integer()
  def bxor(left, right), do: :erlang.bxor(left, right)

  @doc false
  def unquote(:"^^^")(left, right), do: :erlang.bxor(left, right)

  @doc guard: true
  @doc "The bits moved to the left; to the right if `right` is negative."
  @spec bsl(integer(), integer()) :: integer()
  def bsl(left, right), do: :erlang.bsl(left, right)

  @doc guard: true
  @doc "The bits moved to the left: see `bsl/2`."
  @spec integer() <<< integer() :: integer()
  def left <<< right, do: :erlang.bsl(left, right)

  @doc guard: true
  @doc "The bits moved to the right, the sign kept; to the left if `right` is negative."
  @spec bsr(integer(), integer()) :: integer()
  def bsr(left, right), do: :erlang.bsr(left, right)

  @doc guard: true
  @doc "The bits moved to the right: see `bsr/2`."
  @spec integer() >>> integer() :: integer()
  def left >>> right, do: :erlang.bsr(left, right)
end

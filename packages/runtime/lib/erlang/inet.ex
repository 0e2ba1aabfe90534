# Erlang's `inet`, what needs no network: addresses as text and back. An address is a tuple of four bytes or of eight
# integers of 16 bits. Unless a strict form is asked for, a part may be in hexadecimal or octal digits too, as C's `inet_aton` takes it.
defmodule :inet do
  @moduledoc false

  import Bitwise

  defguardp is_byte(value) when is_integer(value) and value >= 0 and value <= 0xFF
  defguardp is_field(value) when is_integer(value) and value >= 0 and value <= 0xFFFF

  defguardp is_ipv4(a, b, c, d) when is_byte(a) and is_byte(b) and is_byte(c) and is_byte(d)

  defguardp is_ipv6(a, b, c, d, e, f, g, h)
            when is_field(a) and is_field(b) and is_field(c) and is_field(d) and is_field(e) and is_field(f) and
                   is_field(g) and is_field(h)

  ## Of addresses

  def is_ipv4_address({a, b, c, d}) when is_ipv4(a, b, c, d), do: true
  def is_ipv4_address(_other), do: false

  def is_ipv6_address({a, b, c, d, e, f, g, h}) when is_ipv6(a, b, c, d, e, f, g, h), do: true
  def is_ipv6_address(_other), do: false

  def is_ip_address(address), do: is_ipv4_address(address) or is_ipv6_address(address)

  def ipv4_mapped_ipv6_address({a, b, c, d}) when is_ipv4(a, b, c, d),
    do: {0, 0, 0, 0, 0, 0xFFFF, a <<< 8 ||| b, c <<< 8 ||| d}

  def ipv4_mapped_ipv6_address({a, b, c, d, e, f, g, h}) when is_ipv6(a, b, c, d, e, f, g, h),
    do: {g >>> 8, g &&& 0xFF, h >>> 8, h &&& 0xFF}

  ## From text

  def parse_address(text), do: first_of([&ipv4(&1, :lenient), &ipv6/1], text)
  def parse_strict_address(text), do: first_of([&ipv4(&1, :strict), &ipv6/1], text)

  def parse_ipv4_address(text) when is_list(text), do: answer(ipv4(text, :lenient))
  def parse_ipv4strict_address(text) when is_list(text), do: answer(ipv4(text, :strict))

  def parse_ipv6_address(text) when is_list(text), do: first_of([&ipv6/1, &mapped/1], text)
  def parse_ipv6strict_address(text), do: answer(ipv6(text))

  defp first_of(parsers, text), do: answer(Enum.find_value(parsers, & &1.(text)))

  defp answer(nil), do: {:error, :einval}
  defp answer(address), do: {:ok, address}

  defp mapped(text) do
    if address = ipv4(text, :lenient), do: ipv4_mapped_ipv6_address(address)
  end

  # The last part of fewer than four fills the bytes that are left.
  defp ipv4(text, kind) do
    with true <- :io_lib.char_list(text),
         numbers when is_list(numbers) <- numbers(:string.split(text, ~c".", :all), kind),
         true <- length(numbers) == 4 or (kind == :lenient and length(numbers) < 4),
         {bytes, [last]} = Enum.split(numbers, -1),
         true <- Enum.all?(bytes, &(&1 < 256)),
         width = 8 * (4 - length(bytes)),
         true <- last < 1 <<< width do
      <<a, b, c, d>> = <<:binary.list_to_bin(bytes)::binary, last::size(width)>>
      {a, b, c, d}
    else
      _ -> nil
    end
  end

  defp numbers(parts, kind) do
    numbers = Enum.map(parts, if(kind == :strict, do: &plain_number/1, else: &number/1))
    if nil not in numbers, do: numbers
  end

  defp plain_number([?0, _ | _]), do: nil
  defp plain_number(digits), do: digits(digits, [], 10, 10)

  defp number([?0, x | digits]) when x in [?x, ?X], do: digits |> leading_zeros() |> digits([], 16, 8)
  defp number([?0 | digits]), do: digits |> leading_zeros() |> digits([?0], 8, 11)
  defp number(digits), do: digits(digits, [], 10, 10)

  defp leading_zeros([?0 | digits]), do: leading_zeros(digits)
  defp leading_zeros(digits), do: digits

  # Of that many digits at most.
  defp digits(digits, before, base, most) do
    all = before ++ digits
    if all != [] and length(digits) <= most and Enum.all?(all, &digit?(&1, base)), do: :erlang.list_to_integer(all, base)
  end

  defp digit?(char, base) when char in ?0..?9, do: char - ?0 < base
  defp digit?(char, 16), do: char in ?a..?f or char in ?A..?F
  defp digit?(_char, _base), do: false

  # A zone may follow the address of a link, and is not part of it.
  defp ipv6(text) do
    with true <- :io_lib.char_list(text),
         [address | zone] = :string.split(text, ~c"%"),
         {_, _, _, _, _, _, _, _} = fields <- fields(:string.split(address, ~c"::", :all)),
         true <- zone == [] or (elem(fields, 0) &&& 0xFFC0) == 0xFE80 do
      fields
    else
      _ -> nil
    end
  end

  defp fields([whole]) do
    with [_, _, _, _, _, _, _, _] = fields <- hexadecimal(whole), do: List.to_tuple(fields)
  end

  # `::` stands for one field at least.
  defp fields([front, back]) do
    with front when is_list(front) <- hexadecimal(front),
         false <- :lists.member(?., front),
         back when is_list(back) <- hexadecimal(back),
         missing when missing > 0 <- 8 - length(front) - length(back) do
      List.to_tuple(front ++ List.duplicate(0, missing) ++ back)
    end
  end

  defp fields(_more), do: nil

  defp hexadecimal([]), do: []

  defp hexadecimal(text) do
    {parts, [last]} = text |> :string.split(~c":", :all) |> Enum.split(-1)

    with fields when is_list(fields) <- hexadecimal_fields(parts) do
      cond do
        not :lists.member(?., last) -> with [_] = end_fields <- hexadecimal_fields([last]), do: fields ++ end_fields
        address = ipv4(last, :strict) -> fields ++ Enum.drop(Tuple.to_list(ipv4_mapped_ipv6_address(address)), 6)
        true -> nil
      end
    end
  end

  defp hexadecimal_fields(parts) do
    if Enum.all?(parts, &(&1 != [] and length(&1) <= 4 and Enum.all?(&1, fn char -> digit?(char, 16) end))),
      do: Enum.map(parts, &:erlang.list_to_integer(&1, 16))
  end

  ## To text

  def ntoa({a, b, c, d}) when is_ipv4(a, b, c, d), do: dotted([a, b, c, d])
  def ntoa({0, 0, 0, 0, 0, 0, 0, 0}), do: ~c"::"
  def ntoa({0, 0, 0, 0, 0, 0, 0, 1}), do: ~c"::1"
  def ntoa({0, 0, 0, 0, 0, 0, g, h}) when is_field(g) and is_field(h), do: ~c"::" ++ dotted(g, h)
  def ntoa({0, 0, 0, 0, 0, 0xFFFF, g, h}) when is_field(g) and is_field(h), do: ~c"::ffff:" ++ dotted(g, h)

  def ntoa({a, b, c, d, e, f, g, h} = address) when is_ipv6(a, b, c, d, e, f, g, h) do
    fields = Tuple.to_list(address)

    case longest_zeros(fields) do
      {_at, 0} ->
        joined(fields)

      {at, count} ->
        {front, rest} = Enum.split(fields, at)
        joined(front) ++ ~c"::" ++ joined(Enum.drop(rest, count))
    end
  end

  def ntoa(_other), do: {:error, :einval}

  defp dotted(g, h), do: dotted([g >>> 8, g &&& 0xFF, h >>> 8, h &&& 0xFF])
  defp dotted(bytes), do: bytes |> Enum.map_join(".", &Integer.to_string/1) |> String.to_charlist()

  defp joined(fields), do: fields |> Enum.map_join(":", &String.downcase(Integer.to_string(&1, 16))) |> String.to_charlist()

  # Where the first of the longest runs of zeros begins, and how long it is; one zero alone is no run.
  defp longest_zeros(fields) do
    runs =
      for at <- 0..7, count = fields |> Enum.drop(at) |> Enum.take_while(&(&1 == 0)) |> length(), count > 1, do: {at, count}

    Enum.max_by(runs, &elem(&1, 1), fn -> {0, 0} end)
  end

  ## The host

  @doc "The name of the host, which programs here are not told."
  def gethostname, do: {:ok, :net_adm.localhost()}

  def format_error(:exbadport), do: ~c"invalid port state"
  def format_error(:exbadseq), do: ~c"bad command sequence"
  def format_error(:nxdomain), do: ~c"non-existing domain"
  def format_error(:econnrefused), do: ~c"connection refused"
  def format_error(:econnreset), do: ~c"connection reset by peer"
  def format_error(:etimedout), do: ~c"connection timed out"
  def format_error(:ehostunreach), do: ~c"no route to host"
  def format_error(:enetunreach), do: ~c"network is unreachable"
  def format_error(:eaddrinuse), do: ~c"address already in use"
  def format_error(reason), do: :file.format_error(reason)
end

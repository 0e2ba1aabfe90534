# Names that look the same and are not (Unicode UTS 39). It is called only for texts that have a name beyond ASCII.
defmodule String.Tokenizer.Security do
  @moduledoc false

  # What characters of identifiers look like: `prototype=characters`, code points in hexadecimal, those of a prototype with `+`.
  # From `confusables.txt`, of the characters that identifiers may have, without those of ASCII.
  @lookalikes """
  27=2bb,2bc,5d9 27+27=5f2 2e=660,6f0 2f=30ce,4e3f 33=1b7,417,4e0 33+326=498 36=431 38=9ea,a6a,b03 39=9ed,a67,b68,d6d
  3a=903,a83 3f=97d 41=391,410 41+45=c6,4d4 42=392,412 43=421 43+326=4aa 44+335=d0,110 45=395,415 48=397,41d
  48+326=4c7,4c9 48+329=4a2 48+335=126 4a=408 4b=39a,41a 4b+329=49a 4b+335=49e 4c+338=141 4d=39c,41c 4d+326=4cd 4e=39d
  4f=39f,41e,555,9e6,b20,b66,12d0,3007 4f+45=152 4f+335=398,3b8,4e8 4f+338=d8 50=3a1,420 53=405,54f 54=3a4,422 54+329=4ac
  54+335=166 55=54d,1200 56=667,6f7 57=51c 58=3a7,425 58+329=4b2 59=3a5,423,4ae 59+335=4b0 5a=396 5c=4e36 61=3b1,430
  61+65=e6,4d5 62=42c 62+6c=42b 62+304=411 62+335=48c,48d 63=441 63+326=4ab 64+335=111 65=435,4bd 65+328=4bf 66=584
  67=581 68=4bb,570 68+335=127,45b 69=131,3b9,456,4cf 6a=458 6c=399,406,4c0,5d5,5df,627,661,6f1 6c+27=5f1 6c+4f=42e
  6c+6c=5f0 6c+338=142 6c+674=672 6e=578,57c 6e+329=3b7
  6f=3bf,3c3,43e,585,5e1,647,665,6be,6c1,6d5,6f5,966,a66,ae6,be6,c02,c66,c82,ce6,d02,d20,d66,d82,e50,ed0,101d,1040,10ff
  6f+65=153 6f+302=6ff 6f+335=4e9 6f+338=f8 6f+102c=1010 70=3c1,440 71=51b,563,566 72=433 72+27=491 72+335=493 73=455
  74+335=167 75=3c5,57d 76=3bd,5d8 77=51d,561 78=445 79=3b3,443,4af,10e7 79+335=4b1 b7=30fb df=3b2,1e9e,a7d6 138=3ba,43a
  138+329=49b 138+335=49f 185=44c 185+69=44b 186=3fd 18f=4d8 190=510 1a9=3a3 1dd=259,4d9 21d=292,4e1 237=575
  245=39b,41b,668,6f8 245+326=4c5 254=37b 25c=437 25c+326=499 270=57a,1223 278=3c6,444 28d=43c 28d+326=4ce 299=432
  29c=43d 29c+326=4c8,4ca 29c+329=4a3 2c9+62=44a 301=64e 302=311 303=342,653 306=30c 306+307=310,901,981,a81,b01
  307=902,a02,a82,bcd 30a=652,b82,e4d,ecd,1036,17c6,309a 30b=64b 313=64f 323=5b4,93c,9bc,a3c,abc,b3c 325=f37 326=327,339
  328=345 393=413 393+27=490 393+335=492 3a0=41f 3a6=424,553,1240 3bc=b5 3c0=43f 40d+326=48a 416+329=496 436+329=497
  439+326=48b 43b+326=4c6 4b6=4cb 4b7=4cc 4bc+328=4be 548=1260 571=1294 628+654=8a1 628+6db=751 628+6e2=8b6 629=6c3
  62d+654=681,772 62d+6db=685 62f+302=6ee 62f+615=688 631+302=6ef 631+306=692 631+306+307=8b9 631+615=691 631+654=76c
  631+6db=698 632+302=8b2 633+302=77e 633+6db=634 635+6db=69e 637+6db=69f 641=6a7 643=6a9,6aa 643+6db=6ad,763 644+306=6b5
  644+6db=6b7 645+6db=8a7 646+306=769 646+615=768 648+302=6c9 648+306=6c6 648+313=6c7 648+670=6c8 648+6db=6cb
  649=64a,6ba,6cc,6d2,8bd 649+302=63d 649+306=6ce,756 649+306+307=8ba 649+615=679,6bb 649+654=8a8
  649+6db=62b,63f,67e,6bd,6d1 649+6db+6e2=8b7 662=6f2 663=6f3 664=6f4 666=6f6 669=6f9,967 67b=6d0 68a+615=68b 697+615=771
  6a1=8bb,8bc 6a1+6db=6a4,6a8 6a2+6db=8a4 6ac=762 6af+6db=6b4 754=767,8a9 905+93e=906 905+93e+946=912 905+93e+947=913
  905+93e+948=914 905+946=904 905+949=911 90f+945=90d 90f+946=90e 90f+947=910 930+94d+907=908 93d=abd 941=ac1 942=ac2
  946=a4b 94d=a4d,acd 968=ae8 969=ae9 96a=aea 96e=aee 971=d4e 983=a03,c03,c83,d03,d83,1038 985+9be=986 98b+9c3=9e0,9e1
  a05+a3e=a06 a05+a48=a10 a05+a4c=a14 a72+a3f=a07 a72+a40=a08 a72+a47=a0f a73+a41=a09 a73+a42=a0a a85+abe=a86
  a85+abe+ac5=a91 a85+abe+ac7=a93 a85+abe+ac8=a94 a85+ac5=a8d a85+ac7=a8f a85+ac8=a90 b05+b3e=b06 b85=bee b88=bb0,bbe
  b88+bc1=beb b89=be8,d09 b89+bb3=b8a b89+d57=d0a b8e=bed b90=b9c,d1c b95=be7 b9a=bea b9a+bc1=bec b9f+bbf=d3a ba3=d23
  ba9=bc8 bb3=bd7 bb4=d34 bb6=d36 bbf=d3f,d40 c05=c85 c06=c86 c07=c87 c0b+c3e=c60 c0c+c3e=c61 c12=c92 c12+c4c=c14,c94
  c12+c55=c13,c93 c1c=c9c c1e=c9e c21+323=c22 c23=ca3 c27+5bc=c25 c2c+323=c2d c2f=caf c30+5bc=c20 c31=cb1 c32=cb2
  c35+323=c37 c35+c3e=c39 c35+c41=c2e c41+c3e=c42 c43+c3e=c44 c67=ce7 c68=ce8 c6f=cef c8c+cbe=ce1 d07+d57=d08 d0e+d46=d10
  d12+d3e=d13 d12+d57=d14 d1e=d61 d26+d4d+d30=d6b d28+d41=d0c,d19 d28+d4d=d6f,d7b d28+d4d+d28=d6c d30=d31 d30+d4d=d6a,d7c
  d35+d4d+d30=d6e d41=d42,d43 d46+d46=d48 e02=e03 e04=e14,e15 e06=e21 e08=e88 e0a=e0b e0e=e0f e11=e17 e1a=e9a e1b=e9b
  e1d=e9d e1e=e9e e1f=e9f e20=e26 e22=e8d e32=e45 e34=17b7 e35=17b8 e36=17b9 e37=17ba e38=eb8 e39=eb9 e40+e40=e41
  e48=ec8,17cb e49=ec9 e4a=eca e4b=ecb f62=f6a f68+f7c+f7e=f00 1002+102c=1000 1002+103e=1081 1003+103e=1070
  1015+102c=101f 1015+102c+103e=106f 1015+103e=1066 101e+103c=1029 101e+103c+1031+102c+103a=102a 1041=1065 107d+103e=107e
  1100=11a8 1100+1100=1101,11a9 1100+1109=11aa 1102=11ab 1102+110c=11ac 1102+1112=11ad 1103=11ae 1103+1103=1104 1105=11af
  1105+1100=11b0 1105+1106=11b1 1105+1107=11b2 1105+1109=11b3 1105+1110=11b4 1105+1111=11b5 1105+1112=11b6 1106=11b7
  1107=11b8 1107+1107=1108 1107+1109=11b9 1109=11ba 1109+1109=110a,11bb 110b=11bc 110c=11bd 110c+110c=110d 110e=11be
  110f=11bf 1110=11c0 1111=11c1 1112=11c2 1161+4e28=1162 1163+4e28=1164 1165+4e28=1166 1167+4e28=1168 1169+1161=116a
  1169+1161+4e28=116b 1169+4e28=116c 116e+1165=116f 116e+1165+4e28=1170 116e+4e28=1171 1206=544 1261=54c 12ae=53b
  1323=54a 1d0e=438 1d19=44f 1d1b=3c4,442 1d1b+329=4ad 1e9f=3b4,56e 2202+335=f0 276c=304f,21fe8 3078=30d8 30fc=1173,4e00
  30fc+4e28=1174 3588=439b 363d=39b3 3a41=6409 3ada=66f6 3b35=80f6 3b3a=5e50 3b3b=4420 3ba3=69e9 4039=9fc3 403f=6663
  4443=6726 46b6=8a1e 4e28=1175 4e8c=30cb 4ebb=30a4 4f75=5002 5024=503c 513f=3126 516b=30cf 529b=30ab 535c=30c8
  53e3=30ed,56d7 5553=555f 571f=58eb 5861=586b 58ab=58ff 5915=30bf 5aaf=5b00 5de5=30a8 5e21=5e32 6236=6238 665a=6669
  670c=80a6 670f=80d0 6710=80ca 6713=8101 6718=8127 6723=81a7 676e=67ff 699d=6a27 6e88=6f59 7814=784f 7d55=7d76 80fc=8141
  848d=853f 8637=8641 8a2e=8a7d 8b86=8b8f 8c5c=8c63 8d7f=8d86 8de5=8dfa 8e97=8e9b 8eff=8f27 90ce=90de 93ad=93ae 96b7=96b8
  9e42=9e43 9ed1=9ed2 a73e=3ff a73f=37d a792=404 a793=3b5,454,511
  """

  @prototypes (for group <- String.split(@lookalikes),
                   [prototype, chars] = String.split(group, "="),
                   char <- String.split(chars, ","),
                   into: %{} do
                 hex = &String.to_integer(&1, 16)
                 {hex.(char), prototype |> String.split("+") |> Enum.map(hex)}
               end)

  @names [:identifier, :op_identifier, :kw_identifier, :paren_identifier, :bracket_identifier, :alias, :atom]

  @doc "`[{{line, column}, message}]` of the names among tokens that look like an earlier one, the last first."
  def unicode_lint_warnings(tokens) do
    {_, warnings} =
      for {kind, {line, column, [_ | _] = name}, _} when kind in @names <- tokens, reduce: {%{}, []} do
        {seen, warnings} ->
          skeleton = confusable_skeleton(name)

          case seen do
            %{^skeleton => {^name, _}} -> {seen, warnings}
            %{^skeleton => earlier} -> {seen, [{{line, column}, message(name, earlier)} | warnings]}
            %{} -> {Map.put(seen, skeleton, {name, line}), warnings}
          end
      end

    warnings
  end

  defp message(name, {earlier, line}) do
    String.to_charlist(
      "confusable identifier: '#{name}' looks like '#{earlier}' on line #{line}, " <>
        "but they are written using different characters" <>
        "#{if right_to_left?(name), do: "\n\n" <> directions(name)}\n" <>
        "#{if right_to_left?(earlier), do: directions(earlier)}\n"
    )
  end

  defp directions(name) do
    lines =
      for char <- name do
        hex = char |> Integer.to_string(16) |> String.pad_leading(4, "0")
        "  \\u#{hex} #{<<char::utf8>>} #{direction(char)}\n"
      end

    "'#{name}' includes right-to-left characters:\n#{lines}"
  end

  @doc "What a name looks like: the same for all names that look the same."
  def confusable_skeleton(name) do
    chars = :unicode.characters_to_nfd_list(name)
    shown = if right_to_left?(chars), do: unbidify(chars), else: chars
    shown |> Enum.map(&Map.get(@prototypes, &1, &1)) |> :unicode.characters_to_nfd_list()
  end

  @doc """
  The characters of a name in the order in which they are shown: spans from right to left turned round. Of characters without a
  direction, those between two of the same span belong to it; digits belong to the span before them.
  """
  def unbidify(chars), do: unbidify(chars, :ltr, [], [], [])

  # `shown` has the spans that are complete, `span` the one that is being read, both the last first; behind it stands what may
  # still belong to the next one.
  defp unbidify([char | rest], current, neutral, span, shown) do
    case direction(char) do
      :weak_number -> unbidify(rest, current, [], [char | neutral] ++ span, shown)
      :neutral -> unbidify(rest, current, [char | neutral], span, shown)
      ^current -> unbidify(rest, current, [], [char | neutral] ++ span, shown)
      :ltr -> unbidify(rest, :ltr, [], [char | neutral], Enum.reverse(span, shown))
      :rtl -> unbidify(rest, :rtl, [], [char], neutral ++ span ++ shown)
    end
  end

  defp unbidify([], :ltr, neutral, span, shown), do: Enum.reverse(neutral ++ span ++ shown)
  defp unbidify([], :rtl, neutral, span, shown), do: Enum.reverse(shown, neutral ++ span)

  defp right_to_left?(name), do: Enum.any?(name, &(direction(&1) == :rtl))

  defp direction(char) when char in ?0..?9, do: :weak_number

  defp direction(char)
       when char in [?_, 0xB7, 0x5B4, 0x670] or char in 0x300..0x345 or char in 0x64B..0x655 or
              char in 0x6F0..0x6F9 or char in 0x7A6..0x7B0,
       do: :neutral

  defp direction(char) when char in 0x660..0x669, do: :ltr
  defp direction(char) when char in 0x5D0..0x8C9, do: :rtl
  defp direction(_char), do: :ltr
end

defmodule ErlangCryptoTest do
  use ExUnit.Case, async: true

  describe "ciphers" do
    @key :binary.copy(<<1>>, 16)
    @iv :binary.copy(<<2>>, 16)

    test "of blocks, with and without padding" do
      assert :crypto.crypto_one_time(:aes_128_cbc, @key, @iv, "hello", encrypt: true, padding: :pkcs_padding) ==
               <<242, 48, 103, 108, 56, 167, 215, 22, 235, 237, 129, 113, 142, 79, 200, 170>>

      assert :crypto.crypto_one_time(:aes_128_cbc, @key, @iv, "0123456789abc", encrypt: true, padding: :zero) ==
               <<130, 241, 34, 52, 81, 28, 125, 49, 142, 49, 90, 217, 135, 104, 228, 37>>

      # Without padding the rest of a block is left out.
      assert :crypto.crypto_one_time(:aes_128_cbc, @key, @iv, "0123456789abc", true) == ""
      assert :crypto.crypto_one_time(:aes_128_ctr, @key, @iv, "hello", true) == <<127, 179, 120, 159, 22>>
      assert :crypto.crypto_one_time(:aes_ctr, @key, @iv, <<127, 179, 120, 159, 22>>, false) == "hello"
    end

    test "piece by piece" do
      state = :crypto.crypto_init(:aes_128_cbc, @key, @iv, encrypt: true, padding: :pkcs_padding)
      assert :crypto.crypto_update(state, "hello") == ""
      first = :crypto.crypto_update(state, "0123456789abcdef")
      assert byte_size(first) == 16
      last = :crypto.crypto_final(state)
      assert %{encrypt: true, padding_size: 11, padding_type: :pkcs_padding, size: 21} = :crypto.crypto_get_data(state)

      back = :crypto.crypto_init(:aes_128_cbc, @key, @iv, encrypt: false, padding: :pkcs_padding)
      text = [:crypto.crypto_update(back, first), :crypto.crypto_update(back, last), :crypto.crypto_final(back)]
      assert IO.iodata_to_binary(text) == "hello0123456789abcdef"
    end

    test "that authenticate" do
      {text, tag} = :crypto.crypto_one_time_aead(:aes_128_gcm, @key, <<3::96>>, "hello", "more", true)
      assert :crypto.crypto_one_time_aead(:aes_128_gcm, @key, <<3::96>>, text, "more", tag, false) == "hello"
      assert :crypto.crypto_one_time_aead(:aes_128_gcm, @key, <<3::96>>, text, "less", tag, false) == :error
      assert {_, <<_::96>>} = :crypto.crypto_one_time_aead(:aes_128_ccm, @key, <<3::96>>, "hello", "", true)
    end

    test "refuse what does not fit" do
      assert catch_error(:crypto.crypto_one_time(:aes_256_ecb, @key, "x", true)) ==
               {:badarg, {~c"api_ng.c", 244}, ~c"Bad key size"}

      assert catch_error(:crypto.crypto_one_time(:nope, @key, "x", true)) ==
               {:badarg, {~c"api_ng.c", 242}, ~c"Unknown cipher"}

      assert catch_error(:crypto.crypto_one_time(:aes_128_cbc, @key, @iv, "x", padding: :foo)) ==
               {:badarg, {~c"api_ng.c", 168}, ~c"Bad 'padding' option value"}

      assert catch_error(:crypto.hash(:nope, "x")) == {:badarg, {~c"hash.c", 108}, ~c"Bad digest type"}
    end

    test "give codes of messages" do
      assert :crypto.mac(:cmac, :aes_128_cbc, @key, "hello") ==
               <<177, 17, 131, 198, 169, 47, 218, 24, 87, 189, 4, 178, 85, 81, 138, 0>>

      assert :crypto.mac(:poly1305, :binary.copy(<<1>>, 32), "hello") ==
               <<180, 104, 79, 116, 176, 178, 171, 171, 64, 177, 171, 171, 64, 177, 171, 171>>
    end
  end

  test "keys agree, sign and encrypt" do
    {public, private} = :crypto.generate_key(:ecdh, :secp256k1, <<7::256>>)
    assert <<4, 92, 189, 240, _::binary-size(61)>> = public
    assert <<242, 218, 201, 145, _::binary-size(28)>> = :crypto.compute_key(:ecdh, public, private, :secp256k1)
    signature = :crypto.sign(:ecdsa, :sha256, "text", [private, :secp256k1])
    assert :crypto.verify(:ecdsa, :sha256, "text", signature, [public, :secp256k1])
    refute :crypto.verify(:ecdsa, :sha256, "other", signature, [public, :secp256k1])

    {public, private} = :crypto.generate_key(:eddsa, :ed25519, :binary.copy(<<7>>, 32))
    assert <<234, 74, 108, 99, _::binary>> = public
    assert <<72, 25, 25, 23, _::binary>> = :crypto.sign(:eddsa, :none, "msg", [private, :ed25519])

    {public, private} = :crypto.generate_key(:rsa, {1024, 65537})
    signature = :crypto.sign(:rsa, :sha256, "text", private)
    assert :crypto.verify(:rsa, :sha256, "text", signature, public)
    hidden = :crypto.public_encrypt(:rsa, "text", public, :rsa_pkcs1_oaep_padding)
    assert :crypto.private_decrypt(:rsa, hidden, private, :rsa_pkcs1_oaep_padding) == "text"
  end

  test "modular powers and derived keys" do
    assert :crypto.mod_pow(5, 117, 19) == <<1>>
    key = :crypto.pbkdf2_hmac(:sha256, "password", "salt", 1, 32)
    assert Base.encode16(key, case: :lower) == "120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b"
  end

  test "an error names the argument that is wrong" do
    key = <<0::128>>

    for {call, position, text} <- [
          {fn -> :crypto.hash(:foo, "a") end, "1st", "Bad digest type"},
          {fn -> :crypto.mac(:hmac, :foo, "k", "d") end, "2nd", "Bad digest algorithm for HMAC"},
          {fn -> :crypto.mac(:cmac, :foo, "k", "d") end, "2nd", "Unknown cipher"},
          {fn -> :crypto.crypto_one_time(:aes_128_cbc, "k", key, "d", true) end, "2nd", "Bad key size"},
          {fn -> :crypto.crypto_one_time(:aes_128_cbc, key, "iv", "d", true) end, "3rd", "Bad iv size"},
          {fn -> :crypto.crypto_one_time(:aes_128_cbc, key, key, "d", padding: :x) end, "5th", "Bad 'padding' option value"},
          {fn -> :crypto.pbkdf2_hmac(:sha, "a", "b", 0, 2) end, "4th", "Must be > 0"}
        ] do
      %ErlangError{original: original, reason: nil} = error = catch_raised(call)
      # `rescue` makes the exception without the stack trace, in which the place is.
      assert Exception.message(error) == "Erlang error: " <> inspect(original)

      told = catch_told(call)
      assert String.ends_with?(told, ":\n\n  * #{position} argument: #{text}\n")
    end
  end

  defp catch_raised(call) do
    call.()
  rescue
    error -> error
  end

  defp catch_told(call) do
    call.()
  catch
    kind, reason -> Exception.format_banner(kind, reason, __STACKTRACE__)
  end

  test "what is no context is refused" do
    hash = :crypto.hash_init(:sha)
    mac = :crypto.mac_init(:hmac, :sha, "key")

    for {call, text} <- [
          {fn -> :crypto.hash_update({:state, 1}, "a") end, "Bad state"},
          {fn -> :crypto.hash_final({:state, 1}) end, "Bad state"},
          {fn -> :crypto.mac_update(mac, :a) end, "Bad text"},
          {fn -> :crypto.mac_final({:a, 1}) end, "Bad ref"}
        ],
        do: assert_raise(ErlangError, ~r/#{text}/, call)

    assert_raise ArgumentError, ~r/1st argument: not an iodata term/, fn -> :crypto.hash_update(hash, :a) end
  end
end

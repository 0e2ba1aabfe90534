defmodule :otp_internal do
  @moduledoc "Functions that Erlang had once, and what to call in their place: what a program finds that calls one."

  @removed %{
    {:erlang, :hash, 2} => ~c"use erlang:phash2/2 instead",
    {:erlang, :get_stacktrace, 0} => ~c"use the new try/catch syntax for retrieving the stack backtrace",
    {:crypto, :hmac, 3} => ~c"use crypto:mac/4 instead",
    {:crypto, :hmac, 4} => ~c"use crypto:macN/5 instead",
    {:crypto, :hmac_init, 2} => ~c"use crypto:mac_init/3 instead",
    {:crypto, :hmac_update, 2} => ~c"use crypto:mac_update/2 instead",
    {:crypto, :hmac_final, 1} => ~c"use crypto:mac_final/1 instead",
    {:crypto, :cmac, 3} => ~c"use crypto:mac/4 instead",
    {:crypto, :poly1305, 2} => ~c"use crypto:mac/3 instead",
    {:crypto, :stream_encrypt, 2} => ~c"use crypto:crypto_update/2 instead",
    {:crypto, :stream_decrypt, 2} => ~c"use crypto:crypto_update/2 instead",
    {:filename, :find_src, 1} => ~c"use filelib:find_source/1,3 instead",
    {:filename, :find_src, 2} => ~c"use filelib:find_source/1,3 instead",
    {:filename, :safe_relative_path, 1} => ~c"use filelib:safe_relative_path/2 instead",
    {:rpc, :safe_multi_server_call, 2} => ~c"use rpc:multi_server_call/2 instead",
    {:rpc, :safe_multi_server_call, 3} => ~c"use rpc:multi_server_call/3 instead"
  }

  @doc "`{:removed, text}` of a function that is gone, else `:no`."
  def obsolete(module, name, arity) do
    case @removed do
      %{{^module, ^name, ^arity} => text} -> {:removed, text}
      _ -> :no
    end
  end
end

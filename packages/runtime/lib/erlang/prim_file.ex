# Erlang's `prim_file`: files without a server in between, which here are those of `file`. Programs call it for its speed.
defmodule :prim_file do
  @moduledoc false

  defdelegate read_file(path), to: :file
  defdelegate write_file(path, data), to: :file
  defdelegate read_file_info(path), to: :file
  defdelegate read_file_info(path, opts), to: :file
  defdelegate read_link_info(path), to: :file
  defdelegate read_link_info(path, opts), to: :file
  defdelegate list_dir(path), to: :file
  defdelegate make_dir(path), to: :file
  defdelegate del_dir(path), to: :file
  defdelegate delete(path), to: :file
  defdelegate rename(from, to), to: :file
  defdelegate read_link(path), to: :file
  defdelegate make_link(existing, new), to: :file
  defdelegate make_symlink(existing, new), to: :file
  defdelegate get_cwd, to: :file
  defdelegate set_cwd(path), to: :file
end

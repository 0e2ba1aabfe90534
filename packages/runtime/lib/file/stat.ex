defmodule File.Stat do
  @moduledoc "What `File.stat/2` says of a file: size, type, access, times, mode and where it is."

  defstruct [
    :size,
    :type,
    :access,
    :atime,
    :mtime,
    :ctime,
    :mode,
    :links,
    :major_device,
    :minor_device,
    :inode,
    :uid,
    :gid
  ]

  @type t :: %__MODULE__{}

  @fields [
    :size,
    :type,
    :access,
    :atime,
    :mtime,
    :ctime,
    :mode,
    :links,
    :major_device,
    :minor_device,
    :inode,
    :uid,
    :gid
  ]

  @doc "The struct as Erlang's record."
  @spec to_record(t) :: tuple()
  def to_record(%File.Stat{} = stat) do
    List.to_tuple([:file_info | Enum.map(@fields, &Map.fetch!(stat, &1))])
  end

  @doc "The struct of Erlang's record."
  @spec from_record(tuple()) :: t
  def from_record(file_info) when elem(file_info, 0) == :file_info do
    struct!(File.Stat, Enum.zip(@fields, tl(Tuple.to_list(file_info))))
  end
end

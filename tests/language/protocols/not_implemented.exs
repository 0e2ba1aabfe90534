defprotocol Fly do
  def fly(thing)
end

Fly.fly(:penguin)
# expect error: ** (Protocol.UndefinedError) protocol Fly not implemented for type Atom

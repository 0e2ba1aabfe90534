/** `:erlang`, nodes: there is one. */
import { S } from "../process/stack.ts";
import {
  Atom,
  atom,
  badarg,
  EMPTY,
  error,
  FALSE,
  LOCAL_NODE,
  list,
  listToArray,
  Pid,
  Port,
  Reference,
  remoteNode,
  type Term,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";

function nodeOf(item: Term): Term {
  if (!(item instanceof Pid) && !(item instanceof Reference) && !(item instanceof Port)) {
    throw badarg("erlang", "node", [item]);
  }
  return item.node === LOCAL_NODE ? S.system.node : (remoteNode(item.node)?.name ?? S.system.node);
}

const NODE_TYPES = new Set(["visible", "hidden", "connected", "this", "known"]);

function nodes(types: Term): Term {
  const items = types instanceof Atom ? [types] : listToArray(types);
  if (!items?.every((type) => type instanceof Atom && NODE_TYPES.has(type.name))) {
    throw badarg("erlang", "nodes", [types]);
  }
  const own = items.some((type) => type === atom("this") || type === atom("known"));
  return list(own ? [S.system.node] : []);
}

export const erlangNodes: NativeModule = {
  module: "erlang",
  functions: {
    "node/0": () => S.system.node,
    "node/1": nodeOf,
    "nodes/0": () => EMPTY,
    "nodes/1": nodes,
    "is_alive/0": () => FALSE,
    "get_cookie/0": () => atom("nocookie"),
    "set_cookie/1": (cookie) => {
      throw badarg("erlang", "set_cookie", [cookie]);
    },
    "set_cookie/2": (node, cookie) => {
      throw badarg("erlang", "set_cookie", [node, cookie]);
    },
    "disconnect_node/1": () => atom("ignored"),
    "monitor_node/2": (_node, _on) => {
      throw error("notalive");
    },
    "monitor_node/3": (_node, _on, _options) => {
      throw error("notalive");
    },
  },
};

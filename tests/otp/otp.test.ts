/** Servers beyond those of the conformance cases: Erlang's state machines, event managers and system messages. */
import { testScripts } from "../support/script.ts";

testScripts(import.meta.dirname);

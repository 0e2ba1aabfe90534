/** Natives that few programs need. */
import { beamletBase } from "../../builtins/base-encoding.ts";
import { atomics, counters } from "../../builtins/counters.ts";
import { crypto } from "../../builtins/crypto.ts";
import { cryptoCiphers } from "../../builtins/crypto-ciphers.ts";
import { cryptoKeys } from "../../builtins/crypto-keys.ts";
import { erlangChecksum } from "../../builtins/erlang-checksum.ts";
import { erlangHash } from "../../builtins/erlang-hash.ts";
import { erlangNif } from "../../builtins/erlang-nif.ts";
import { erlangPacket } from "../../builtins/erlang-packet.ts";
import { erlangPhash } from "../../builtins/erlang-phash.ts";
import { ets } from "../../builtins/ets.ts";
import { etsMatch, matchSpecTest } from "../../builtins/ets-match.ts";
import { externalTerms } from "../../builtins/external-terms.ts";
import { beamletFile } from "../../builtins/file-natives.ts";
import { beamletJson } from "../../builtins/json.ts";
import { math } from "../../builtins/math.ts";
import type { NativeModule } from "../../builtins/native.ts";
import { erlangNodes } from "../../builtins/nodes.ts";
import { os } from "../../builtins/os.ts";
import { erlangDebug } from "../../builtins/process-debug.ts";
import { erlangProcessInfo } from "../../builtins/process-info.ts";
import { erlangSystem } from "../../builtins/process-system.ts";
import { osTime } from "../../builtins/process-time.ts";
import { erlangTimer } from "../../builtins/process-timer.ts";
import { beamletProgram } from "../../builtins/programs.ts";
import { rand } from "../../builtins/rand.ts";
import { beamletSignal } from "../../builtins/signals.ts";
import { beamletTerm } from "../../builtins/term-boxes.ts";
import { zlib } from "../../builtins/zlib.ts";
import { zlibStreams } from "../../builtins/zlib-streams.ts";
import { beamletFragment } from "../fragment-natives.ts";
import { erlangTrace } from "../tracing-natives.ts";

export function lateNatives(): readonly NativeModule[] {
  return [
    beamletBase,
    beamletFile,
    beamletFragment,
    beamletJson,
    beamletProgram,
    beamletSignal,
    beamletTerm,
    atomics,
    counters,
    crypto,
    cryptoCiphers,
    cryptoKeys,
    erlangChecksum,
    erlangDebug,
    erlangHash,
    erlangNif,
    erlangPacket,
    erlangPhash,
    erlangNodes,
    erlangProcessInfo,
    erlangSystem,
    erlangTimer,
    erlangTrace,
    ets,
    etsMatch,
    matchSpecTest,
    externalTerms,
    math,
    os,
    osTime,
    rand,
    zlib,
    zlibStreams,
  ];
}

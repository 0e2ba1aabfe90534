/** The language: one behaviour a script, under the path that is its title. */
import { testScripts } from "../support/script.ts";

testScripts(import.meta.dirname);

/** Compiling and loading the modules that a program defines, which comes with the natives for that. */
import { compileModule } from "../compile/module.ts";
import type { Task } from "../process/task.ts";
import { NIL } from "../term/atom.ts";
import { defineModule, instantiate, type ModuleDefinition, moduleSource } from "./code-server.ts";
import { documentationOf } from "./documentation.ts";
import { compiling, type Definer, hostOptions } from "./host.ts";
import { destination, objectCode } from "./object-code-writer.ts";

let texts = 0;

export const definer: Definer = {
  *compileLocals(module, definitions, name, arity, env) {
    const file = env.fileName;
    const js = compiling(file, () => compileModule({ module, file, definitions, exportAll: true }));
    return instantiate(moduleSource(`${module.name}-locals-${++texts}`, js)).functions[
      `${name.name}/${arity}`
    ];
  },

  *defineModule(definition): Task {
    const { module, file, definitions } = definition;
    const { bootstrap, keepDocumentation, onModule } = hostOptions();
    const metadata: Record<string, unknown> = { ...definition.info };
    const js = compiling(file, () =>
      compileModule({ module, file, definitions, metadata, minified: bootstrap }),
    );
    const entry = defineModule(instantiate(moduleSource(module.name, js)) as ModuleDefinition, bootstrap);
    if (!bootstrap) entry.source = definitions;
    const documentation = documentationOf(definition);
    onModule(module.name, js, documentation, definitions);
    if (bootstrap) return NIL;
    const code = objectCode(
      definition,
      js,
      entry.exported().map(({ name, arity }) => `${name.name}/${arity}`),
      definition.keepsDocs ? documentation : null,
    );
    if (keepDocumentation) {
      entry.documentation = definition.keepsDocs ? documentation : null;
      entry.objectCode = code;
    }
    entry.objectFile = destination(module);
    return code;
  },
};

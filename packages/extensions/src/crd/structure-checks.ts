/** Whether schemas are structural, found out once for each generation of a definition: it takes a walk over all of them. */
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import {
  type StructureProblem,
  structureProblem,
} from '@navarch/kinds/apiextensions/definition/structure';

interface Checked {
  readonly uid: CustomResourceDefinition['metadata']['uid'];
  readonly generation: CustomResourceDefinition['metadata']['generation'];
  readonly problem: StructureProblem | undefined;
}

export class StructureChecks {
  readonly #checked = new Map<string, Checked>();

  problemOf(crd: CustomResourceDefinition): StructureProblem | undefined {
    const { name = '', uid, generation } = crd.metadata;
    const known = this.#checked.get(name);
    if (known && known.uid === uid && known.generation === generation) return known.problem;
    const problem = structureProblem(crd);
    this.#checked.set(name, { uid, generation, problem });
    return problem;
  }

  forget(name: string): void {
    this.#checked.delete(name);
  }
}

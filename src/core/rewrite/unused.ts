import { constantString } from '../languages/constants.ts';
import type { Binding, Reference } from '../languages/syntax.ts';
import { spanOf, type ImportedName, type SyntaxFile } from '../languages/syntax.ts';
import { spanContains, type Span, type TextEdit } from '../text/text-edit.ts';
import type { ConstructEdit } from './construct-edit.ts';
import { survives } from './render.ts';

export interface Leftovers {
  /** Edits that remove declarations nothing uses any more. */
  readonly edits: readonly TextEdit[];
  readonly removed: readonly Binding[];
  readonly imports: readonly ImportedName[];
  /** Whether something still uses a name. */
  readonly keeps: (binding: Binding) => boolean;
  /** A variable that cannot be removed, in a language that takes none without a use. */
  readonly unused: string | undefined;
}

/**
 * What a rewrite leaves without use: the names that held the secret, constants that only fed them, and imports.
 * Only names that the rewrite itself made unused are touched.
 */
export function leftovers(
  file: SyntaxFile,
  edits: readonly ConstructEdit[],
  secretBindings: ReadonlySet<Binding>,
): Leftovers {
  const gone: { span: Span; keeps: readonly Span[] }[] = edits.map(({ span, keeps }) => ({ span, keeps }));
  const lost = ({ node }: Reference): boolean => gone.some(({ span, keeps }) => !survives(spanOf(node), span, keeps));
  const removed = new Set<Binding>();
  const strict = file.language.refusesUnusedNames === true;
  /** Whether all members of the object that a name holds go. */
  const isEmptied = ({ valueNode, references }: Binding): boolean => {
    const list = valueNode && file.language.list(valueNode);
    if (list?.kind !== 'object' || list.elements.length === 0 || references.length === 0) return false;
    const members = new Set([...removed].flatMap(({ kind, nameNode }) => (kind === 'property' ? [nameNode.id] : [])));
    return list.elements.every(({ node }) => members.has(node.id));
  };
  for (let grew = true; grew;) {
    grew = false;
    for (const binding of file.symbols.bindings) {
      if (removed.has(binding) || binding.declaration === undefined || binding.valueNode === undefined) continue;
      const { assignment } = binding;
      if (!binding.references.every(reference => reference.node.id === assignment?.target.id || lost(reference)))
        continue;
      const holdsSecret = secretBindings.has(binding) || (binding.exposure === 'file' && isEmptied(binding));
      const idle =
        binding.references.length > 0 &&
        binding.exposure === 'file' &&
        (constantString(binding.valueNode, file) !== undefined ||
          (strict && file.language.settingLookup(binding.valueNode) !== undefined));
      if (!holdsSecret && !idle) continue;
      if (gone.some(({ span, keeps }) => !survives(spanOf(binding.nameNode), span, keeps))) continue;
      removed.add(binding);
      gone.push({ span: spanOf(binding.declaration), keeps: [] });
      if (assignment !== undefined) gone.push({ span: spanOf(assignment.statement), keeps: [] });
      grew = true;
    }
  }
  const stranded = file.symbols.bindings.find(
    binding =>
      strict &&
      binding.kind === 'value' &&
      binding.scope.id !== file.root.id &&
      !removed.has(binding) &&
      binding.references.length > 0 &&
      binding.references.every(lost),
  );
  const within = ({ nameNode }: Binding): boolean =>
    [...removed].some(
      ({ declaration, nameNode: other }) =>
        declaration !== undefined && other.id !== nameNode.id && spanContains(spanOf(declaration), spanOf(nameNode)),
    );
  const outermost = [...removed].filter(binding => binding.kind !== 'property' || !within(binding));
  const declarations = outermost.flatMap(({ declaration, assignment }) => [
    ...(declaration === undefined ? [] : [declaration]),
    ...(assignment === undefined ? [] : [assignment.statement]),
  ]);
  return {
    edits: file.language.removeDeclarations(file, declarations),
    removed: [...removed],
    unused: stranded?.name,
    keeps: binding => !binding.references.every(lost),
    imports: file.imports.filter(name => {
      const binding = file.symbols.bindings.find(other => other.nameNode.id === name.nameNode?.id);
      return binding !== undefined && binding.references.length > 0 && binding.references.every(lost);
    }),
  };
}

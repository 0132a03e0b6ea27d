import { constantText, type Expression, propertyOf, spelled } from '../formats/expression.ts';
import { applyEdits, type Span, type TextEdit } from '../text/text-edit.ts';
import type { ArmResource } from './arm.ts';
import { writtenIn } from './cloud.ts';
import { indentAt, indentStep, lineEndOf, standsAlone } from './edit.ts';
import type { Template, TemplateResource, TemplateSetting } from './template.ts';
import { type NewSetting, type TemplateWriter } from './writer.ts';

/** Version of the resource provider that identities of apps are read with. */
const sitesVersion = '2023-12-01';

export function armWriter({ text, resources }: Template): TemplateWriter {
  const lineEnd = lineEndOf(text);
  const step = indentStep(text);
  const textOf = ({ start, end }: Span): string => text.slice(start, end);

  return {
    identityOf(app) {
      const { body, existing } = app as ArmResource;
      const id = idOf(app);
      if (existing || id === undefined) return { refusal: 'This app is made elsewhere: give it an identity there.' };
      const principalId = `reference(${id}, '${sitesVersion}', 'full').identity.principalId`;
      const identity = propertyOf(body, 'identity');
      if (identity === undefined) {
        const before = propertyOf(body, 'properties') ?? body.properties[0];
        if (before === undefined) return { refusal: 'This app has no properties.' };
        const indent = indentAt(text, before.span.start);
        const added = ['"identity": {', `${indent}${step}"type": "SystemAssigned"`, `${indent}},`, indent].join(
          lineEnd,
        );
        const at = { start: before.span.start, end: before.span.start };
        return { principalId, edits: [{ span: at, newText: added }] };
      }
      const type = identity.value.kind === 'object' ? propertyOf(identity.value, 'type')?.value : undefined;
      const kinds = constantText(type);
      if (kinds !== undefined && /SystemAssigned/iu.test(kinds)) return { principalId, edits: [] };
      if (type !== undefined && kinds !== undefined && /^None$/iu.test(kinds))
        return { principalId, edits: [{ span: type.span, newText: '"SystemAssigned"' }] };
      return { refusal: 'Which of its identities this app should use cannot be told here. Assign the role by hand.' };
    },
    expression(expressions, resource, cloud) {
      const name = nameOf(resource) ?? '';
      return writtenIn(expressions.arm, cloud)
        ?.replaceAll('$id', () => idOf(resource) ?? '')
        .replaceAll('$name', () => name);
    },
    constant: value => `'${value.replaceAll("'", "''")}'`,
    replaceSetting(setting, by) {
      const written = by.map(one => settingWith(setting, one));
      const separator = standsAlone(text, setting.span.start)
        ? `,${lineEnd}${indentAt(text, setting.span.start)}`
        : ', ';
      return [{ span: setting.span, newText: written.join(separator) }];
    },
    removeSetting: ({ span }) => [{ span: withComma(span), newText: '' }],
    grant({ app, resource, role, principalId }) {
      const [scope, of] = [idOf(resource), idOf(app)];
      const append = appending();
      if (scope === undefined || of === undefined || append === undefined) {
        return { refusal: 'Where the role assignment belongs cannot be told here. Assign the role by hand.' };
      }
      const granted = resources.some(one => {
        const own = textOf(one.span);
        return /roleassignments$/u.test(one.type) && own.includes(role.id) && own.includes(scope);
      });
      if (granted) return [];
      const made = resources.includes(resource) && !resource.existing;
      const dependsOn = made ? [`[${of}]`, `[${scope}]`] : [`[${of}]`];
      const name = `[guid(${scope}, ${of}, '${role.id}')]`;
      const assignment =
        role.plane === 'cosmosSql'
          ? {
              type: 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments',
              apiVersion: '2024-05-15',
              name: `[concat(${nameOf(resource) ?? ''}, '/', guid(${scope}, ${of}, '${role.id}'))]`,
              properties: {
                roleDefinitionId: `[concat(${scope}, '/sqlRoleDefinitions/${role.id}')]`,
                principalId: `[${principalId}]`,
                scope: `[${scope}]`,
              },
              dependsOn,
            }
          : {
              type: 'Microsoft.Authorization/roleAssignments',
              apiVersion: '2022-04-01',
              scope: `[${scope}]`,
              name,
              properties: {
                roleDefinitionId: `[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${role.id}')]`,
                principalId: `[${principalId}]`,
                principalType: 'ServicePrincipal',
              },
              dependsOn,
            };
      return [append(assignment)];
    },
    vaultSecret({ vault, source, secretName, value }) {
      const [name, append] = [nameOf(vault), appending()];
      if (name === undefined || append === undefined) {
        return { refusal: 'Where the secret belongs cannot be told here. Put it into the vault by hand.' };
      }
      const dependsOn = [vault, source].flatMap(one => {
        const needed = one && resources.includes(one) && !one.existing ? idOf(one) : undefined;
        return needed === undefined ? [] : `[${needed}]`;
      });
      const secret = {
        type: 'Microsoft.KeyVault/vaults/secrets',
        apiVersion: '2023-07-01',
        name: `[concat(${name}, '/${secretName}')]`,
        properties: { value: JSON.parse(value) as unknown },
        ...(dependsOn.length > 0 && { dependsOn }),
      };
      const uri = `reference(resourceId('Microsoft.KeyVault/vaults/secrets', ${name}, '${secretName}')).secretUri`;
      return {
        reference: JSON.stringify(`[concat('@Microsoft.KeyVault(SecretUri=', ${uri}, ')')]`),
        declaration: [append(secret)],
      };
    },
    vaultReferenceByName(vault, secretName) {
      const name = nameOf(vault) ?? '';
      const constant = /^'(?<text>[\w-]+)'$/u.exec(name)?.groups?.['text'];
      return JSON.stringify(
        constant === undefined
          ? `[concat('@Microsoft.KeyVault(VaultName=', ${name}, ';SecretName=${secretName})')]`
          : `@Microsoft.KeyVault(VaultName=${constant};SecretName=${secretName})`,
      );
    },
    removeVariable: () => [],
  };

  /** Adds resources behind the last one of the template; `undefined` where that is not in the open. */
  function appending(): ((resource: object) => TextEdit) | undefined {
    const last = resources.filter(({ parentId }) => parentId === undefined).at(-1);
    if (last === undefined || !standsAlone(text, last.span.start)) return undefined;
    const indent = indentAt(text, last.span.start);
    const at = { start: last.span.end, end: last.span.end };
    return resource => {
      const written = JSON.stringify(resource, null, step).replaceAll('\n', `${lineEnd}${indent}`);
      return { span: at, newText: `,${lineEnd}${indent}${written}` };
    };
  }

  /** The setting as it is written, with another name and value. */
  function settingWith({ span, nameSpan, valueSpan }: TemplateSetting, { name, value }: NewSetting): string {
    const within = ({ start, end }: Span): Span => ({ start: start - span.start, end: end - span.start });
    const constant = /^'(?<text>(?:[^']|'')*)'$/u.exec(value)?.groups?.['text']?.replaceAll("''", "'");
    const edits: TextEdit[] = [
      { span: within(nameSpan), newText: JSON.stringify(name) },
      { span: within(valueSpan), newText: JSON.stringify(constant ?? `[${value}]`) },
    ];
    return applyEdits(textOf(span), edits);
  }

  /** With the comma and the white space that separate it from a neighbour. */
  function withComma({ start, end }: Span): Span {
    const after = /^\s*,\s*/u.exec(text.slice(end))?.[0].length;
    if (after !== undefined) return { start, end: end + after };
    const before = /,\s*$/u.exec(text.slice(0, start))?.[0].length ?? 0;
    return { start: start - before, end };
  }

  /** Expression of a resource's name. */
  function nameOf(resource: TemplateResource): string | undefined {
    const { name } = resource as ArmResource;
    return name && armText(name);
  }

  function idOf(resource: TemplateResource): string | undefined {
    const { body, type } = resource as ArmResource;
    const name = nameOf(resource);
    const declared = constantText(propertyOf(body, 'type')?.value) ?? '';
    // The id of a child takes the names of all that it stands in.
    if (name === undefined || type.split('/').length !== 2) return undefined;
    return `resourceId('${declared}', ${name})`;
  }

  function armText(expression: Expression): string {
    const constant = constantText(expression);
    if (constant !== undefined) return `'${constant.replaceAll("'", "''")}'`;
    const source = JSON.parse(textOf(expression.span)) as unknown;
    return typeof source === 'string' ? source.slice(1, -1).trim() : spelled(expression);
  }
}

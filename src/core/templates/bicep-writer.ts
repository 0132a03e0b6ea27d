import { type BicepDeclaration, parseBicep } from '../formats/bicep.ts';
import { constantText, objectAt, type ObjectExpression, propertyOf } from '../formats/expression.ts';
import type { ServiceRole } from '../services/service.ts';
import { applyEdits, type Span, type TextEdit } from '../text/text-edit.ts';
import type { BicepResource } from './bicep.ts';
import { writtenIn } from './cloud.ts';
import {
  declarationLines,
  endOfLine,
  indentAt,
  indentStep,
  lineEndOf,
  standsAlone,
  wholeLines,
  withoutComments,
} from './edit.ts';
import type { Template, TemplateSetting } from './template.ts';
import { type NewSetting, pascalCase, type TemplateWriter } from './writer.ts';

export function bicepWriter({ text, resources }: Template): TemplateWriter {
  const { declarations } = parseBicep(text);
  const lineEnd = lineEndOf(text);
  const step = indentStep(text);
  const textOf = ({ start, end }: Span): string => text.slice(start, end);
  const lines = (...all: readonly string[]): string => all.join(lineEnd);

  return {
    identityOf(app) {
      const { declaration, existing } = app as BicepResource;
      const { body } = declaration;
      if (existing || body === undefined) {
        return { refusal: `${app.id} is made elsewhere: give it an identity and the role there.` };
      }
      const identity = propertyOf(body, 'identity');
      const principalId = `${app.id}.identity.principalId`;
      if (identity === undefined) {
        const before = propertyOf(body, 'properties') ?? body.properties.at(-1);
        if (before === undefined) return { refusal: `${app.id} has no properties.` };
        const indent = indentAt(text, before.span.start);
        const added = lines('identity: {', `${indent}${step}type: 'SystemAssigned'`, `${indent}}`, indent);
        const at = { start: before.span.start, end: before.span.start };
        return { principalId, edits: [{ span: at, newText: added }] };
      }
      const type = identity.value.kind === 'object' ? propertyOf(identity.value, 'type')?.value : undefined;
      const kinds = constantText(type);
      if (type === undefined || kinds === undefined || identity.value.kind !== 'object') {
        return { refusal: `Which identity ${app.id} has is computed. Name it in the template first.` };
      }
      if (/SystemAssigned/iu.test(kinds)) return { principalId, edits: [] };
      if (/^None$/iu.test(kinds)) return { principalId, edits: [{ span: type.span, newText: "'SystemAssigned'" }] };
      return userAssigned(objectAt(identity.value, 'userAssignedIdentities'), app.id);
    },
    expression: (expressions, { id }, cloud) => writtenIn(expressions.bicep, cloud)?.replaceAll('$.', `${id}.`),
    constant: value => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('${', '\\${')}'`,
    replaceSetting(setting, by) {
      const written = by.map((one, i) => settingWith(setting, one, i > 0));
      return [{ span: setting.span, newText: written.join(separatorAt(setting.span)) }];
    },
    removeSetting: ({ span }) => [{ span: wholeLines(text, span), newText: '' }],
    grant({ app, resource, role, principalId }) {
      const granted = declarations.some(declaration => grants(declaration, resource.id, principalId, role));
      if (granted) return [];
      const { span, parent } = (app as BicepResource).declaration;
      if (parent !== undefined) {
        return {
          refusal: `${app.id} stands inside of ${parent}. Declare it on its own first, with parent: ${parent}.`,
        };
      }
      const taken = new Set(declarations.map(({ name }) => name));
      const short = `${app.id}${pascalCase(role.name)}`;
      const name = taken.has(short) ? `${short}On${pascalCase(resource.id)}` : short;
      const at = endOfLine(text, span.end);
      const declared =
        role.plane === 'cosmosSql'
          ? lines(
              `resource ${name} 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-05-15' = {`,
              `${step}parent: ${resource.id}`,
              `${step}name: guid(${resource.id}.id, ${app.id}.id, '${role.id}')`,
              `${step}properties: {`,
              `${step}${step}roleDefinitionId: '\${${resource.id}.id}/sqlRoleDefinitions/${role.id}' // ${role.name}`,
              `${step}${step}principalId: ${principalId}`,
              `${step}${step}scope: ${resource.id}.id`,
              `${step}}`,
              '}',
            )
          : lines(
              `resource ${name} 'Microsoft.Authorization/roleAssignments@2022-04-01' = {`,
              `${step}name: guid(${resource.id}.id, ${app.id}.id, '${role.id}')`,
              `${step}scope: ${resource.id}`,
              `${step}properties: {`,
              `${step}${step}roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${role.id}') // ${role.name}`,
              `${step}${step}principalId: ${principalId}`,
              `${step}${step}principalType: 'ServicePrincipal'`,
              `${step}}`,
              '}',
            );
      return [{ span: { start: at, end: at }, newText: `${lineEnd}${lineEnd}${declared}` }];
    },
    vaultSecret({ vault, app, setting, secretName, value }) {
      const pascal = pascalCase(setting.toLowerCase());
      const id = `${pascal.charAt(0).toLowerCase()}${pascal.slice(1)}Secret`;
      const at = endOfLine(text, app.span.end);
      const declared = lines(
        `resource ${id} 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {`,
        `${step}parent: ${vault.id}`,
        `${step}name: '${secretName}'`,
        `${step}properties: {`,
        `${step}${step}value: ${value}`,
        `${step}}`,
        '}',
      );
      return {
        reference: `'@Microsoft.KeyVault(SecretUri=\${${id}.properties.secretUri})'`,
        declaration: [{ span: { start: at, end: at }, newText: `${lineEnd}${lineEnd}${declared}` }],
      };
    },
    vaultReferenceByName: ({ id }, secretName) =>
      `'@Microsoft.KeyVault(VaultName=\${${id}.name};SecretName=${secretName})'`,
    removeVariable({ value }) {
      const name = value.kind === 'name' ? value.name : undefined;
      const declared = declarations.find(one => one.keyword === 'var' && one.name === name);
      if (name === undefined || declared === undefined) return [];
      const uses = text.match(new RegExp(`(?<![\\w.])${name}(?!\\w)`, 'gu'))?.length;
      return uses === 2 ? [{ span: declarationLines(text, declared.span), newText: '' }] : [];
    },
  };

  function userAssigned(identities: ObjectExpression | undefined, app: string) {
    const [only, second] = identities?.properties ?? [];
    const symbol = only && /^'\$\{(?<symbol>\w+)\.id\}'$/u.exec(textOf(only.keySpan))?.groups?.['symbol'];
    const known = resources.find(({ id }) => id === symbol);
    if (symbol === undefined || second !== undefined || !known?.type.endsWith('/userassignedidentities')) {
      return { refusal: `Which of its identities ${app} should use cannot be told here. Assign the role by hand.` };
    }
    const { plain, existing } = known;
    if (!plain && !existing) return { refusal: `The identity ${symbol} is deployed under a condition or repeatedly.` };
    return {
      principalId: `${symbol}.properties.principalId`,
      clientId: `${symbol}.properties.clientId`,
      edits: [],
    };
  }

  /** The setting as it is written, with another name and value; its comments once. */
  function settingWith(
    { span, nameSpan, valueSpan, form }: TemplateSetting,
    { name, value }: NewSetting,
    again: boolean,
  ): string {
    const within = ({ start, end }: Span): Span => ({ start: start - span.start, end: end - span.start });
    const quoted = form !== 'property' || text.charAt(nameSpan.start) === "'" || !/^[A-Za-z_]\w*$/u.test(name);
    const edits: TextEdit[] = [
      { span: within(nameSpan), newText: quoted ? `'${name}'` : name },
      { span: within(valueSpan), newText: value },
    ];
    const own = textOf(span);
    if (again) edits.push(...withoutComments(own, [within(nameSpan), within(valueSpan)]));
    return applyEdits(own, edits);
  }

  function separatorAt(span: Span): string {
    return standsAlone(text, span.start) ? `${lineEnd}${indentAt(text, span.start)}` : ', ';
  }

  function grants(declaration: BicepDeclaration, resource: string, principalId: string, role: ServiceRole): boolean {
    if (!/roleassignments@/iu.test(declaration.type?.text ?? '')) return false;
    const own = textOf(declaration.span);
    const named =
      own.includes(role.id) ||
      declarations.some(
        one =>
          one.keyword === 'var' &&
          one.value !== undefined &&
          textOf(one.value.span).includes(role.id) &&
          new RegExp(`\\b${one.name}\\b`, 'u').test(own),
      );
    return named && new RegExp(`\\b(?:scope|parent):\\s*${resource}\\b`, 'u').test(own) && own.includes(principalId);
  }
}

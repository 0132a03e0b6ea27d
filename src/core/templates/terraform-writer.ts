import { constantText, pathOf } from '../formats/expression.ts';
import { attributeOf, type HclBlock, parseHcl } from '../formats/hcl.ts';
import { applyEdits, type Span, type TextEdit } from '../text/text-edit.ts';
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
import type { TerraformResource } from './terraform.ts';
import { type NewSetting, snakeCase, type TemplateWriter } from './writer.ts';

export function terraformWriter({ text }: Template): TemplateWriter {
  const { body } = parseHcl(text);
  const lineEnd = lineEndOf(text);
  const step = indentStep(text);
  const textOf = ({ start, end }: Span): string => text.slice(start, end);
  const lines = (...all: readonly string[]): string => all.join(lineEnd);

  return {
    identityOf(app) {
      const { block } = app as TerraformResource;
      const identity = block.body.blocks.find(({ type }) => type === 'identity');
      if (block.body.blocks.some(({ type, labels }) => type === 'dynamic' && labels[0] === 'identity')) {
        return { refusal: `Which identity ${app.id} has is computed. Name it in the template first.` };
      }
      const principalId = `${app.id}.identity[0].principal_id`;
      if (identity === undefined) {
        const indent = `${indentAt(text, block.span.start)}${step}`;
        const at = lastLineOf(block);
        const added = lines('', '', `${indent}identity {`, `${indent}${step}type = "SystemAssigned"`, `${indent}}`);
        return { principalId, edits: [{ span: { start: at, end: at }, newText: added }] };
      }
      const kinds = constantText(attributeOf(identity.body, 'type')?.value);
      if (kinds === undefined) {
        return { refusal: `Which identity ${app.id} has is computed. Name it in the template first.` };
      }
      if (/SystemAssigned/iu.test(kinds)) return { principalId, edits: [] };
      const ids = attributeOf(identity.body, 'identity_ids')?.value;
      const [only, second] = ids?.kind === 'list' ? ids.items : [];
      const path = only && second === undefined ? pathOf(only) : undefined;
      if (path?.at(-1) !== 'id' || !path.includes('azurerm_user_assigned_identity')) {
        return {
          refusal: `Which of its identities ${app.id} should use cannot be told here. Assign the role by hand.`,
        };
      }
      const address = path.slice(0, -1).join('.');
      return { principalId: `${address}.principal_id`, clientId: `${address}.client_id`, edits: [] };
    },
    expression: (expressions, { id }, cloud) => writtenIn(expressions.terraform, cloud)?.replaceAll('$.', `${id}.`),
    constant: value => JSON.stringify(value).replaceAll('${', '$${').replaceAll('%{', '%%{'),
    replaceSetting(setting, by) {
      const written = by.map((one, i) => settingWith(setting, one, i > 0));
      const separator = standsAlone(text, setting.span.start)
        ? `${lineEnd}${indentAt(text, setting.span.start)}`
        : ', ';
      return [{ span: setting.span, newText: written.join(separator) }];
    },
    removeSetting: ({ span }) => [{ span: wholeLines(text, span), newText: '' }],
    grant({ app, resource, role, principalId }) {
      const cosmos = role.plane === 'cosmosSql';
      const type = cosmos ? 'azurerm_cosmosdb_sql_role_assignment' : 'azurerm_role_assignment';
      const assignments = body.blocks.filter(one => one.type === 'resource' && one.labels[0] === type);
      const granted = assignments.some(one => {
        const own = textOf(one.span);
        const named = own.includes(role.id) || own.includes(`"${role.name}"`);
        return named && own.includes(`${resource.id}.id`) && own.includes(principalId);
      });
      if (granted) return [];
      const taken = new Set(assignments.map(({ labels }) => labels[1]));
      const short = `${app.id.split('.').at(-1) ?? ''}_${snakeCase(role.name)}`;
      const name = taken.has(short) ? `${short}_${resource.id.split('.').at(-1) ?? ''}` : short;
      const { span } = (app as TerraformResource).block;
      const at = endOfLine(text, span.end);
      const declared = cosmos
        ? lines(
            `resource "${type}" "${name}" {`,
            `${step}resource_group_name = ${resource.id}.resource_group_name`,
            `${step}account_name        = ${resource.id}.name`,
            `${step}role_definition_id  = "\${${resource.id}.id}/sqlRoleDefinitions/${role.id}" # ${role.name}`,
            `${step}principal_id        = ${principalId}`,
            `${step}scope               = ${resource.id}.id`,
            '}',
          )
        : lines(
            `resource "${type}" "${name}" {`,
            `${step}scope                = ${resource.id}.id`,
            `${step}role_definition_name = "${role.name}"`,
            `${step}principal_id         = ${principalId}`,
            `${step}principal_type       = "ServicePrincipal"`,
            '}',
          );
      return [{ span: { start: at, end: at }, newText: `${lineEnd}${lineEnd}${declared}` }];
    },
    vaultSecret({ vault, app, setting, secretName, value }) {
      const id = snakeCase(setting);
      const at = endOfLine(text, app.span.end);
      const declared = lines(
        `resource "azurerm_key_vault_secret" "${id}" {`,
        `${step}name         = "${secretName}"`,
        `${step}key_vault_id = ${vault.id}.id`,
        `${step}value        = ${value}`,
        '}',
      );
      return {
        reference: `"@Microsoft.KeyVault(SecretUri=\${azurerm_key_vault_secret.${id}.versionless_id})"`,
        declaration: [{ span: { start: at, end: at }, newText: `${lineEnd}${lineEnd}${declared}` }],
      };
    },
    vaultReferenceByName: ({ id }, secretName) =>
      `"@Microsoft.KeyVault(VaultName=\${${id}.name};SecretName=${secretName})"`,
    removeVariable({ value }) {
      const path = pathOf(value);
      const name = path?.[0] === 'local' && path.length === 2 ? path[1] : undefined;
      if (name === undefined) return [];
      const holder = body.blocks.find(
        ({ type, body: { attributes } }) => type === 'locals' && attributes.some(one => one.name === name),
      );
      const declared = holder?.body.attributes.find(attribute => attribute.name === name);
      const uses = text.match(new RegExp(`(?<![\\w.])local\\.${name}(?![\\w-])`, 'gu'))?.length;
      if (holder === undefined || declared === undefined || uses !== 1) return [];
      const rest =
        text.slice(holder.inside.start, declared.span.start) + text.slice(declared.span.end, holder.inside.end);
      const gone = rest.trim() === '' ? holder : declared;
      return [{ span: declarationLines(text, gone.span), newText: '' }];
    },
  };

  /** The end of the line of the last thing in a block. */
  function lastLineOf({ body: { attributes, blocks }, inside }: HclBlock): number {
    const last = Math.max(inside.start, ...[...attributes, ...blocks].map(({ span }) => span.end));
    return endOfLine(text, last);
  }

  /** The setting as it is written, with another name and value; its comments once. */
  function settingWith(setting: TemplateSetting, { name, value }: NewSetting, again: boolean): string {
    const { span, nameSpan, valueSpan, form } = setting;
    const within = ({ start, end }: Span): Span => ({ start: start - span.start, end: end - span.start });
    const quoted = form === 'entry' || text.charAt(nameSpan.start) === '"';
    const edits: TextEdit[] = [
      { span: within(nameSpan), newText: quoted ? `"${name}"` : name },
      { span: within(valueSpan), newText: value },
    ];
    const own = textOf(span);
    // White space that lines the equals signs up makes room for a longer name.
    const gap = form === 'property' ? (/^ {2,}(?==)/u.exec(text.slice(nameSpan.end))?.[0].length ?? 0) : 0;
    const grown = name.length - (setting.name ?? '').length;
    if (gap > 0 && grown > 0) {
      const start = nameSpan.end - span.start;
      edits.push({ span: { start, end: start + Math.min(gap - 1, grown) }, newText: '' });
    }
    if (again) edits.push(...withoutComments(own, [within(nameSpan), within(valueSpan)]));
    return applyEdits(own, edits);
  }
}

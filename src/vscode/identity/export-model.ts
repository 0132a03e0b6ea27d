import * as vscode from 'vscode';
import type { CloseLook, IdentityModel } from '../../core/rbac/identity-model.ts';
import { auditJson } from '../../core/report/audit-json.ts';
import { auditMarkdown } from '../../core/report/audit-markdown.ts';

/** What the tree was drawn from. */
export interface ExportedModel {
  readonly model: IdentityModel;
  readonly look: CloseLook;
}

/** Opens what was read as a new document, which the user may save anywhere. It holds ids and names, and no secret. */
export async function exportModel(source: { model(): ExportedModel | undefined }): Promise<void> {
  const exported = source.model();
  if (!exported || exported.model.apps.length === 0) {
    throw new Error('Nothing was read yet: link an App Service and open the view first.');
  }
  const chosen = await vscode.window.showQuickPick(
    [
      { label: 'Markdown', description: 'a page to read and hand on', languageId: 'markdown' },
      { label: 'JSON', description: 'as keyless audit prints it', languageId: 'json' },
    ],
    { title: 'Export the identities of the linked apps' },
  );
  if (!chosen) return;
  const write = chosen.languageId === 'json' ? auditJson : auditMarkdown;
  const content = write(exported.model, exported.look);
  const document = await vscode.workspace.openTextDocument({ language: chosen.languageId, content });
  await vscode.window.showTextDocument(document);
}

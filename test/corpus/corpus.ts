import type { CorpusEntry } from './entry.ts';
import { codeEntries } from './negatives/code.ts';
import { falseAlarmEntries } from './negatives/false-alarms.ts';
import { fileEntries } from './negatives/files.ts';
import { identifierEntries } from './negatives/identifiers.ts';
import { lookUpEntries } from './negatives/look-ups.ts';
import { placeholderEntries } from './negatives/placeholders.ts';
import { azureServices } from './positives/azure-services.ts';
import { databasesAndHosting } from './positives/databases-and-hosting.ts';
import { passwordMistakes, pipelineMistakes, templateMistakes } from './positives/templates.ts';
import { pipelineEntries, templateEntries } from './negatives/templates.ts';
import { wholeDocuments } from './positives/documents.ts';
import { firstServices } from './positives/first-services.ts';
import { genericForms } from './positives/generic-forms.ts';
import { genericSecrets } from './positives/generic.ts';
import { commandLines, missedOnce } from './positives/missed-once.ts';
import { loggedSecrets } from './positives/logs.ts';
import { otherProviders } from './positives/other-providers.ts';
import { sdkCalls } from './positives/sdk-calls.ts';
import { wrappedSecrets } from './positives/wrapped.ts';

/** Every labelled text. Made anew with each call; the same each time. */
export function corpus(): CorpusEntry[] {
  return [
    ...firstServices(),
    ...sdkCalls(),
    ...genericSecrets(),
    ...genericForms(),
    ...wholeDocuments(),
    ...databasesAndHosting(),
    ...azureServices(),
    ...otherProviders(),
    ...templateMistakes(),
    ...pipelineMistakes(),
    ...passwordMistakes(),
    ...loggedSecrets(),
    ...wrappedSecrets(),
    ...commandLines(),
    ...missedOnce(),
    ...placeholderEntries(),
    ...lookUpEntries(),
    ...identifierEntries(),
    ...fileEntries(),
    ...codeEntries(),
    ...templateEntries(),
    ...pipelineEntries(),
    ...falseAlarmEntries(),
  ];
}

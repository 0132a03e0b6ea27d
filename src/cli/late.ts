/** What a scan needs only where there is something to report, and all other commands: a bundle of its own. */
export { parseConfig } from '../core/engine/config-parser.ts';
export { audit } from './audit.ts';
export { examiner } from './examine.ts';
export { explain } from './explain.ts';
export { fixCommand } from './fix.ts';
export { historicDocuments, stagedDocuments } from './git-documents.ts';
export { listRules } from './rules.ts';
export { sarif } from './sarif.ts';

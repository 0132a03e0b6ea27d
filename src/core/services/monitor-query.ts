import type { Service } from './service.ts';

/** Queries take tokens alone; the key of a workspace sends logs, see log-analytics.ts. */
export const monitorQuery: Service = {
  id: 'monitor-query',
  name: 'Azure Monitor query',
  documentation: 'https://learn.microsoft.com/azure/azure-monitor/logs/manage-access',
  credentials: [],
  clients: [],
  sdk: {
    typescript: 'tokenOnly',
    python: 'tokenOnly',
    csharp: 'tokenOnly',
    java: 'tokenOnly',
    go: 'tokenOnly',
  },
  settings: [],
  operations: [
    {
      languages: {
        typescript: ['queryWorkspace', 'queryLogsBatch'],
        python: ['query_workspace', 'query_batch'],
        csharp: ['QueryWorkspace', 'QueryWorkspaceAsync', 'QueryBatchAsync'],
        java: ['queryWorkspace', 'queryBatch'],
        go: ['QueryWorkspace', 'QueryBatch'],
      },
      dataActions: ['Microsoft.OperationalInsights/workspaces/tables/data/read'],
    },
  ],
  roles: [
    {
      name: 'Log Analytics Data Reader',
      id: '3b03c2da-16b3-4a49-8834-0f8130efdd3b',
      grants: 'queries the logs of the workspace',
    },
    { name: 'Monitoring Reader', id: '43d0d8ad-25c7-4714-9337-8ba259a9fe05', grants: 'reads logs and metrics' },
  ],
};

import { companyAccess } from './company-access.ts';
import { demoToys } from './company-names.ts';
import { companySites } from './company-sites.ts';
import type { DemoTenant } from './tenant.ts';

/**
 * A believable small company: three subscriptions in two tenants, a dozen apps with slots, all kinds of managed identity,
 * and role assignments at every level, good and bad ones. Every value in it is made while it runs and opens nothing.
 */
export function demoCompany(): DemoTenant {
  const { production, development, partner, home, guest } = demoToys;
  return {
    tenantId: home,
    displayName: 'Keyless demo tenant',
    otherTenants: [{ tenantId: guest, displayName: 'Keyless demo partner tenant' }],
    managementGroups: [{ name: 'demo-toys', displayName: 'Demo Toys', subscriptionIds: [production, development] }],
    subscriptions: [
      { subscriptionId: production, displayName: 'Demo Toys Production (demo)' },
      { subscriptionId: development, displayName: 'Demo Toys Development (demo)' },
      { subscriptionId: partner, displayName: 'Demo Partner (demo)', tenantId: guest },
    ],
    sites: companySites(),
    ...companyAccess(),
  };
}

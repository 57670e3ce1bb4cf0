import { useReady, useSharedDispatch, useSharedValue } from 'isthmus/react';
import { tenant, tenantAfter, type Tenant } from '../state/tenant';
import { Skeleton } from './skeleton';

export function TenantPicker() {
  const ready = useReady('tenant');
  const dispatch = useSharedDispatch();
  const current = useSharedValue(['tenant']) as Tenant;
  const next = tenantAfter(current);
  if (!ready) return <Skeleton label="Waiting for the tenant of the other tabs" />;
  return (
    <div className="row">
      <p>
        Tenant <strong data-testid="tenant">{current.name}</strong>
      </p>
      <button data-testid="switch-tenant" onClick={() => dispatch(tenant.actions.switch(next))}>
        Switch to {next.name}
      </button>
    </div>
  );
}

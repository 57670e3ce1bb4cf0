import { crossApp } from 'isthmus';
import { useSharedDispatch, useSharedValue } from 'isthmus/react';
import { tenant, tenantAfter, type Tenant } from '../state/tenant';

export function TenantPicker() {
  const dispatch = useSharedDispatch();
  const current = useSharedValue(['tenant']) as Tenant;
  const next = tenantAfter(current);
  return (
    <div className="row">
      <p>
        Tenant <strong data-testid="tenant">{current.name}</strong>
      </p>
      <button
        data-testid="switch-tenant"
        onClick={() => dispatch(crossApp(tenant.actions.switch(next)))}
      >
        Switch to {next.name}
      </button>
    </div>
  );
}

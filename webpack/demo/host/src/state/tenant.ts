import { defineSlice } from 'isthmus';
import { payload, set } from 'isthmus/program';

export interface Tenant {
  id: string;
  name: string;
}

const acme: Tenant = { id: 'acme', name: 'Acme' };
const tenants = [acme, { id: 'globex', name: 'Globex' }, { id: 'initech', name: 'Initech' }];

/** The next one in the round, or the first after one that is not listed. */
export function tenantAfter({ id }: Tenant): Tenant {
  return tenants[tenants.findIndex((listed) => listed.id === id) + 1] ?? acme;
}

const shortText = { type: 'string', minLength: 1, maxLength: 64 };

export const tenant = defineSlice({
  name: 'tenant',
  schemaVersion: 1,
  converge: true,
  initialState: acme,
  reducers: {
    switch: [set('/id', payload('id')), set('/name', payload('name'))],
  },
  contract: {
    'tenant/switch': {
      schemaVersion: 1,
      payload: {
        type: 'object',
        required: ['id', 'name'],
        properties: { id: shortText, name: shortText },
        additionalProperties: false,
      },
    },
  },
});

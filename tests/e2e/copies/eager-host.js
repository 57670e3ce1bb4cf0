import { mount } from './shared-import.js';
import { offerSite } from './site.js';

offerSite(async () => ({ mount }));

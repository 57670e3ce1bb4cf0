// The async boundary: shared modules are settled before the first of them is used.
import { offerSite } from './site.js';

offerSite(() => import('./shared-import.js'));

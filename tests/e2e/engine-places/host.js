void import('./start.js');

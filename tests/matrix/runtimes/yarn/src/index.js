import('./app.js').then(({ open }) => open());

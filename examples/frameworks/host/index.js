import('./App.jsx'); // the shared modules are chosen before it runs

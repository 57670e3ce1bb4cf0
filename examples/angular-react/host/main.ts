import('./app'); // the shared modules are chosen before it runs
